import type { DemoOptions } from '../options.ts'
import { fingerprintOf } from '../options.ts'
import { clock } from '../simulate/arrivals.ts'
import { createDraw } from '../simulate/draw.ts'
import type { Life } from '../simulate/life.ts'
import { addWords } from './add-words.ts'
import { type DemoMessage, openBook } from './message-book.ts'
import { writeAfter } from './write-after.ts'
import { writeAcquaintance, writeContact } from './write-contact.ts'
import { writeOrder } from './write-order.ts'
import { writeVisits } from './write-visits.ts'

export interface TimedMessage {
  at: number
  message: DemoMessage
}

/**
 * Tells a life as messages, in the order of time, up to the end of the history. What the messages add (pages between,
 * seconds, marks of parcels) has chances of its own, so that lives are the same with or without them.
 */
export function createWriter(options: DemoOptions): (life: Life) => TimedMessage[] {
  const fingerprint = fingerprintOf(options)
  const until = clock(options.end, 0)
  return (life) => {
    const draw = createDraw(`${options.seed}:${life.index}:told`)
    const book = openBook(life, fingerprint, until)
    writeVisits(book, draw, options.truths, life)
    writeAcquaintance(book, draw, life)
    if (life.contact) writeContact(book, draw, life, life.contact, { id: 'first' })
    if (life.order) writeOrder(book, draw, life, life.order)
    else writeAbandoned(book, draw, life)
    if (life.order && life.after) writeAfter(book, draw, life, life.order, life.after)
    return addWords(book.messages(), createDraw(`${options.seed}:${life.index}:words`), life)
  }
}

/** Some who don't order had it in the cart. */
function writeAbandoned(book: ReturnType<typeof openBook>, draw: ReturnType<typeof createDraw>, life: Life) {
  if (!draw.happens(0.15)) return
  const at = (life.visits.at(-1)?.at ?? 0) + 30 * 60_000
  const { id, name, price } = life.product
  book.site(at, 'Product Added', { product_id: id, name, price, currency: 'UAH' }, '/cart')
  if (draw.happens(0.4)) book.site(at + 60_000, 'Checkout Started', { value: price }, '/checkout')
}
