import { listEventNames } from '../../orders/server/reads.ts'

/** Names of order events, lower case with single spaces, by what they mean for an order's span. */
export interface OrderNames {
  /** Everything by which an order becomes or stays known. */
  all: readonly string[]
  placed: readonly string[]
  received: readonly string[]
  refused: readonly string[]
  /** Received, refused, returned or cancelled. */
  ended: readonly string[]
}

const PLACED = ['placed'] as const
const ON_THE_WAY = ['confirmed', 'paid', 'payment', 'packed', 'shipped', 'arrived'] as const
const ENDED = ['received', 'refused', 'returned', 'cancelled'] as const

export const orderNames: OrderNames = {
  all: listEventNames([...PLACED, ...ON_THE_WAY, ...ENDED]),
  placed: listEventNames(PLACED),
  received: listEventNames(['received']),
  refused: listEventNames(['refused']),
  ended: listEventNames(ENDED),
}

/** SQL: an event's name as the orders room reads it. */
export const orderName = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"
