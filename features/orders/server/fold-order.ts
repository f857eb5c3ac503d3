import { parseDay } from '../../../kernel/time.ts'
import type {
  OrderEnding,
  OrderFlag,
  OrderItem,
  OrderPayment,
  OrderPromise,
  OrderState,
  OrderStep,
} from '../contract.ts'
import { foldDetails } from './fold-details.ts'
import { foldPayments } from './fold-payments.ts'
import { foldPromises } from './fold-promises.ts'
import type { OrderFact } from './order-fact.ts'
import { rankOf } from './order-states.ts'
import type { Values } from './read-properties.ts'
import { dayOfFact, walkSteps } from './walk-steps.ts'

/** Everything that follows from an order's facts. Amounts in minor units, days `YYYY-MM-DD` in the shop's zone. */
export interface FoldedOrder {
  state: OrderState | null
  ending: OrderEnding | null
  identity: string | null
  source: number
  orderedAt: number
  orderedOn: string
  steps: OrderStep[]
  flags: OrderFlag[]
  promises: OrderPromise[]
  payments: OrderPayment[]
  paidAt: number | null
  paidAmount: number | null
  /** The promise that the customer ordered by. */
  promisedOn: string | null
  promisedLastOn: string | null
  /** The day of arrival at the branch, locker or door, else of receipt. */
  arrivedOn: string | null
  /** Calendar days from the promised day to the day of arrival; negative when it came early. */
  lateDays: number | null
  amount: number | null
  currency: string
  discount: number | null
  shipping: number | null
  tax: number | null
  paymentMethod: string | null
  region: string | null
  items: OrderItem[]
  extra: Values
}

/**
 * Derives an order from the set of its facts: the same whatever the order in which they came and however often.
 * Facts of the same instant are taken in the order of the way (placed before shipped), then by message hash.
 */
export function foldOrder(
  given: readonly OrderFact[],
  shop: { timeZone: string; currency: string },
): FoldedOrder {
  const facts = sortFacts(given)
  const first = facts[0]
  if (!first) throw new RangeError('an order has at least one fact')
  const walk = walkSteps(facts, shop.timeZone)
  const placed = facts.find((fact) => fact.kind === 'placed')
  const origin = placed ?? first
  const promises = foldPromises(facts, placed?.at)
  const arrivedOn = findArrivalDay(walk.steps)
  const details = foldDetails(facts, shop.currency)
  return {
    ...details,
    ...foldPayments(facts, details.amount),
    ...promises,
    state: walk.state,
    ending: findEnding(walk.state, walk.steps),
    identity: origin.identity,
    source: origin.source,
    orderedAt: origin.at,
    orderedOn: dayOfFact(origin, shop.timeZone),
    steps: walk.steps,
    flags: walk.flags,
    arrivedOn,
    lateDays: countLateDays(promises.promisedOn, arrivedOn),
  }
}

function sortFacts(facts: readonly OrderFact[]): OrderFact[] {
  const unique = new Map(facts.map((fact) => [fact.messageHash, fact]))
  return [...unique.values()].sort(
    (a, b) =>
      a.at - b.at ||
      (rankOf.get(a.kind) ?? 0) - (rankOf.get(b.kind) ?? 0) ||
      (a.messageHash < b.messageHash ? -1 : 1),
  )
}

/** Arrival is what the promise was about; receipt stands in for it, also when arrival was reported later than receipt. */
function findArrivalDay(steps: readonly OrderStep[]): string | null {
  const days = steps
    .filter(({ state, isTimeUnknown }) => (state === 'arrived' || state === 'received') && !isTimeUnknown)
    .map(({ on }) => on)
  return days.sort()[0] ?? null
}

function countLateDays(promisedOn: string | null, arrivedOn: string | null): number | null {
  const promised = promisedOn === null ? undefined : parseDay(promisedOn)
  const arrived = arrivedOn === null ? undefined : parseDay(arrivedOn)
  return promised === undefined || arrived === undefined ? null : arrived - promised
}

/** How the order ended, or null while it is on its way. The one place that says what counts as bought out. */
export function findEnding(state: OrderState | null, steps: readonly OrderStep[]): OrderEnding | null {
  const has = (step: OrderState) => steps.some((taken) => taken.state === step)
  if (state === 'received') return 'bought_out'
  if (state === 'refused') return 'refused'
  if (state === 'returned') return has('received') ? 'returned' : 'refused'
  if (state !== 'cancelled') return null
  // Cancelled after the customer had it: the goods or the money went back.
  if (has('received')) return 'returned'
  return has('shipped') || has('arrived') ? 'cancelled_on_the_way' : 'cancelled_before'
}
