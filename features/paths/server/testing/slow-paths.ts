import type { TimeRange } from '../../../../kernel/time.ts'

/** What a test tells of an event. */
export interface Told {
  id: string
  who: string
  at: number
  /** The channel of a page view; undefined for anything else. */
  page?: string
  /** Order events. */
  order?: string
  step?: 'placed' | 'taken'
  amount?: number
  currency?: string
  /** A contact that is no visit. */
  isContact?: boolean
}

export interface SlowPath {
  conversions: number
  foreign: number
  value: number
  nulls: number
}

interface Moment {
  at: number
  kind: 0 | 1 | 2
  way: string
  order?: Placed
}

interface Placed {
  who: string
  at: number
  value: number
  isForeign: boolean
  counts: boolean
}

const DAY = 86_400_000
const NO_WAY = ['site', 'app', 'unknown', '']

/** The path table by walking through every person's events one by one, as its description says. */
export function walkPaths(
  told: readonly Told[],
  period: TimeRange,
  personOf: (who: string) => string,
  onlyTaken: boolean,
): Map<string, SlowPath> {
  const seen = told.filter(({ at }) => at >= period.from - 90 * DAY)
  const moments = new Map<string, Moment[]>()
  const add = (who: string, moment: Moment) =>
    moments.set(personOf(who), [...(moments.get(personOf(who)) ?? []), moment])
  for (const { who, at, page, isContact } of seen) {
    if (at >= period.to) continue
    const way = page !== undefined && !NO_WAY.includes(page) ? page : ''
    if (isContact || way !== '') add(who, { at, kind: 0, way: '' })
    if (way !== '') add(who, { at, kind: 1, way })
  }
  for (const order of findOrders(seen, period, onlyTaken))
    add(order.who, { at: order.at, kind: 2, way: '', order })
  const paths = new Map<string, SlowPath>()
  for (const one of moments.values())
    for (const journey of cutJourneys(one)) walkJourney(journey, period, paths)
  return paths
}

function findOrders(told: readonly Told[], period: TimeRange, onlyTaken: boolean): Placed[] {
  const ids = [...new Set(told.flatMap(({ order }) => (order === undefined ? [] : [order])))]
  return ids.flatMap((id) => {
    const ofOrder = told.filter(({ order }) => order === id)
    const placings = ofOrder.filter(({ step, at }) => step === 'placed' && at < period.to)
    const first = placings.reduce<Told | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined)
    if (!first || (onlyTaken && !ofOrder.some(({ step }) => step === 'taken'))) return []
    const isForeign = first.currency !== 'UAH'
    const value = isForeign ? 0 : Math.max(0, first.amount ?? 0)
    return [{ who: first.who, at: first.at, value, isForeign, counts: first.at >= period.from }]
  })
}

function cutJourneys(moments: readonly Moment[]): Moment[][] {
  const sorted = moments.toSorted(
    (a, b) => a.at - b.at || a.kind - b.kind || (a.way < b.way ? -1 : a.way > b.way ? 1 : 0),
  )
  const journeys: Moment[][] = []
  let last = Number.NEGATIVE_INFINITY
  for (const moment of sorted) {
    if (moment.at - last > 30 * DAY) journeys.push([])
    journeys.at(-1)?.push(moment)
    last = moment.at
  }
  return journeys
}

function walkJourney(journey: readonly Moment[], period: TimeRange, paths: Map<string, SlowPath>): void {
  const count = (path: string[], by: Partial<SlowPath>) => {
    const key = path.join('>')
    const known = paths.get(key) ?? { conversions: 0, foreign: 0, value: 0, nulls: 0 }
    for (const part of Object.keys(by) as (keyof SlowPath)[]) known[part] += by[part] ?? 0
    paths.set(key, known)
  }
  let path: string[] = []
  let shared: string[] = []
  let before: Moment | undefined
  for (const moment of journey) {
    if (moment.kind === 1) {
      const isSameVisit = before?.way === moment.way && moment.at - before.at < 30 * 60_000
      if (!isSameVisit) path.push(moment.way)
      before = moment
    }
    if (!moment.order) continue
    shared = path.length > 0 ? path : shared
    if (moment.order.counts) {
      const { value, isForeign } = moment.order
      count(shared, { conversions: 1, value, foreign: isForeign ? 1 : 0 })
    }
    path = []
    before = undefined
  }
  const isVisited = journey.some(({ kind, at }) => kind === 1 && at >= period.from)
  if (isVisited && !journey.some(({ order }) => order)) count(path, { nulls: 1 })
}
