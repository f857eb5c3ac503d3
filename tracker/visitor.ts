import { guard } from './guard.ts'
import { data, findTag } from './options.ts'
import { eachKept, read, write } from './storage.ts'

/**
 * off: nothing leaves the page and nothing is stored. cookieless: messages are sent and nothing is stored, so that each
 * page load is a visitor of its own. full: the visitor is known again by an id in the storage. There is no cookie in any of
 * them: the page would wait for the browser's other processes, and send it along with each picture.
 */
export type Mode = 'off' | 'cookieless' | 'full'

/** What is kept between pages, under short names: it is read and written with every message. */
interface Visitor {
  /** The answer that the visitor gave, if any. */
  c?: Mode
  /** The anonymous id. */
  a?: string
  /** The visit, and when something was last heard of it. */
  s?: string
  t?: number
  /** The customer's id as the shop knows it. */
  u?: string
}

const STORED = 'tropa'

/** Random: it says nothing about person or device. `randomUUID` would be missing on pages that came by http. */
export const makeId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('')

export let visitor: Visitor = {}
export let isOff: boolean
export let isFull: boolean

/**
 * Notes that the visitor does something, or what is new about them. Finds out again what is allowed and who this is, as
 * another tab may have got another answer, gone on with the visit or learned the customer's id. The visitor's answer
 * outweighs the shop's option, and the browser's signal (Global Privacy Control) outweighs a yes of either.
 */
export function touch(news: Partial<Visitor> = {}): void {
  findTag()
  const stored: Partial<Visitor> = guard(JSON.parse)(read(STORED) as string) || {}
  const c = news.c || stored.c || visitor.c
  const wanted = c || data.consent
  const wasFull = isFull
  isOff = wanted === 'off'
  isFull = wanted === 'full' && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
  if (isFull) visitor = { ...visitor, ...stored }
  else if (wasFull !== false) {
    visitor = {}
    eachKept(write)
  }
  const t = Date.now()
  visitor = {
    a: makeId(),
    ...visitor,
    // Half an hour of silence ends a visit. A clock that was set back doesn't.
    s: t - (visitor.t as number) < 18e5 ? visitor.s : makeId(),
    t,
    ...news,
    c,
  }
  // Of somebody who allowed less than full only the answer is kept: without that word it could not be honoured.
  write(STORED, isFull || c ? JSON.stringify(isFull ? visitor : { c }) : '')
}
