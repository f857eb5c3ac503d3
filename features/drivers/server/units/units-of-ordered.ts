import { DAY_MS } from '../../../../kernel/time.ts'
import { addFacts, addWayControls, hasOrderedBefore, keepFirstVisit } from './gather-facts.ts'
import { SAYS } from './packed.ts'
import type { History, HistoryEvent } from './read-history.ts'
import { openUnit, type UnitsFound } from './unit.ts'
import { FOLLOW_UP, isOnTheWay, type UnitsGround } from './units-plan.ts'

const NOTHING: UnitsFound = { units: [], unripe: 0 }
const FOLLOW_UP_MS = (FOLLOW_UP.ordered ?? 0) * DAY_MS

/**
 * A person whose way begins in the period: the first contact before any order, after 30 days without one. What happened
 * until the order, or for 30 days, may explain whether they ordered.
 */
export function unitsOfOrdered(history: History, person: number, ground: UnitsGround): UnitsFound {
  const { events } = history
  const start = findStart(events, ground)
  if (!start) return NOTHING
  if (start.at + FOLLOW_UP_MS > ground.recordedUntil) return { units: [], unripe: 1 }
  const within = events.filter(({ at }) => at >= start.at && at < start.at + FOLLOW_UP_MS)
  const order = within.find(({ says }) => says === SAYS.placed)
  // Who begins with the order has met nothing that could have led to it.
  if (order && order.at <= start.at) return NOTHING
  const way = order ? within.filter(({ at }) => at < order.at) : within
  const unit = openUnit({
    person,
    at: start.at,
    outcome: order ? 1 : 0,
    amount: Math.max(0, order?.value ?? 0),
  })
  addFacts(unit, way, ground)
  keepFirstVisit(unit, way, ground)
  addWayControls(unit, way, ground)
  unit.controls.returning = hasOrderedBefore(history, start.at) ? 'returning' : 'new'
  return { units: [unit], unripe: 0 }
}

function findStart(events: readonly HistoryEvent[], ground: UnitsGround): HistoryEvent | undefined {
  let before = Number.NEGATIVE_INFINITY
  for (const event of events) {
    if (!isOnTheWay(ground, event)) continue
    if (event.at >= ground.period.to) return undefined
    if (event.at >= ground.period.from && event.at - before > ground.silenceMs) return event
    before = event.at
  }
  return undefined
}
