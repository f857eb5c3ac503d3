import type { Registry, ScenarioStep } from '../../../touchpoints/contract.ts'

/** What a test says of one event. */
export interface Told {
  id: string
  who: string
  at: number
  arrival?: string
  touchpoint?: string
  /** The event's name; `Order …` with an order is what the orders room understands. */
  name: string
  order?: string
  valence?: number
}

export interface SlowQuestion {
  scenario: readonly ScenarioStep[]
  registry: Registry
  period: { from: number; to: number }
  now: number
  /** Which of two touchpoints of one instant comes first. */
  rank: (touchpoint: string) => number
}

export interface SlowJourney {
  who: string
  at: number
  /** For each contact on the path the steps that it may make, as text; `ordered` and `received`. */
  path: string[]
  isOver: boolean
  contacts: number
  beside: number
  again: boolean | undefined
  isLow: boolean | undefined
}

const DAY = 86_400_000
const ENDS = ['Order Delivered', 'Order Refused', 'Order Returned', 'Order Cancelled']

interface Span {
  opened: number
  ended: number
  placed: number | undefined
  received: number | undefined
}

interface Moment {
  at: number
  rank: number
  token: string
  isContact: boolean
  said?: number
}

/** The slow and obvious way from a person's events to journeys. */
export function walkJourneys(told: readonly Told[], question: SlowQuestion): SlowJourney[] {
  const { period, now } = question
  const until = Math.max(period.from, Math.min(period.to + 90 * DAY, now))
  const start = period.from - 30 * DAY
  const people = [...new Set(told.map(({ who }) => who))]
  return people.flatMap((who) => {
    const mine = told.filter((one) => one.who === who && one.at < until)
    const spans = findSpans(mine.filter(({ at }) => at >= start - 120 * DAY))
    const recent = mine.filter(({ at }) => at >= start)
    const moments = [
      ...recent.flatMap((one) => tellContacts(one, spans, question)),
      ...tellOrders(spans, start),
    ]
    moments.sort((a, b) => a.at - b.at || a.rank - b.rank)
    const orders = spans.flatMap(({ placed }) => (placed !== undefined && placed >= start ? [placed] : []))
    return cut(moments)
      .filter(([first]) => first && first.at >= period.from && first.at < period.to)
      .map((leg) => describe(who, leg, orders, until))
  })
}

function findSpans(events: readonly Told[]): Span[] {
  const ids = [...new Set(events.flatMap(({ order }) => (order ? [order] : [])))]
  return ids.map((id) => {
    const facts = events.filter((one) => one.order === id).sort((a, b) => a.at - b.at)
    const find = (names: readonly string[]) => facts.find(({ name }) => names.includes(name))?.at
    const opened = facts[0]?.at as number
    return {
      opened,
      ended: find(ENDS) ?? opened + 60 * DAY,
      placed: find(['Order Completed']),
      received: find(['Order Delivered']),
    }
  })
}

function tellContacts(one: Told, spans: readonly Span[], question: SlowQuestion): Moment[] {
  const { at, name, valence } = one
  const said: Moment[] =
    valence === undefined ? [] : [{ at, rank: 9_000, token: '', isContact: false, said: valence }]
  const isWord = name === 'Feedback Given' && one.touchpoint !== 'survey'
  const keys = [one.arrival, isWord || name === 'Page Measured' ? undefined : one.touchpoint]
  return [
    ...keys.flatMap((key) =>
      key
        ? [{ at, rank: 2 + question.rank(key), token: tellSteps(key, at, spans, question), isContact: true }]
        : [],
    ),
    ...said,
  ]
}

/** The steps that a contact may make where it stands at that moment. */
function tellSteps(
  key: string,
  at: number,
  spans: readonly Span[],
  { scenario, registry }: SlowQuestion,
): string {
  const touchpoint = registry.touchpoints.find((one) => one.key === key)
  if (!touchpoint) return 'none'
  const isOnItsWay = spans.some(({ opened, ended }) => opened <= at && at <= ended)
  const isReceived = spans.some(
    ({ received }) => received !== undefined && received <= at && at <= received + 60 * DAY,
  )
  const { stage, stageWhileOrdered, stageAfterReceipt } = touchpoint
  const here = (isOnItsWay ? stageWhileOrdered : isReceived ? stageAfterReceipt : stage) ?? stage
  return scenario
    .flatMap(({ stage: asked, touchpoints }, index) =>
      asked === here && (touchpoints.length === 0 || touchpoints.includes(key)) ? [index + 1] : [],
    )
    .join()
}

function tellOrders(spans: readonly Span[], start: number): Moment[] {
  return spans.flatMap(({ placed, received }) => [
    ...(placed === undefined || placed < start
      ? []
      : [{ at: placed, rank: 0, token: 'ordered', isContact: true }]),
    ...(received === undefined || received < start
      ? []
      : [{ at: received, rank: 1, token: 'received', isContact: true }]),
  ])
}

function cut(moments: readonly Moment[]): Moment[][] {
  const legs: Moment[][] = []
  let last = Number.NEGATIVE_INFINITY
  for (const moment of moments) {
    if (moment.isContact && moment.at - last > 30 * DAY) legs.push([])
    if (moment.isContact) last = moment.at
    legs.at(-1)?.push(moment)
  }
  return legs
}

function describe(
  who: string,
  leg: readonly Moment[],
  orders: readonly number[],
  until: number,
): SlowJourney {
  const contacts = leg.filter(({ isContact, token }) => isContact && !['ordered', 'received'].includes(token))
  const path = leg
    .filter(({ isContact, token }) => isContact && token !== '')
    .map(({ token }) => token)
    .filter((token, at, all) => token !== all[at - 1])
  const last = Math.max(...leg.filter(({ isContact }) => isContact).map(({ at }) => at))
  const ordered = leg.find(({ token }) => token === 'ordered')?.at
  const said = leg.flatMap((one) => (one.said === undefined ? [] : [one.said]))
  return {
    who,
    at: leg[0]?.at as number,
    path,
    isOver: last + 30 * DAY <= until,
    contacts: contacts.length,
    beside: contacts.filter(({ token }) => token === '').length,
    again:
      ordered === undefined || ordered + 60 * DAY > until
        ? undefined
        : orders.some((at) => at > ordered && at <= ordered + 60 * DAY),
    isLow: said.length === 0 ? undefined : said.reduce((sum, one) => sum + one, 0) < 0,
  }
}
