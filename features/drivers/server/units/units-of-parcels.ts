import { DAY_MS } from '../../../../kernel/time.ts'
import { addFacts, addWayControls, hasOrderedBefore } from './gather-facts.ts'
import { findEnd, type OrderStory, readOrders } from './order-story.ts'
import { type History, type HistoryEvent, textAt } from './read-history.ts'
import { openUnit, type Unit, type UnitsFound } from './unit.ts'
import { BEFORE_ORDER_MS, FOLLOW_UP, isOnTheWay, LOST_MS, type UnitsGround } from './units-plan.ts'

const FOLLOW_UP_MS = (FOLLOW_UP.bought_out ?? 0) * DAY_MS

/**
 * Each order placed in the period that arrived: was it received, or refused? Judged 20 days after its arrival, for those
 * received at once too: were these counted before, refusals, which take their time, would be missing among the latest.
 */
export function unitsOfParcels(history: History, person: number, ground: UnitsGround): UnitsFound {
  const found: UnitsFound = { units: [], unripe: 0 }
  for (const order of readOrders(history)) {
    const { placed } = order
    if (!placed || placed.at < ground.period.from || placed.at >= ground.period.to) continue
    const end = order.arrivedAt ?? findEnd(order)
    const cameAt = end !== undefined && end < placed.at + LOST_MS ? end : undefined
    if (cameAt === undefined) found.unripe += isOnItsWay(order, placed.at, ground) ? 1 : 0
    else if (cameAt + FOLLOW_UP_MS > ground.recordedUntil) found.unripe++
    else found.units.push(makeUnit(history, person, ground, { ...order, placed }, cameAt))
  }
  return found
}

/** After that nobody waits for it any more. */
function isOnItsWay({ cancelledAt }: OrderStory, placedAt: number, { recordedUntil }: UnitsGround): boolean {
  return cancelledAt === undefined && placedAt + LOST_MS > recordedUntil
}

type Placed = OrderStory & { placed: HistoryEvent }

function makeUnit(
  history: History,
  person: number,
  ground: UnitsGround,
  order: Placed,
  cameAt: number,
): Unit {
  const end = findEnd(order)
  const isBoughtOut = end !== undefined && end === order.receivedAt && end <= cameAt + FOLLOW_UP_MS
  const amount = isBoughtOut ? Math.max(0, order.placed.value ?? 0) : 0
  const unit = openUnit({ person, at: order.placed.at, outcome: isBoughtOut ? 1 : 0, amount })
  // What is measured at the handing over is measured of those alone who came for it.
  addFacts(unit, eventsOfOrder(history, order, cameAt), ground, ground.ranks.receipt)
  addOrderControls(unit, history, order, ground)
  return unit
}

/** What belongs to an order: all that names it, and what they met in the 30 days before it, up to a moment. */
export function eventsOfOrder(history: History, { id, placed }: Placed, until: number): HistoryEvent[] {
  return history.events.filter(
    ({ order, at }) =>
      at <= until && (order === id || (order === '' && at >= placed.at - BEFORE_ORDER_MS && at < placed.at)),
  )
}

/** By what orders are alike before they are on their way. */
export function addOrderControls(unit: Unit, history: History, order: Placed, ground: UnitsGround): void {
  const { placed } = order
  const way = history.events.filter(
    (event) => event.at < placed.at && event.at >= placed.at - BEFORE_ORDER_MS && isOnTheWay(ground, event),
  )
  addWayControls(unit, way, ground)
  const [payment, delivery, region, category] = [0, 1, 2, 3].map((at) => textAt(placed, at))
  Object.assign(unit.controls, {
    ...{ payment, delivery, region },
    category: category || unit.controls.category,
    returning: hasOrderedBefore(history, placed.at) ? 'returning' : 'new',
  })
}
