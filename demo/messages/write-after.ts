import { DAY_MS } from '../../kernel/time.ts'
import type { Draw } from '../simulate/draw.ts'
import { ASKED_AFTER_DAYS } from '../simulate/draw-after.ts'
import type { After, Failure, Life, Order } from '../simulate/life.ts'
import type { MessageBook } from './message-book.ts'
import { writeContact } from './write-contact.ts'
import { orderId, writeOrder } from './write-order.ts'

const MINUTE_MS = 60_000
const ISSUES_AFTER_DAYS = [3, 17, 31]

/** What follows the receipt of the first order. */
export function writeAfter(book: MessageBook, draw: Draw, life: Life, order: Order, after: After): void {
  for (const [at, failure] of after.failures.entries()) writeFailure(book, draw, life, order, failure, at + 1)
  if (after.isSubscriber) writeNewsletters(book, draw, order, after)
  if (draw.happens(0.12)) {
    const guide = { product_id: order.product.id, touchpoint: 'how_to' }
    book.page(order.endedAt + 20 * 3_600_000, 'Як користуватися', '/how-to', guide)
  }
  writeOpinion(book, draw, life, order, after)
  writeLateAd(book, draw, order)
  if (after.repeat) writeRepeat(book, draw, life, after.repeat, after.isOpener)
}

function writeFailure(
  book: MessageBook,
  draw: Draw,
  life: Life,
  order: Order,
  { openedAt, resolvedAt, isSolvedWell, contact }: Failure,
  number: number,
): void {
  const order_id = orderId(life, order)
  const case_id = `D-${life.index}-${number}`
  const id = `case${number}`
  writeContact(book, draw, life, contact, { id, properties: { order_id, case_id }, isCustomer: true })
  book.shop(openedAt, 'Case Opened', { case_id, order_id, kind: 'warranty', topic: 'defect' })
  const decision_days = Math.round(((resolvedAt - openedAt) / DAY_MS) * 10) / 10
  book.shop(resolvedAt, 'Case Resolved', {
    case_id,
    order_id,
    solved: isSolvedWell ? 1 : 0,
    decision_days,
    kind: 'warranty',
  })
}

/** Sent by lot to four fifths of subscribers; who is keen opens, and a few click. */
function writeNewsletters(book: MessageBook, draw: Draw, order: Order, after: After): void {
  book.shop(order.at, 'Newsletter Subscribed', { list: 'news' })
  if (!after.isSentNewsletter) return
  const firstOpened = draw.whole(0, 1)
  for (const [number, days] of ISSUES_AFTER_DAYS.entries()) {
    const at = order.endedAt + days * DAY_MS
    const issue = { campaign: `news-${number + 1}` }
    book.shop(at, 'Email Delivered', issue)
    const isOpened = after.isOpener && (number === firstOpened || draw.happens(0.5))
    const opened = { ...issue, touchpoint: 'newsletter' }
    if (isOpened) book.shop(at + Math.round(draw.between(5, 600) * MINUTE_MS), 'Email Opened', opened)
  }
}

function writeOpinion(book: MessageBook, draw: Draw, life: Life, order: Order, after: After): void {
  const order_id = orderId(life, order)
  const at = order.endedAt + ASKED_AFTER_DAYS * DAY_MS + Math.round(draw.between(1, 40) * 3_600_000)
  const { recommendation } = after
  if (recommendation === undefined) return
  book.shop(at, 'Feedback Given', { kind: 'nps', score: recommendation, scale_max: 10, order_id })
  const stars = draw.mark(1, 5, 1 + recommendation * 0.4)
  if (draw.happens(0.5))
    book.shop(at + MINUTE_MS, 'Feedback Given', {
      kind: 'stars',
      score: stars,
      touchpoint: 'survey',
      order_id,
    })
  if (draw.happens(0.12))
    book.shop(at + 2 * DAY_MS, 'Feedback Given', { kind: 'stars', score: stars, touchpoint: 'public_review' })
  if (recommendation >= 9 && draw.happens(0.1))
    book.shop(at + 3 * DAY_MS, 'Referral Shared', { touchpoint: 'referral' })
}

/** Advertising goes on with what was bought; a few click on it once more. */
function writeLateAd(book: MessageBook, draw: Draw, { at, product }: Order): void {
  if (!draw.happens(0.05)) return
  const shown_days = draw.whole(1, 9)
  const ad = { product_id: product.id, campaign: 'kms_tech', shown_days, touchpoint: 'ads_after_buying' }
  book.site(at + shown_days * DAY_MS, 'Ad Clicked', ad)
}

function writeRepeat(book: MessageBook, draw: Draw, life: Life, repeat: Order, isOpener: boolean): void {
  const byMail = isOpener && draw.happens(0.5)
  const query = byMail ? 'utm_source=news&utm_medium=email&utm_campaign=news' : ''
  const { id, name, price } = repeat.product
  const product = { product_id: id, name, category: life.category.name, price, currency: 'UAH' }
  const at = repeat.at - 14 * MINUTE_MS
  book.page(at, 'Товар', `/product/${id}`, product, { query, referrer: '' })
  writeOrder(book, draw, life, repeat)
  book.shop(repeat.at + MINUTE_MS, 'Order Repeated', { order_id: orderId(life, repeat) })
}
