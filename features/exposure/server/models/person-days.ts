import { isHappening, type Outcome } from '../../vocabulary.ts'

/** A day on which something of a person was recorded; days count from 1970 in the shop's zone. */
export interface ActiveDay {
  day: number
  /** Contacts with the touchpoint, and with all others. */
  seen: number
  other: number
  /** Marks given that day: how many, and their sum. */
  marks: number
  sum: number
}

export interface PersonHistory {
  /** How many persons this one stands for. */
  weight: number
  channel: string
  isPhone: boolean
  /** Ascending. */
  days: readonly ActiveDay[]
  /** Days of orders, ascending, each once. */
  orders: readonly number[]
}

export interface DaysQuestion {
  outcome: Outcome
  /** Days looked at, half-open. */
  from: number
  to: number
  window: number
  /** The first day of which the events aren't whole yet: what lies after a day is known up to it. */
  until: number
}

/** One day on which the outcome could have come, by what was known before it began. */
export interface PersonDay {
  day: number
  outcome: number
  /** Contacts with the touchpoint in the window before the day, and in the one after it (−1: not over yet). */
  past: number
  future: number
  otherRecent: number
  otherBefore: number
  sinceFirst: number
  /** Days since the last order; 0: none yet. */
  sinceOrder: number
}

/** After so long a silence a customer isn't on the way to an order any more. */
export const SILENCE_DAYS = 30
/** A repeat order is waited for so long after the last one. */
export const REPEAT_DAYS = 180

/** Calls back with every day at risk, in order. The one object is used anew each time. */
export function walkDays(
  { days, orders }: PersonHistory,
  question: DaysQuestion,
  onDay: (day: PersonDay) => void,
): void {
  const contacts = days.filter(({ seen, other }) => seen + other > 0)
  const first = contacts[0]?.day
  if (first === undefined) return
  const sums = addUp(contacts)
  const marks = new Map(days.filter((one) => one.marks > 0).map((one) => [one.day, one.sum / one.marks]))
  const ordered = new Set(orders)
  const last = (contacts.at(-1) as ActiveDay).day
  const { outcome, window } = question
  const end = Math.min(question.to, question.until, lastDay(outcome, last, orders, days) + 1)
  const at = { start: 0, now: 0, next: 0, end: 0, order: 0 }
  const found = {
    day: 0,
    outcome: 0,
    past: 0,
    future: 0,
    otherRecent: 0,
    otherBefore: 0,
    sinceFirst: 0,
    sinceOrder: 0,
  }
  // Whatever happens on the first day has no contact before it.
  for (let day = Math.max(question.from, first + 1); day < end; day++) {
    at.start = moveTo(contacts, at.start, day - window)
    at.now = moveTo(contacts, at.now, day)
    at.next = moveTo(contacts, at.next, day + 1)
    at.end = moveTo(contacts, at.end, day + window + 1)
    while (at.order < orders.length && (orders[at.order] as number) < day) at.order++
    const before = orders[at.order - 1]
    found.sinceOrder = before === undefined ? 0 : day - before
    const silence = day - (contacts[at.now - 1] as ActiveDay).day
    if (!isAtRisk(outcome, silence, found.sinceOrder, marks.has(day))) continue
    found.day = day
    found.outcome = isHappening(outcome) ? Number(ordered.has(day)) : (marks.get(day) as number)
    found.past = between(sums.seen, at.start, at.now)
    found.future = day + window < question.until ? between(sums.seen, at.next, at.end) : -1
    found.otherRecent = between(sums.other, at.start, at.now)
    found.otherBefore = between(sums.other, 0, at.start)
    found.sinceFirst = day - first
    onDay(found)
  }
}

function isAtRisk(outcome: Outcome, silence: number, sinceOrder: number, hasMark: boolean): boolean {
  if (outcome === 'order') return silence <= SILENCE_DAYS
  if (outcome === 'repeat') return sinceOrder > 0 && sinceOrder <= REPEAT_DAYS
  return hasMark
}

function lastDay(
  outcome: Outcome,
  lastContact: number,
  orders: readonly number[],
  days: readonly ActiveDay[],
): number {
  if (outcome === 'order') return lastContact + SILENCE_DAYS
  if (outcome === 'repeat') return (orders.at(-1) ?? -REPEAT_DAYS - 1) + REPEAT_DAYS
  return days.at(-1)?.day ?? -1
}

/** The place of the first contact on that day or after it. */
function moveTo(contacts: readonly ActiveDay[], place: number, day: number): number {
  let at = place
  while (at < contacts.length && (contacts[at] as ActiveDay).day < day) at++
  return at
}

/** Running sums, so that any stretch costs two look-ups. */
function addUp(contacts: readonly ActiveDay[]) {
  const seen = new Float64Array(contacts.length + 1)
  const other = new Float64Array(contacts.length + 1)
  contacts.forEach((one, at) => {
    seen[at + 1] = (seen[at] as number) + one.seen
    other[at + 1] = (other[at] as number) + one.other
  })
  return { seen, other }
}

const between = (sums: Float64Array, from: number, to: number) =>
  (sums[to] as number) - (sums[from] as number)
