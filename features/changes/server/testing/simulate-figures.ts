import type { Prng } from '../../../../kernel/prng.ts'
import type { Dimension } from '../../vocabulary.ts'
import {
  type Audience,
  EVERYBODY,
  type Figures,
  type Place,
  type Sums,
  VISIT,
  type Week,
} from '../models/figures.ts'

export interface SimulatedShop {
  places: number
  audiences: number
  weeks: number
  /** Visitors of a usual week. */
  visitors: number
  /** From this week on so large a share of visitors is of an audience that wasn't there before. */
  newcomers?: { from: number; share: number }
}

const DIMENSIONS: Dimension[] = ['source', 'device', 'region', 'category', 'origin']
/** The key of the audience that `newcomers` bring. */
export const NEWCOMERS = 'origin:newcomers'

/**
 * A shop in which nothing changes but by chance: persons come by lot, weeks are better and worse than each other beyond
 * what persons explain, moods go on for some weeks (an autoregression), each November 2.5 times as many come, and some touchpoints are hardly
 * ever met.
 */
export function simulateFigures(prng: Prng, shop: SimulatedShop): Figures {
  const audiences = makeAudiences(prng, shop)
  const places = makePlaces(shop.places)
  const visitors = countVisitors(prng, shop)
  const lines = new Map<string, (Week | undefined)[]>()
  const put = (place: string, audience: string, line: (Week | undefined)[]) =>
    lines.set(`${place} ${audience}`, line)
  const people = new Map([[EVERYBODY, visitors]])
  for (const audience of audiences) {
    const share = drift(prng, shop.weeks, audience.persons / audience.known)
    const newShare = (week: number) =>
      shop.newcomers && week >= shop.newcomers.from ? shop.newcomers.share : 0
    people.set(
      audience.key,
      visitors.map((n, week) =>
        audience.key === NEWCOMERS
          ? drawBinomial(prng, n, newShare(week))
          : drawBinomial(prng, n, (share[week] as number) * (1 - newShare(week))),
      ),
    )
  }
  for (const place of [VISIT, ...places.map(({ key }) => key)]) {
    const rates = drawRates(prng, shop.weeks, place)
    for (const [key, persons] of people)
      put(
        place,
        key,
        persons.map((n, week) => drawWeek(prng, n, rates, week)),
      )
  }
  return {
    firstWeek: 0,
    weeks: shop.weeks,
    followedWeeks: shop.weeks - 2,
    places,
    audiences,
    line: (place, audience) => lines.get(`${place} ${audience}`) ?? [],
    known: (place) => lines.get(`${place} ${EVERYBODY}`) ?? [],
    both: () => 0,
    recent: (one) => countLately(people.get(one)),
    recentKnown: (_, of = EVERYBODY) => countLately(people.get(of)),
  }
}

const countLately = (line: readonly number[] = []) => line.slice(-8).reduce((sum, n) => sum + n, 0)

function makeAudiences(prng: Prng, { audiences, newcomers }: SimulatedShop): Audience[] {
  const all = Array.from({ length: audiences }, (_, at) => {
    const dimension = DIMENSIONS[at % DIMENSIONS.length] as Dimension
    return { key: `${dimension}:${at}`, dimension, value: `${at}`, persons: 2 + prng.below(45), known: 100 }
  })
  const fresh: Audience = { key: NEWCOMERS, dimension: 'origin', value: 'newcomers', persons: 1, known: 100 }
  return newcomers ? [...all, fresh] : all
}

function makePlaces(count: number): Place[] {
  return Array.from({ length: count }, (_, at) => ({
    key: `place_${at}`,
    group: VISIT,
    isApart: false,
    speed: at % 3 === 0 ? { unit: 'min', scale: 10, isUpper: false } : null,
  }))
}

function countVisitors(prng: Prng, { weeks, visitors }: SimulatedShop): number[] {
  const moods = drift(prng, weeks, 0.5)
  return moods.map((mood, week) => {
    const season = 1 + 0.2 * Math.sin((2 * Math.PI * week) / 52)
    const november = week % 52 === 45 || week % 52 === 46 ? 2.5 : 1
    return Math.round(visitors * season * november * (0.5 + mood))
  })
}

interface Rates {
  reach: number[]
  kept: number[]
  said: number[]
  ordered: number[]
  time: number[]
}

function drawRates(prng: Prng, weeks: number, place: string): Rates {
  const of = (rate: number) => drift(prng, weeks, rate)
  // From a handful of persons a week to nearly everybody.
  const reach = place === VISIT ? Array<number>(weeks).fill(1) : of(0.004 * 200 ** prng.float())
  return {
    reach,
    kept: of(0.5 + 0.48 * prng.float()),
    said: of(0.4 + 0.5 * prng.float()),
    ordered: of(0.03 + 0.4 * prng.float()),
    time: of(0.5),
  }
}

function drawWeek(prng: Prng, persons: number, rates: Rates, week: number): Week | undefined {
  const at = (of: number[]) => of[week] as number
  const n = drawBinomial(prng, persons, at(rates.reach))
  if (n === 0) return undefined
  const kept = drawBinomial(prng, n, 0.4)
  const said = drawBinomial(prng, n, 0.1)
  const happy = drawMeans(prng, said, at(rates.said))
  const timed = drawBinomial(prng, n, 0.4)
  const times = drawTimes(prng, timed, at(rates.time))
  return {
    n,
    followed: n,
    ordered: drawBinomial(prng, n, at(rates.ordered)),
    kept: drawMeans(prng, kept, at(rates.kept)),
    // Impressions are told on −1 … 1.
    said: { n: said, sum: 2 * happy.sum - said, squares: 4 * happy.squares - 4 * happy.sum + said },
    speed: times,
    median: 10,
    upper: 20,
  }
}

/** Persons whose own mean is 0, half or 1. */
function drawMeans(prng: Prng, n: number, mean: number): Sums {
  const between = drawBinomial(prng, n, 0.5 * Math.min(mean, 1 - mean))
  const good = drawBinomial(prng, n - between, mean)
  return { n, sum: good + between / 2, squares: good + between / 4 }
}

function drawTimes(prng: Prng, n: number, mood: number): Sums {
  let [sum, squares] = [0, 0]
  for (let at = 0; at < Math.min(n, 400); at++) {
    const value = Math.max(0, mood + 0.5 * drawNormal(prng))
    sum += value
    squares += value * value
  }
  const times = n > 400 ? n / 400 : 1
  return { n, sum: sum * times, squares: squares * times }
}

/** A rate that wanders: every week a lot of its own, and a mood that half goes over to the next. */
function drift(prng: Prng, weeks: number, rate: number): number[] {
  const middle = Math.log(rate / (1 - rate))
  let mood = 0
  return Array.from({ length: weeks }, () => {
    mood = 0.5 * mood + 0.06 * drawNormal(prng)
    return 1 / (1 + Math.exp(-(middle + mood + 0.08 * drawNormal(prng))))
  })
}

export function drawNormal(prng: Prng): number {
  return Math.sqrt(-2 * Math.log(1 - prng.float())) * Math.cos(2 * Math.PI * prng.float())
}

/** Exact where few are expected, rounded from the bell curve where many are. */
export function drawBinomial(prng: Prng, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0
  if (p >= 1) return n
  if (p > 0.5) return n - drawBinomial(prng, n, 1 - p)
  if (n * p > 40)
    return Math.min(n, Math.max(0, Math.round(n * p + Math.sqrt(n * p * (1 - p)) * drawNormal(prng))))
  // The way from one success to the next is geometric.
  let count = 0
  const step = Math.log1p(-p)
  for (let at = Math.floor(Math.log(1 - prng.float()) / step); at < n; count++)
    at += 1 + Math.floor(Math.log(1 - prng.float()) / step)
  return count
}
