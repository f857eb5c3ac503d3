import { and, desc, eq, inArray, isNotNull, lt } from 'drizzle-orm'
import type { Deps, TimelineItem, TimelineQuery } from '../../../platform/room.ts'
import type { OrderPromise, OrderStep } from '../contract.ts'
import { type OrderRow, orders } from './order-table.ts'

const MAX_ORDERS = 500

/** The person's orders as landmarks of the path: every step, every promise, and whether it was kept. */
export async function listOrderMoments({ db }: Deps, query: TimelineQuery): Promise<TimelineItem[]> {
  if (query.identities.length === 0) return []
  const rows = await db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.shop, query.shop),
        inArray(orders.identity, query.identities),
        isNotNull(orders.state),
        lt(orders.orderedAt, new Date(query.before)),
      ),
    )
    .orderBy(desc(orders.orderedAt))
    .limit(MAX_ORDERS)
  return rows
    .flatMap(describeOrder)
    .filter(({ at }) => at >= query.after && at < query.before)
    .sort((a, b) => b.at - a.at)
    .slice(0, query.limit)
}

type Tone = NonNullable<TimelineItem['tone']>

const TONES: Partial<Record<OrderStep['state'], Tone>> = {
  received: 'won',
  refused: 'lost',
  returned: 'lost',
  cancelled: 'lost',
  packed: 'quiet',
  confirmed: 'quiet',
}

/** Pure: one order → its moments, in no particular order. */
export function describeOrder(order: OrderRow): TimelineItem[] {
  const arrival = order.steps.find(
    ({ state, on }) => (state === 'arrived' || state === 'received') && on === order.arrivedOn,
  )
  return [
    ...order.steps.map((step) => describeStep(order, step, step === arrival)),
    ...order.promises.map((promise, index) => describePromise(order, promise, order.promises[index - 1])),
  ]
}

function describeStep(order: OrderRow, step: OrderStep, isArrival: boolean): TimelineItem {
  const values: TimelineItem['values'] = { order: order.id, on: step.on }
  if (step.state === 'placed' || step.state === 'received' || step.state === 'refused')
    Object.assign(values, { amount: order.amount, currency: order.currency })
  if (step.state === 'paid') Object.assign(values, { amount: order.paidAmount, currency: order.currency })
  const isLate = isArrival && (order.lateDays ?? 0) > 0
  if (isArrival && order.lateDays !== null)
    Object.assign(values, { lateDays: order.lateDays, promisedOn: order.promisedOn })
  const kind = `timeline.${step.state}${isLate ? '_late' : ''}`
  return moment(order, step.at, kind, values, isLate ? 'lost' : (TONES[step.state] ?? 'even'))
}

function describePromise(
  order: OrderRow,
  promise: OrderPromise,
  previous: OrderPromise | undefined,
): TimelineItem {
  const { promisedOn, at } = promise
  if (!previous) return moment(order, at, 'timeline.promised', { order: order.id, promisedOn }, 'quiet')
  const values = { order: order.id, promisedOn, before: previous.promisedOn }
  return moment(
    order,
    at,
    'timeline.promise_moved',
    values,
    promisedOn > previous.promisedOn ? 'lost' : 'even',
  )
}

function moment(
  order: OrderRow,
  at: string,
  kind: string,
  values: TimelineItem['values'],
  tone: Tone,
): TimelineItem {
  return {
    at: Date.parse(at),
    room: 'orders',
    kind,
    values,
    tone,
    link: `orders/${encodeURIComponent(order.id)}`,
    ref: order.id,
  }
}
