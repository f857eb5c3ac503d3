import { formatDay, parseDay } from '../../../../kernel/time.ts'
import type { Outcome } from '../../vocabulary.ts'
import { REPEAT_DAYS, SILENCE_DAYS } from '../models/person-days.ts'

export interface SlowEvent {
  who: string
  at: number
  /** Keys of the touchpoints that it is a contact with. */
  met: string[]
  /** It says that this order was placed; '' for one without an id. */
  order?: string
  valence?: number
  /** 0 … 10. */
  recommendation?: number
}

export interface SlowQuestion {
  outcome: Outcome
  touchpoint: string
  zone: string
  /** Days, half-open, and the first that isn't over. */
  from: number
  to: number
  until: number
  window: number
}

/** The days at risk of everybody, each looked at anew through all events: slow and obvious. */
export function walkSlowly(events: readonly SlowEvent[], question: SlowQuestion): Record<string, string[]> {
  const dayOf = (at: number) =>
    parseDay(
      new Intl.DateTimeFormat('sv-SE', { timeZone: question.zone, dateStyle: 'short' }).format(at),
    ) as number
  const told: Record<string, string[]> = {}
  for (const who of new Set(events.map((one) => one.who))) {
    const own = events.filter((one) => one.who === who).map((one) => ({ ...one, day: dayOf(one.at) }))
    const lines: string[] = []
    for (let day = question.from; day < Math.min(question.to, question.until); day++) {
      const line = lookAt(own, day, question)
      if (line) lines.push(`${formatDay(day)} ${line}`)
    }
    if (lines.length > 0) told[who] = lines
  }
  return told
}

function lookAt(
  own: readonly (SlowEvent & { day: number })[],
  day: number,
  { outcome, touchpoint, window, until }: SlowQuestion,
): string | undefined {
  const contacts = own.flatMap((one) => one.met.map((key) => ({ day: one.day, key })))
  const before = contacts.filter((one) => one.day < day)
  if (before.length === 0) return undefined
  const placed = own.filter(({ order }) => order !== undefined)
  const orders = placed.filter(
    (one) => one.order === '' || !placed.some((other) => other.order === one.order && other.day < one.day),
  )
  const earlier = orders.filter((one) => one.day < day).map((one) => one.day)
  const sinceOrder = earlier.length === 0 ? 0 : day - Math.max(...earlier)
  const marks = own
    .filter((one) => one.day === day)
    .map((one) => (outcome === 'attitude' ? one.valence : one.recommendation))
    .filter((one) => one !== undefined)
  const silence = day - Math.max(...before.map((one) => one.day))
  if (outcome === 'order' && silence > SILENCE_DAYS) return undefined
  if (outcome === 'repeat' && (sinceOrder === 0 || sinceOrder > REPEAT_DAYS)) return undefined
  const isMark = outcome === 'attitude' || outcome === 'recommendation'
  if (isMark && marks.length === 0) return undefined
  const came = isMark
    ? (marks.reduce((sum, one) => sum + one, 0) / marks.length).toFixed(6)
    : Number(orders.some((one) => one.day === day))
  const count = (from: number, to: number, isSeen: boolean) =>
    contacts.filter((one) => one.day >= from && one.day < to && (one.key === touchpoint) === isSeen).length
  const future = day + window < until ? count(day + 1, day + window + 1, true) : -1
  return [
    came,
    count(day - window, day, true),
    future,
    count(day - window, day, false),
    count(Number.NEGATIVE_INFINITY, day - window, false),
    day - Math.min(...contacts.map((one) => one.day)),
    // Of marks it isn't read: orders have no part in them but as a control, which is left out there.
    isMark ? 0 : sinceOrder,
  ].join(' ')
}
