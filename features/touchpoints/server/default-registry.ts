import { DEFAULT_STAGES, type Registry, type Touchpoint } from '../contract.ts'
import { aftercare, opinion } from './defaults/after-order.ts'
import { firstLook, need, search } from './defaults/before-visit.ts'
import { contact, site } from './defaults/on-site.ts'
import { delivery, order, receipt } from './defaults/order.ts'

/** The version by which shops are classified that never changed anything. */
export const DEFAULT_VERSION = 1

const IN_STAGE_ORDER: readonly Touchpoint[] = [
  ...need,
  ...search,
  ...firstLook,
  ...site,
  ...contact,
  ...order,
  ...delivery,
  ...receipt,
  ...aftercare,
  ...opinion,
]

/** These are asked before the others: each is a narrower case of one that stands earlier on the path. */
const NARROWER = [
  'where_is_order',
  'confirming_call',
  'status_message',
  'confirmation',
  'checkout',
  'cart',
].concat(['site_search', 'product_page', 'faq', 'how_to', 'courier', 'store_pickup', 'warranty'])
/** Whatever page no other touchpoint claims. */
const WIDEST = ['landing_page']

const rank = (key: string) =>
  NARROWER.includes(key) ? NARROWER.indexOf(key) - NARROWER.length : WIDEST.includes(key) ? 1 : 0

/** The ten stages and their touchpoints as they are at the start; the first whose rule holds claims an event. */
export const defaultRegistry: Registry = {
  version: DEFAULT_VERSION,
  stages: DEFAULT_STAGES.map((key) => ({ key, name: null })),
  touchpoints: [...IN_STAGE_ORDER].sort((a, b) => rank(a.key) - rank(b.key)),
}
