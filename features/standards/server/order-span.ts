import type { MeasuredStandard } from './measured-standard.ts'
import { type ShopClock, span } from './shop-clock.ts'
import { countWorkingTime } from './working-time.ts'

/** What is known of how an order was confirmed. Parts come in any order and any number of times. */
export interface OrderSpan {
  placed?: { at: number; identity: string; identityKind: string }
  /** The first confirmation by message or on the page. */
  confirmedAt?: number
  /** The first confirmation by telephone. */
  calledAt?: number
  /** The shop's own event says by how many days the parcel was late: then it is not reckoned a second time. */
  isLatenessTold?: true
}

/** Joins two parts; the same whatever is joined first and however often. */
export function joinOrders(a: OrderSpan, b: OrderSpan): OrderSpan {
  const joined: OrderSpan = {}
  const placed = earlier(a.placed, b.placed)
  const confirmedAt = Math.min(a.confirmedAt ?? NEVER, b.confirmedAt ?? NEVER)
  const calledAt = Math.min(a.calledAt ?? NEVER, b.calledAt ?? NEVER)
  if (placed) joined.placed = placed
  if (confirmedAt !== NEVER) joined.confirmedAt = confirmedAt
  if (calledAt !== NEVER) joined.calledAt = calledAt
  if (a.isLatenessTold || b.isLatenessTold) joined.isLatenessTold = true
  return joined
}

const NEVER = Number.POSITIVE_INFINITY

function earlier(a: OrderSpan['placed'], b: OrderSpan['placed']): OrderSpan['placed'] {
  if (!a || !b) return a ?? b
  if (a.at !== b.at) return a.at < b.at ? a : b
  return a.identity <= b.identity ? a : b
}

const MINUTE_MS = 60_000

/**
 * How long the order waited for its confirmations. An order without one is not judged: many shops report none, and
 * from silence nothing follows.
 */
export function judgeOrder(shop: number, id: string, order: OrderSpan, clock: ShopClock): MeasuredStandard[] {
  const { placed, confirmedAt, calledAt } = order
  if (!placed) return []
  const { identity, identityKind } = placed
  const about = { shop, subject: id, identity, identityKind, order: id }
  const found: MeasuredStandard[] = []
  if (confirmedAt !== undefined) {
    const minutes = Math.max(0, confirmedAt - placed.at) / MINUTE_MS
    const measured = span(minutes, confirmedAt < placed.at)
    found.push({
      ...about,
      touchpoint: 'confirmation',
      measure: 'confirmation_minutes',
      at: confirmedAt,
      ...measured,
    })
  }
  if (calledAt !== undefined) {
    const worked = countWorkingTime(placed.at, calledAt, clock.hours, clock.timeZone) / MINUTE_MS
    const measured = span(worked, calledAt < placed.at)
    found.push({
      ...about,
      touchpoint: 'confirming_call',
      measure: 'confirming_call_minutes',
      at: calledAt,
      ...measured,
    })
  }
  return found
}
