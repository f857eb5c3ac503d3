import type { Draw } from '../simulate/draw.ts'
import type { Contact, ContactWay, Life } from '../simulate/life.ts'
import type { MessageBook, Properties } from './message-book.ts'

const TOUCHPOINTS: Record<ContactWay, string> = {
  chat: 'chat',
  phone: 'phone_call',
  callback: 'call_back',
  email: 'email_form',
  assistant: 'assistant',
}

/** A question and its answer; `where` says about whom it is: the visitor, or the customer of an order. */
export function writeContact(
  book: MessageBook,
  draw: Draw,
  life: Life,
  contact: Contact,
  more: { id: string; properties?: Properties; isCustomer?: boolean },
): void {
  const { way, at, topic, operator, answerSeconds, quotedPrice, mark } = contact
  const tell = more.isCustomer ? book.shop : book.site
  const contact_id = `k-${life.index}-${more.id}`
  const base = { contact_id, channel: way, ...more.properties }
  if (quotedPrice !== undefined) writeShownPrice(book, life, at - 90_000)
  tell(at, 'Contact Started', { ...base, topic })
  if (way === 'chat' && draw.happens(0.5)) tell(at + 3_000, 'Contact Answered', { ...base, by: 'bot' })
  const answeredAt = at + answerSeconds * 1_000
  const quote = quotedPrice === undefined ? {} : { quoted_price: quotedPrice, product_id: life.product.id }
  if (way === 'assistant') tell(answeredAt, 'Contact Ended', { ...base, solved: draw.happens(0.6) })
  else tell(answeredAt, 'Contact Answered', { ...base, by: 'human', operator, ...quote })
  if (mark === undefined) return
  const touchpoint = TOUCHPOINTS[way]
  const feedback = { kind: 'csat', score: mark, touchpoint, contact_id, operator }
  tell(answeredAt + 8 * 60_000, 'Feedback Given', feedback)
}

/** The page showed a price before the call. */
function writeShownPrice(book: MessageBook, { product: { id, price } }: Life, at: number): void {
  book.site(at, 'Promise Made', { kind: 'price', product_id: id, price, currency: 'UAH' }, `/product/${id}`)
}

const ACQUAINTED_BY_CONTACT = 0.3

/** Who orders has told their number, few of those who only asked have; some are asked for their age. */
export function writeAcquaintance(book: MessageBook, draw: Draw, life: Life): void {
  const at = (life.order ?? life.contact)?.at
  if (at === undefined || (!life.order && !draw.happens(ACQUAINTED_BY_CONTACT))) return
  const isAsked = draw.happens(0.2)
  book.identify(at - 20_000, isAsked ? { age_group: life.traits.ageGroup } : undefined)
}
