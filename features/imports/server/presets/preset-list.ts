import type { PresetKey } from '../../contract.ts'
import type { Preset } from '../import-stage.ts'
import { events } from './events.ts'
import { olist } from './olist.ts'
import { olistLeads } from './olist-leads.ts'
import { orders } from './orders.ts'

/** Adding an export of another system: its file here, its key in the contract and its words in the catalogues. */
export const presets: Record<PresetKey, Preset> = {
  olist,
  'olist-leads': olistLeads,
  orders,
  events,
}
