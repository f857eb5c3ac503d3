import type { OrderStory } from './order-story.ts'
import { SAYS } from './packed.ts'
import { type History, type HistoryEvent, isYes, textAt } from './read-history.ts'
import type { Unit } from './unit.ts'

const EMPTY = ['none', 'no', 'false', '0', '-']

export interface CareTimes {
  receivedAt: number
  /** Nothing later is looked at. */
  until: number
}

/** What the shop did for the customer after the order, and what went wrong: the card, the newsletter, defects. */
export function addCareFacts(unit: Unit, history: History, order: OrderStory, times: CareTimes): void {
  const insert = order.insert ?? ''
  unit.events.set('insert', { isKnown: insert !== '', is: !['', ...EMPTY].includes(insert.toLowerCase()) })
  addNewsletter(unit, history, times)
  addDefects(unit, history, order, times)
}

/** Known of subscribers. Openers are only the plain comparison: what makes them keen is in no event. */
function addNewsletter(unit: Unit, { events }: History, { receivedAt, until }: CareTimes): void {
  const has = (says: number, from: number) =>
    events.some((event) => event.says === says && event.order === '' && event.at > from && event.at <= until)
  const isSent = has(SAYS.delivered, receivedAt)
  const isSubscriber = has(SAYS.subscribed, Number.NEGATIVE_INFINITY) || isSent
  const naive = isSent ? has(SAYS.read, receivedAt) : null
  unit.events.set('newsletter', { isKnown: isSubscriber, is: isSent, naive })
}

/**
 * The first case and the second, each solved well or not. All are known of everybody, so that what solving a case brings is
 * told beside what the case costs; the plain comparison is among those who had one.
 */
function addDefects(
  unit: Unit,
  { events }: History,
  { id }: OrderStory,
  { receivedAt, until }: CareTimes,
): void {
  const isOwn = ({ order, at }: HistoryEvent) =>
    (order === id || (order === '' && at > receivedAt)) && at <= until
  const cases = events.filter((event) => event.says === SAYS.opened && isOwn(event))
  for (const [at, prefix] of ['', 'second_'].entries()) {
    const opened = cases[at]
    const isSolved = opened !== undefined && isSolvedWell(events, opened, until)
    const naive = at === 0 || cases.length > 0 ? opened !== undefined : null
    unit.events.set(`${prefix}defect`, { isKnown: true, is: opened !== undefined, naive })
    unit.events.set(`${prefix}solved`, { isKnown: true, is: isSolved, naive: opened ? isSolved : null })
  }
}

function isSolvedWell(events: readonly HistoryEvent[], { about, at }: HistoryEvent, until: number): boolean {
  const ends = events.filter(
    (event) => event.says === SAYS.resolved && event.about === about && event.at >= at && event.at <= until,
  )
  const last = ends.at(-1)
  return about !== '' && last !== undefined && isYes(textAt(last, 0))
}
