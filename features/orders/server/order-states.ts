import type { FlagReason, OrderState } from '../contract.ts'

/** What an event says about an order: a step of its track, or something beside the track. */
export type FactKind = Step | 'payment' | 'attempt' | 'promised' | 'updated'

/** A state on the track. `paid` is not one: with cash on delivery it comes last, prepaid it comes first. */
export type Step = OrderState | 'paid'

/** How far along the way each state lies; among facts of the same instant the nearer one is taken first. */
const ORDER_OF_STEPS: readonly FactKind[] = [
  'placed',
  'promised',
  'attempt',
  'confirmed',
  'payment',
  'paid',
  'packed',
  'shipped',
  'arrived',
  'received',
  'refused',
  'returned',
  'cancelled',
  'updated',
]

export const rankOf = new Map<FactKind, number>(ORDER_OF_STEPS.map((kind, rank) => [kind, rank]))

/** The way of the goods. A shop need not report every step, so jumps ahead are legal. */
const WAY: readonly OrderState[] = ['placed', 'confirmed', 'packed', 'shipped', 'arrived', 'received']

/** Where an order may go from each state; whatever else is reported is kept and flagged. */
export const legalMoves: Record<OrderState, readonly OrderState[]> = {
  placed: ['confirmed', 'packed', 'shipped', 'arrived', 'received', 'refused', 'cancelled'],
  confirmed: ['packed', 'shipped', 'arrived', 'received', 'refused', 'cancelled'],
  packed: ['shipped', 'arrived', 'received', 'refused', 'cancelled'],
  shipped: ['arrived', 'received', 'refused', 'cancelled'],
  arrived: ['received', 'refused', 'cancelled'],
  received: ['returned'],
  // A refused parcel travels back to the shop.
  refused: ['returned'],
  returned: [],
  cancelled: [],
}

export interface Move {
  /** Where the order stands afterwards. */
  state: OrderState
  flag?: FlagReason
}

/** Takes one step. Going back along the way changes nothing; any other illegal step is believed, since it came later. */
export function moveOrder(from: OrderState, to: OrderState): Move {
  if (legalMoves[from].includes(to)) return { state: to }
  const [here, there] = [WAY.indexOf(from), WAY.indexOf(to)]
  if (here >= 0 && there >= 0) return { state: from, flag: 'went_back' }
  if (to === 'returned') return { state: to, flag: 'return_without_receipt' }
  return { state: to, flag: 'after_end' }
}

/** Names of events (Segment's e-commerce spec and ours), lower case, words separated by one space. */
const KIND_BY_NAME: ReadonlyMap<string, FactKind> = new Map([
  ['order completed', 'placed'],
  ['order placed', 'placed'],
  ['order confirmed', 'confirmed'],
  ['order paid', 'paid'],
  ['payment completed', 'payment'],
  ['payment info entered', 'attempt'],
  ['order packed', 'packed'],
  ['order shipped', 'shipped'],
  ['order arrived', 'arrived'],
  ['order delivered', 'received'],
  ['order refused', 'refused'],
  ['order returned', 'returned'],
  ['order refunded', 'returned'],
  ['order cancelled', 'cancelled'],
  ['order canceled', 'cancelled'],
  ['order updated', 'updated'],
  ['promise made', 'promised'],
])

const known = new Map<string, FactKind | undefined>()
const MAX_KNOWN = 10_000

/** What an event of this name says about an order; `order_shipped` and `Order Shipped` are the same name. */
export function findFactKind(name: string): FactKind | undefined {
  if (known.has(name)) return known.get(name)
  if (known.size >= MAX_KNOWN) known.clear()
  const kind = KIND_BY_NAME.get(
    name
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .trim(),
  )
  known.set(name, kind)
  return kind
}

/** Names of the events that say one of these things, lower case with single spaces; for reports that look them up in the store. */
export function listEventNames(kinds: readonly FactKind[]): string[] {
  return [...KIND_BY_NAME].filter(([, kind]) => kinds.includes(kind)).map(([name]) => name)
}

/** The event that reports a state, for rooms that record orders themselves. */
export const eventOfStep: Record<Step, string> = {
  placed: 'Order Completed',
  confirmed: 'Order Confirmed',
  paid: 'Order Paid',
  packed: 'Order Packed',
  shipped: 'Order Shipped',
  arrived: 'Order Arrived',
  received: 'Order Delivered',
  refused: 'Order Refused',
  returned: 'Order Returned',
  cancelled: 'Order Cancelled',
}
