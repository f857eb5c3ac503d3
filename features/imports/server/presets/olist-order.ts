import { formatDecimal } from '../../../../kernel/money.ts'
import { formatDay, localDay } from '../../../../kernel/time.ts'
import type { Message } from '../import-stage.ts'
import { OLIST_CURRENCY, type OlistCustomer, type OlistItem, type OlistPayment } from './olist-lookups.ts'

/** An order with all that the other tables say about it. Times in UTC milliseconds. */
export interface OlistOrder {
  id: string
  status: string
  customer: OlistCustomer
  items: OlistItem[]
  payments: OlistPayment[]
  placedAt: number
  approvedAt: number | undefined
  shippedAt: number | undefined
  receivedAt: number | undefined
  /** `YYYY-MM-DD`: the file has midnights, which are days and not instants. */
  promisedOn: string | undefined
  /** The zone of the file's times: its days are days there, wherever the shop is. */
  zone: string
}

/** Everything that one order of the export says, as events. */
export function writeOrder(order: OlistOrder): Message[] {
  const { placedAt, approvedAt, shippedAt, receivedAt } = order
  const messages = order.customer.isFirst ? [introduce(order)] : []
  messages.push(step(order, 'Order Completed', 'placed', placedAt, describeGoods(order)))
  if (order.promisedOn !== undefined)
    messages.push(
      step(order, 'Promise Made', 'promised', placedAt, {
        kind: 'delivery_date',
        promised_on: order.promisedOn,
      }),
    )
  for (const payment of order.payments) messages.push(pay(order, payment))
  if (approvedAt !== undefined) messages.push(step(order, 'Order Confirmed', 'confirmed', approvedAt))
  if (shippedAt !== undefined) messages.push(step(order, 'Order Shipped', 'shipped', shippedAt))
  if (receivedAt !== undefined) messages.push(step(order, 'Order Delivered', 'received', receivedAt))
  return [...messages, ...endUndated(order)]
}

/** What the status says without a date happened at the earliest with the last dated step. */
function endUndated(order: OlistOrder): Message[] {
  const { placedAt, approvedAt = 0, shippedAt = 0, receivedAt = 0 } = order
  const at = Math.max(placedAt, approvedAt, shippedAt, receivedAt)
  const undated = { time_unknown: true, reason: order.status }
  if (order.status === 'canceled' || order.status === 'unavailable')
    return [step(order, 'Order Cancelled', 'cancelled', at, undated)]
  if (order.status === 'delivered' && order.receivedAt === undefined)
    return [step(order, 'Order Delivered', 'received', at, { time_unknown: true })]
  return []
}

function introduce({ customer, placedAt }: OlistOrder): Message {
  return {
    type: 'identify',
    messageId: `olist:${customer.person}:person`,
    timestamp: new Date(placedAt).toISOString(),
    userId: customer.person,
    traits: { address: { city: customer.city, state: customer.region } },
  }
}

function step(
  order: OlistOrder,
  event: string,
  kind: string,
  at: number,
  properties: Record<string, unknown> = {},
): Message {
  return {
    type: 'track',
    event,
    messageId: `olist:${order.id}:${kind}`,
    timestamp: new Date(at).toISOString(),
    userId: order.customer.person,
    properties: { order_id: order.id, local_day: formatDay(localDay(at, order.zone)), ...properties },
  }
}

/** Approval is when the money came; what was never approved is a payment that was only begun. */
function pay(order: OlistOrder, { sequence, type, installments, value }: OlistPayment): Message {
  const isApproved = order.approvedAt !== undefined
  return step(
    order,
    isApproved ? 'Payment Completed' : 'Payment Info Entered',
    `payment-${sequence}`,
    order.approvedAt ?? order.placedAt,
    { value, currency: OLIST_CURRENCY, payment_method: type, installments },
  )
}

function describeGoods({ items, payments, customer, status }: OlistOrder): Record<string, unknown> {
  const goods = sum(items, ({ price }) => price)
  const freight = sum(items, (item) => item.freight)
  const total = items.length > 0 ? goods + freight : sum(payments, ({ amount }) => amount)
  const [largest] = [...payments].sort((a, b) => b.amount - a.amount)
  return {
    total: formatDecimal(total, OLIST_CURRENCY),
    currency: OLIST_CURRENCY,
    region: customer.region,
    olist_status: status,
    ...(largest ? { payment_method: largest.type } : {}),
    ...(items.length > 0 ? { shipping: formatDecimal(freight, OLIST_CURRENCY) } : {}),
    ...(items.length > 0 ? { products: items.map(describeItem) } : {}),
  }
}

function describeItem({
  product,
  seller,
  category,
  photos,
  letters,
  price,
}: OlistItem): Record<string, unknown> {
  return {
    product_id: product,
    price: formatDecimal(price, OLIST_CURRENCY),
    quantity: 1,
    seller_id: seller,
    ...(category === '' ? {} : { category }),
    ...(photos === '' ? {} : { photos: Number(photos) }),
    ...(letters === '' ? {} : { description_length: Number(letters) }),
  }
}

function sum<T>(values: readonly T[], amount: (value: T) => number): number {
  return values.reduce((total, value) => total + amount(value), 0)
}
