import type { FunnelStep } from './contract.ts'

// Apart from the schemas, so that a browser gets it without the schema library.

/** As many as one event can be marked with. */
export const MAX_STEPS = 64
export const STEP_ORDERS = ['ordered', 'strict', 'any'] as const
export type StepOrder = (typeof STEP_ORDERS)[number]
export const UNITS = ['person', 'session'] as const
export type Unit = (typeof UNITS)[number]
export const DEFAULT_WINDOW_DAYS = 30
export const MAX_WINDOW_DAYS = 366

/** What a page is told apart by where returning visitors are counted. */
export const PAGE_KEYS = ['touchpoint', 'template'] as const
export type PageKey = (typeof PAGE_KEYS)[number]

/** Columns of the history by which a funnel can be told apart, beside paths into an event's texts. */
export const BREAKDOWN_COLUMNS = [
  'device',
  'channel',
  'arrival',
  'utm_source',
  'utm_medium',
  'utm_campaign',
] as const

/** Events of which a step can be made by the state of the order that they report. */
export const STEP_STATES = [
  'placed',
  'confirmed',
  'paid',
  'packed',
  'shipped',
  'arrived',
  'received',
  'refused',
  'returned',
  'cancelled',
] as const

/**
 * What most shops ask first. Product, cart and checkout may be left out on the way, since an order by phone has none
 * of them.
 */
export const STANDARD_STEPS: FunnelStep[] = [
  { label: 'visit', where: { field: 'kind', op: 'in', value: ['page', 'screen'] } },
  {
    label: 'product',
    where: {
      any: [
        { field: 'touchpoint', op: 'equals', value: 'product_page' },
        { field: 'name', op: 'equals', value: 'Product Viewed' },
      ],
    },
    optional: true,
  },
  {
    label: 'cart',
    where: {
      any: [
        { field: 'touchpoint', op: 'equals', value: 'cart' },
        { field: 'name', op: 'equals', value: 'Product Added' },
      ],
    },
    optional: true,
  },
  {
    label: 'checkout',
    where: {
      any: [
        { field: 'touchpoint', op: 'equals', value: 'checkout' },
        { field: 'name', op: 'equals', value: 'Checkout Started' },
      ],
    },
    optional: true,
  },
  { label: 'order', state: 'placed' },
  { label: 'boughtOut', state: 'received' },
]

/** The way of an order itself, for a shop of which nothing else is known. */
export const ORDER_STEPS: FunnelStep[] = [
  { state: 'placed' },
  { state: 'shipped', optional: true },
  { state: 'received' },
]
