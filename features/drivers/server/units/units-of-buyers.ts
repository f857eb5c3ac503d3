import { DAY_MS } from '../../../../kernel/time.ts'
import { addCareFacts } from './care-facts.ts'
import { addFacts } from './gather-facts.ts'
import { addAttitude } from './goodwill-facts.ts'
import { type OrderStory, readOrders } from './order-story.ts'
import { SAYS } from './packed.ts'
import { type History, type HistoryEvent, textAt } from './read-history.ts'
import { openUnit, type Unit, type UnitsFound } from './unit.ts'
import { addOrderControls, eventsOfOrder } from './units-of-parcels.ts'
import { FOLLOW_UP, LANDMARK_DAYS, rankOfTouchpoint, type UnitsGround } from './units-plan.ts'

const FOLLOW_UP_MS = (FOLLOW_UP.repeat ?? 0) * DAY_MS
const LANDMARK_MS = LANDMARK_DAYS * DAY_MS
const NOTHING: UnitsFound = { units: [], unripe: 0 }

type Received = OrderStory & { placed: HistoryEvent; receivedAt: number }

const isReceived = (order: OrderStory): order is Received =>
  order.placed !== undefined && order.receivedAt !== undefined

/**
 * A person's first order received in the period: did they order again, after day 21 and within 90 days? Facts count up to
 * day 21; who orders again sooner is left out, since they had less time to meet anything.
 */
export function unitsOfBuyers(history: History, person: number, ground: UnitsGround): UnitsFound {
  const order = findFirstReceived(history, ground.period.from, ground.period.to)
  if (!order) return NOTHING
  const { receivedAt } = order
  if (receivedAt + FOLLOW_UP_MS > ground.recordedUntil) return { units: [], unripe: 1 }
  // An order that is reported twice was placed when it was first reported.
  const firsts = new Set(readOrders(history).flatMap(({ placed }) => placed ?? []))
  const again = history.events.find(
    (event) =>
      event.says === SAYS.placed &&
      event.order !== order.id &&
      event.at > receivedAt &&
      (event.order === '' || firsts.has(event)),
  )
  if (again && again.at <= receivedAt + LANDMARK_MS) return NOTHING
  const isRepeat = again !== undefined && again.at <= receivedAt + FOLLOW_UP_MS
  const amount = isRepeat ? Math.max(0, again.value ?? 0) : 0
  const unit = openUnit({ person, at: receivedAt, outcome: isRepeat ? 1 : 0, amount })
  addOwnFacts(unit, history, order, receivedAt + LANDMARK_MS, ground)
  return { units: [unit], unripe: 0 }
}

/** A person's last recommendation in the period, by what became of the order it is about. */
export function unitsOfRecommendations(history: History, person: number, ground: UnitsGround): UnitsFound {
  const { from, to } = ground.period
  const answer = history.events.findLast(
    (event) => isRecommendation(event) && event.at >= from && event.at < to,
  )
  if (!answer) return NOTHING
  const order = findOrderOf(history, answer)
  const unit = openUnit({ person, at: answer.at, outcome: answer.value as number, amount: 0 })
  if (!order) return NOTHING
  addOwnFacts(unit, history, order, answer.at, ground)
  return { units: [unit], unripe: 0 }
}

/** On its scale: 0 … 10, whatever a faulty form sent. */
export function isRecommendation(event: HistoryEvent): boolean {
  return isAboutRecommending(event) && event.value !== null && event.value >= 0 && event.value <= 10
}

export const isAboutRecommending = (event: HistoryEvent): boolean =>
  event.says === SAYS.feedback && textAt(event, 0) === 'nps'

export function findFirstReceived(history: History, from: number, to: number): Received | undefined {
  const received = readOrders(history)
    .filter(isReceived)
    .filter(({ receivedAt }) => receivedAt >= from && receivedAt < to)
  return received.sort((a, b) => a.receivedAt - b.receivedAt)[0]
}

/** The order that it names, else the one received last. */
function findOrderOf(history: History, { order, at }: HistoryEvent): Received | undefined {
  const received = readOrders(history)
    .filter(isReceived)
    .filter(({ id, receivedAt }) => (order === '' || order === id) && receivedAt <= at)
  return received.sort((a, b) => b.receivedAt - a.receivedAt)[0]
}

/** Of the order, and since it came. */
function addOwnFacts(
  unit: Unit,
  history: History,
  order: Received,
  until: number,
  ground: UnitsGround,
): void {
  const { receivedAt } = order
  const own = eventsOfOrder(history, order, until)
  const since = history.events.filter(
    (event) =>
      event.order === '' && event.at > receivedAt && event.at <= until && event.says !== SAYS.delivered,
  )
  const met = new Set(own)
  const all = [...own, ...since.filter((event) => !met.has(event))]
  // A stage before the order that is measured after it is about something else: a call about a defect is no call before buying.
  addFacts(
    unit,
    all.filter(
      (event) =>
        event.at < order.placed.at || rankOfTouchpoint(ground, event.touchpoint) >= ground.ranks.order,
    ),
    ground,
  )
  addCareFacts(unit, history, order, { receivedAt, until })
  addAttitude(unit, history, [...own, ...since], ground, order.arrivedAt ?? receivedAt)
  addOrderControls(unit, history, order, ground)
}
