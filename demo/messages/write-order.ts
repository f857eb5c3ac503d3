import { DAY_MS, formatDay } from '../../kernel/time.ts'
import type { Draw } from '../simulate/draw.ts'
import { drawOperator } from '../simulate/draw-contact.ts'
import { isReceived } from '../simulate/draw-order.ts'
import type { Life, Order } from '../simulate/life.ts'
import { CARRIERS } from '../world/places.ts'
import { ANSWERED } from '../world/rates.ts'
import type { MessageBook, Properties } from './message-book.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export function orderId({ index }: Life, { number }: Pick<Order, 'number'>): string {
  return `I-${index}-${number}`
}

/** An order through its states, up to receipt or refusal. */
export function writeOrder(book: MessageBook, draw: Draw, life: Life, order: Order): void {
  writeCheckout(book, draw, life, order)
  const order_id = orderId(life, order)
  const by = order.isConfirmedByCall ? { by: 'call', channel: 'phone' } : { by: 'auto' }
  book.shop(order.confirmedAt, 'Order Confirmed', { order_id, ...by })
  if (order.isCancelled) {
    book.shop(order.packedAt, 'Order Cancelled', { order_id, reason: 'передумали' })
    return
  }
  const insert = order.hasInsert ? 'thank_you_card' : 'none'
  book.shop(order.packedAt, 'Order Packed', { order_id, insert })
  writeWay(book, draw, life, order)
  if (isReceived(order)) writeReceipt(book, draw, life, order)
  else {
    book.shop(order.endedAt, 'Order Refused', {
      order_id,
      reason: 'не забрали',
      delivery_method: order.delivery,
    })
    book.shop(order.endedAt + 5 * DAY_MS, 'Order Returned', { order_id })
  }
}

/** Cart, checkout, the promised day, the order. */
function writeCheckout(book: MessageBook, draw: Draw, life: Life, order: Order): void {
  const order_id = orderId(life, order)
  const { at, product, total } = order
  const minutes = draw.skewed(2.4, 4)
  const line = { product_id: product.id, name: product.name, category: life.category.name, price: total }
  const unchanged = { total_unchanged: draw.happens(0.93) ? 1 : 0 }
  book.site(at - Math.round((minutes + 1) * MINUTE_MS), 'Product Added', { ...line, ...unchanged }, '/cart')
  book.site(at - Math.round(minutes * MINUTE_MS), 'Checkout Started', { value: total }, '/checkout')
  const promise = { kind: 'delivery_date', order_id, promised_on: formatDay(order.promisedOn) }
  book.site(at - 10_000, 'Promise Made', promise, '/checkout')
  const step = { step: 3, order_id, checkout_minutes: Math.round(minutes * 10) / 10 }
  book.site(at - 8_000, 'Checkout Step Completed', step, '/checkout')
  book.shop(at, 'Order Completed', {
    order_id,
    total,
    currency: 'UAH',
    products: [{ ...line, quantity: 1 }],
    payment_method: order.payment,
    delivery_method: order.delivery,
    region: life.traits.city.region,
  })
  if (order.payment === 'card') writePayment(book, draw, order, order_id)
  if (order.checkoutMark !== undefined) {
    const feedback = { kind: 'csat', score: order.checkoutMark, touchpoint: 'checkout', order_id }
    book.shop(at + MINUTE_MS, 'Feedback Given', feedback)
  }
}

function writePayment(book: MessageBook, draw: Draw, { at, total }: Order, order_id: string): void {
  const first_try = draw.happens(0.94) ? 1 : 0
  if (first_try === 0)
    book.shop(at + 20_000, 'Payment Failed', { order_id, first_try, reason: 'відмова банку' })
  const paid: Properties = { order_id, total, currency: 'UAH' }
  if (first_try === 1) paid.first_try = 1
  book.shop(at + 2 * MINUTE_MS, 'Order Paid', paid)
}

function writeWay(book: MessageBook, draw: Draw, life: Life, order: Order): void {
  const order_id = orderId(life, order)
  const { delivery, shippedAt, arrivedAt } = order
  if (delivery !== 'store_pickup') {
    const carrier = CARRIERS[delivery]
    book.shop(shippedAt, 'Order Shipped', {
      order_id,
      carrier,
      tracking_number: `2045${life.index}${order.number}`,
    })
  }
  const isTold = draw.happens(0.92)
  const status = { order_id, channel: 'messenger', status_told: isTold ? 1 : 0, touchpoint: 'status_message' }
  book.shop(shippedAt + HOUR_MS, isTold ? 'Status Message Sent' : 'Status Message Failed', status)
  if (order.lateDays > 0 && draw.happens(0.4)) writeWhereIsIt(book, draw, life, order)
  const place =
    delivery === 'store_pickup' ? { place: life.traits.city.store } : { carrier: CARRIERS[delivery] }
  book.shop(arrivedAt, 'Order Arrived', { order_id, delivery_method: delivery, ...place })
}

function writeWhereIsIt(book: MessageBook, draw: Draw, life: Life, order: Order): void {
  const order_id = orderId(life, order)
  const at = order.arrivedAt - Math.round(draw.between(6, 20) * HOUR_MS)
  const operator = drawOperator(draw, false)
  const contact_id = `w-${life.index}-${order.number}`
  const base = { contact_id, channel: 'phone', order_id, touchpoint: 'where_is_order' }
  book.shop(at, 'Contact Started', { ...base, topic: 'where_is_order' })
  book.shop(at + draw.whole(5, 40) * 1_000, 'Contact Answered', { ...base, by: 'human', operator })
}

function writeReceipt(book: MessageBook, draw: Draw, life: Life, order: Order): void {
  const order_id = orderId(life, order)
  const { endedAt, delivery } = order
  const received: Properties = { order_id, delivery_method: delivery }
  if (delivery === 'courier') received.in_slot = draw.happens(0.85) ? 1 : 0
  if (delivery === 'store_pickup') received.wait_minutes = Math.round(draw.skewed(4, 8))
  book.shop(endedAt, 'Order Delivered', received)
  if (order.payment !== 'card')
    book.shop(endedAt + MINUTE_MS, 'Order Paid', { order_id, total: order.total, currency: 'UAH' })
  if (order.deliveryMark !== undefined) {
    const feedback = { kind: 'csat', score: order.deliveryMark, touchpoint: delivery, order_id }
    book.shop(endedAt + 3 * HOUR_MS, 'Feedback Given', feedback)
  }
  if (delivery === 'store_pickup') writeStoreReceipt(book, draw, life, order)
  else writeParcel(book, draw, order, order_id)
  writeComplaint(book, draw, life, order)
}

/** The receipt of the till has a code with which some register the guarantee. */
function writeStoreReceipt(book: MessageBook, draw: Draw, life: Life, order: Order): void {
  if (!draw.happens(0.15)) return
  const scanned = { order_id: orderId(life, order), place: life.traits.city.store }
  book.shop(order.endedAt + Math.round(draw.between(1, 30) * HOUR_MS), 'Receipt Scanned', scanned)
}

const COMPLAINTS = { late: 0.12, inTime: 0.015 } as const

/** Written to the shop, which answers on the same or the next day. */
function writeComplaint(book: MessageBook, draw: Draw, life: Life, order: Order): void {
  const isLate = order.lateDays > 0
  if (!draw.happens(isLate ? COMPLAINTS.late : COMPLAINTS.inTime)) return
  const at = order.endedAt + Math.round(draw.between(4, 40) * HOUR_MS)
  const first_reply_hours = Math.round(draw.skewed(4, 12) * 10) / 10
  const complaint = { order_id: orderId(life, order), topic: isLate ? 'late_delivery' : 'other' }
  book.shop(at, 'Complaint Made', complaint)
  book.shop(at + Math.round(first_reply_hours * HOUR_MS), 'Complaint Answered', {
    ...complaint,
    first_reply_hours,
  })
}

/** Some scan the code inside and press a face. */
function writeParcel(book: MessageBook, draw: Draw, { endedAt, hasInsert }: Order, order_id: string): void {
  if (!draw.happens(0.3)) return
  const isWhole = draw.happens(0.95)
  const at = endedAt + Math.round(draw.between(0.5, 10) * HOUR_MS)
  const insert = hasInsert ? 'thank_you_card' : 'none'
  book.shop(at, 'Parcel Opened', { order_id, insert, parcel_whole: isWhole ? 1 : 0 })
  if (!draw.happens(ANSWERED.parcel / 0.3)) return
  const score = draw.mark(1, 5, isWhole ? 4.6 : 2.2)
  book.shop(at + MINUTE_MS, 'Feedback Given', {
    kind: 'face',
    score,
    scale_max: 5,
    touchpoint: 'parcel',
    order_id,
  })
}
