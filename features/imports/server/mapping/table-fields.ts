import type { TablePreset } from '../../contract.ts'
import { EVENT_FIELDS, ORDER_FIELDS } from '../reading/field-names.ts'

/** Fields of a target in the order in which a screen asks for them. */
export const tableFields: Record<TablePreset, readonly string[]> = {
  orders: Object.keys(ORDER_FIELDS),
  events: Object.keys(EVENT_FIELDS),
}

/** Without these a row can't become anything. A name of events may be given for the whole file instead. */
export const requiredFields: Record<TablePreset, readonly string[]> = {
  orders: ['order_id', 'placed_at'],
  events: ['name', 'time'],
}

export function isTablePreset(preset: string): preset is TablePreset {
  return preset === 'orders' || preset === 'events'
}
