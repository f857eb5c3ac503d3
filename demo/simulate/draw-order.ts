import type { Truths } from '../truths.ts'
import { SLOW_REGION } from '../world/places.ts'
import { ANSWERED, DELIVERY, ORDER_CHANCE } from '../world/rates.ts'
import { clock } from './arrivals.ts'
import type { Draw } from './draw.ts'
import { isPriceBreach, isSlowAnswer } from './draw-contact.ts'
import { dayOf, mainVisit } from './draw-visits.ts'
import type { Contact, DeliveryMethod, Life, Order, Payment } from './life.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** The first order, or none: the sum of everything that speaks for and against it. */
export function drawFirstOrder(draw: Draw, truths: Truths, life: Life): Order | undefined {
  const isOrdered = draw.happens(orderChance(truths, life))
  if (!isOrdered) return undefined
  const { contact } = life
  const answered = contact ? contact.at + Math.min(contact.answerSeconds * 1_000, 3 * HOUR_MS) : 0
  const after = Math.max(answered, mainVisit(life).at + 10 * MINUTE_MS)
  const at = Math.round(after + draw.between(4, 40) * MINUTE_MS)
  const price = contact?.quotedPrice ?? life.product.price
  return drawOrder(draw, truths, life, { number: 1, at, product: life.product, price })
}

/** Exported for the tests: the true chance of this person. */
export function orderChance(truths: Truths, life: Life): number {
  const { source, contact, traits } = life
  let chance = ORDER_CHANCE.base + life.category.orderChance + ORDER_CHANCE.need * traits.need
  if (life.isEvening) chance += ORDER_CHANCE.evening
  if (source.isAd) chance += ORDER_CHANCE.ad
  if (source.key === 'direct') chance += ORDER_CHANCE.direct
  if (traits.isYoung) chance += ORDER_CHANCE.young
  if (life.sawCatalogue) chance += truths.catalogue / 100
  return contact ? chance + contactGain(truths, contact, life) : chance
}

function contactGain(truths: Truths, contact: Contact, life: Life): number {
  if (contact.way === 'chat') return ORDER_CHANCE.chat + (isSlowAnswer(contact) ? truths.answer30 / 100 : 0)
  if (contact.way === 'phone')
    return ORDER_CHANCE.phone + (isPriceBreach(contact, life) ? truths.price_breach / 100 : 0)
  return ORDER_CHANCE.otherContact
}

type Begun = Pick<Order, 'number' | 'at' | 'product'> & { price: number }

export function drawOrder(draw: Draw, truths: Truths, life: Life, begun: Begun): Order {
  const { number, at, product, price } = begun
  const delivery = drawDelivery(draw, life)
  const payment = drawPayment(draw, delivery)
  const isConfirmedByCall = draw.happens(0.3)
  const confirmedAt = at + Math.round(draw.between(0.2, isConfirmedByCall ? 90 : 2) * MINUTE_MS)
  const packedAt = confirmedAt + Math.round(draw.between(0.5, 3) * HOUR_MS)
  const promisedOn = dayOf(at) + 1
  const lateDays = drawLateDays(draw, life, delivery)
  const arrivedAt = clock(promisedOn + lateDays, drawArrivalHour(draw))
  const shippedAt = packedAt + Math.round((arrivedAt - packedAt) * draw.between(0.1, 0.3))
  const waitHours = delivery === 'courier' ? 0.1 : draw.between(2, 60)
  const isLate = lateDays > 0
  return {
    number,
    at,
    product,
    total: price,
    delivery,
    payment,
    promisedOn,
    confirmedAt,
    isConfirmedByCall,
    isCancelled: draw.happens(DELIVERY.cancelled),
    hasInsert: draw.happens(0.5),
    packedAt,
    shippedAt,
    arrivedAt,
    lateDays,
    isRefused: draw.happens(refusalChance(truths, payment, isLate)),
    endedAt: arrivedAt + Math.round(waitHours * HOUR_MS),
    checkoutMark: markIf(draw, ANSWERED.checkout, 4.3),
    deliveryMark: markIf(draw, ANSWERED.delivery, isLate ? 3.1 : 4.5),
  }
}

function drawDelivery(draw: Draw, { traits }: Life): DeliveryMethod {
  if (traits.city.store !== undefined && draw.happens(0.35)) return 'store_pickup'
  return draw.happens(0.22) ? 'courier' : 'branch'
}

function drawPayment(draw: Draw, delivery: DeliveryMethod): Payment {
  const isOnDelivery = draw.happens(0.6)
  if (delivery === 'store_pickup') return isOnDelivery ? 'in_store' : 'card'
  return isOnDelivery ? 'cash_on_delivery' : 'card'
}

/** Calendar days after the promised one. The shop's own van reaches its stores in time. */
function drawLateDays(draw: Draw, { traits }: Life, delivery: DeliveryMethod): number {
  const isSlowRegion = traits.city.region === SLOW_REGION
  const isLate = draw.happens(isSlowRegion ? DELIVERY.lateInSlowRegion : DELIVERY.lateElsewhere)
  if (!isLate || delivery === 'store_pickup') return 0
  return isSlowRegion ? draw.whole(4, 5) : draw.whole(1, 2)
}

/** Some come on the very evening of the promised day, which is still in time. */
function drawArrivalHour(draw: Draw): number {
  return draw.happens(0.1) ? draw.between(20, 23.5) : draw.between(9, 19)
}

function refusalChance(truths: Truths, payment: Payment, isLate: boolean): number {
  if (payment === 'in_store') return DELIVERY.refusedPrepaid
  const usual = payment === 'card' ? DELIVERY.refusedPrepaid : DELIVERY.refusedOnDelivery
  return usual + (isLate ? truths.late_refusal / 100 : 0)
}

function markIf(draw: Draw, chance: number, mean: number): number | undefined {
  const mark = draw.mark(1, 5, mean)
  return draw.happens(chance) ? mark : undefined
}

export function isReceived(order: Order): boolean {
  return !order.isCancelled && !order.isRefused
}
