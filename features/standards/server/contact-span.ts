import type { MeasuredStandard } from './measured-standard.ts'
import { type ShopClock, span } from './shop-clock.ts'
import { countWorkingTime } from './working-time.ts'

/** What is known of one contact. Parts come in any order and any number of times. */
export interface ContactSpan {
  start?: ContactStart
  /** The first answer of a person. */
  answeredAt?: number
  /** The last end reported. */
  endedAt?: number
  isMissed?: boolean
  /** Whether the customer's matter was settled, as the last report with an opinion says. */
  solved?: { at: number; is: boolean }
  /** Its time has passed without an answer. */
  isGivenUp?: boolean
}

export interface ContactStart {
  at: number
  receivedAt: number
  channel: string
  identity: string
  identityKind: string
  order: string
  /** The shop turned to the customer: there is nothing to answer. */
  isOutgoing: boolean
}

/** Joins two parts; the same whatever is joined first and however often. */
export function joinContacts(a: ContactSpan, b: ContactSpan): ContactSpan {
  return dropMissing({
    start: earlier(a.start, b.start),
    answeredAt: least(a.answeredAt, b.answeredAt),
    endedAt: greatest(a.endedAt, b.endedAt),
    isMissed: a.isMissed || b.isMissed || undefined,
    solved: later(a.solved, b.solved),
    isGivenUp: a.isGivenUp || b.isGivenUp || undefined,
  })
}

/** Of two opinions of the same instant the worse is believed. */
function later(a: ContactSpan['solved'], b: ContactSpan['solved']): ContactSpan['solved'] {
  if (!a || !b) return a ?? b
  if (a.at !== b.at) return a.at > b.at ? a : b
  return a.is ? b : a
}

function earlier(a: ContactStart | undefined, b: ContactStart | undefined): ContactStart | undefined {
  if (!a || !b) return a ?? b
  if (a.at !== b.at) return a.at < b.at ? a : b
  return JSON.stringify(a) <= JSON.stringify(b) ? a : b
}

const least = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
const greatest = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)

function dropMissing(given: ContactSpan): ContactSpan {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

interface Wait {
  touchpoint: string
  measure: 'answer_seconds' | 'first_answer_seconds' | 'callback_minutes' | 'first_reply_hours'
  unitMs: number
  /** Only the shop's working hours count. */
  isWorkingTime?: true
  /** Whoever hung up has stopped waiting. */
  endsWait?: true
  /** After so long nobody will answer. */
  patienceMs: number
}

/** Which standard a contact is judged by. Channels that aren't here have none that spans events. */
const WAITS: Readonly<Record<string, Wait>> = {
  phone: {
    touchpoint: 'phone_call',
    measure: 'answer_seconds',
    unitMs: SECOND_MS,
    endsWait: true,
    patienceMs: DAY_MS,
  },
  chat: { touchpoint: 'chat', measure: 'first_answer_seconds', unitMs: SECOND_MS, patienceMs: DAY_MS },
  messenger: { touchpoint: 'chat', measure: 'first_answer_seconds', unitMs: SECOND_MS, patienceMs: DAY_MS },
  callback: { touchpoint: 'call_back', measure: 'callback_minutes', unitMs: MINUTE_MS, patienceMs: DAY_MS },
  email: {
    touchpoint: 'email_form',
    measure: 'first_reply_hours',
    unitMs: HOUR_MS,
    isWorkingTime: true,
    patienceMs: 7 * DAY_MS,
  },
  form: {
    touchpoint: 'email_form',
    measure: 'first_reply_hours',
    unitMs: HOUR_MS,
    isWorkingTime: true,
    patienceMs: 7 * DAY_MS,
  },
}

/** Events of long ago come one after another too: nothing is given up sooner than this after its receipt. */
const GRACE_MS = 15 * MINUTE_MS

/** When the contact is judged even if nothing more comes; undefined when there is nothing to wait for. */
export function findContactDeadline(contact: ContactSpan): number | undefined {
  const { start } = contact
  const wait = start && WAITS[start.channel]
  if (!start || !wait || start.isOutgoing || isSettled(contact)) return undefined
  const endsAt = wait.endsWait ? contact.endedAt : undefined
  return Math.max(endsAt ?? start.at + wait.patienceMs, start.receivedAt + GRACE_MS)
}

function isSettled({ answeredAt, isGivenUp, isMissed, solved }: ContactSpan): boolean {
  return answeredAt !== undefined || isGivenUp === true || isMissed === true || solved?.is === true
}

/** What the contact's standard measures; undefined while that isn't known. */
export function judgeContact(
  shop: number,
  id: string,
  contact: ContactSpan,
  clock: ShopClock,
): MeasuredStandard | undefined {
  const { start } = contact
  if (!start || start.isOutgoing) return undefined
  const of = { shop, subject: id, at: start.at, identity: start.identity, identityKind: start.identityKind }
  const about = { ...of, order: start.order, detail: { channel: start.channel } }
  if (start.channel === 'assistant') {
    const solved = findSolved(contact)
    return solved === undefined
      ? undefined
      : { ...about, touchpoint: 'assistant', measure: 'solved', value: solved ? 1 : 0 }
  }
  const wait = WAITS[start.channel]
  if (!wait) return undefined
  const measured = measureWait(contact, start, wait, clock)
  if (!measured) return undefined
  const { touchpoint, measure } = wait
  return {
    ...about,
    touchpoint,
    measure,
    value: measured.value,
    detail: { ...about.detail, ...measured.detail },
  }
}

/** Whoever was handed over to a person was not helped by the assistant. */
function findSolved({ solved, answeredAt }: ContactSpan): boolean | undefined {
  return answeredAt === undefined ? solved?.is : false
}

function measureWait(contact: ContactSpan, start: ContactStart, wait: Wait, { hours, timeZone }: ShopClock) {
  const count = (until: number) =>
    (wait.isWorkingTime
      ? countWorkingTime(start.at, until, hours, timeZone)
      : Math.max(0, until - start.at)) / wait.unitMs
  if (contact.answeredAt !== undefined) return span(count(contact.answeredAt), contact.answeredAt < start.at)
  // A robot settled it: no person was needed, so none is missed.
  if (contact.solved?.is) return undefined
  if (!contact.isMissed && !contact.isGivenUp) return undefined
  // As long as the patience, whenever the customer hung up, and so beyond any threshold.
  return { value: Math.round(count(start.at + wait.patienceMs)), detail: { answered: false } }
}
