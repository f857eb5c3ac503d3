import { compareMeans } from '../../../../kernel/stats/estimate-mean.ts'
import { findDiscoveryRates } from '../../../../kernel/stats/false-discovery.ts'
import { FLOOR_NUMBER } from '../../../../kernel/stats/floors.ts'
import { type Dimension, GAP_WEEKS } from '../../vocabulary.ts'
import type { Figures, Sums, Week } from './figures.ts'
import { groupBy } from './group-by.ts'

const LEVEL = 0.01
const SMALLEST = 0.1

/** A standard that is kept clearly less for an audience than for the others of whom the same is known. */
export interface Gap {
  place: string
  audience: string
  /** Shares kept, and the difference with its interval. */
  own: number
  others: number
  low: number
  high: number
  /** Persons, week by week. */
  n: number
  othersN: number
  /** Middle or upper quarter of the time standard, own and of the others; null where there is none. */
  speed: { own: number; others: number } | null
  /** Other audiences for which the same touchpoint falls short, largest difference first. */
  facets: { place: string; audience: string; own: number; others: number }[]
}

/** Standing differences of the newest weeks, the ones that concern most persons first. */
export function findGaps(figures: Figures): Gap[] {
  const candidates = figures.places
    .filter(({ isApart }) => !isApart)
    .flatMap(({ key: place }) =>
      figures.audiences.flatMap(
        ({ key, dimension }) => compareWithOthers(figures, place, key, dimension) ?? [],
      ),
    )
  const rates = findDiscoveryRates(candidates.map(({ p }) => p))
  const certain = candidates.filter(
    (one, at) => (rates[at] as number) <= LEVEL && one.high < 0 && one.own - one.others <= -SMALLEST,
  )
  const weight = (one: Gap) => (one.others - one.own) * one.n
  const byPlace = groupBy(certain, ({ place }) => place.split('.')[0])
  return [...byPlace.values()]
    .map((gaps) => {
      const [first, ...rest] = gaps.sort((a, b) => a.own - a.others - (b.own - b.others))
      const { p: _, ...gap } = first as Candidate
      return {
        ...gap,
        facets: rest.map(({ place, audience, own, others }) => ({ place, audience, own, others })),
      }
    })
    .sort((a, b) => weight(b) - weight(a))
}

type Candidate = Gap & { p: number }

function compareWithOthers(
  figures: Figures,
  place: string,
  audience: string,
  dimension: Dimension,
): Candidate | undefined {
  const own = addUp(figures.line(place, audience))
  const known = addUp(figures.known(place, dimension))
  const rest = subtract(known, own)
  if (own.n < FLOOR_NUMBER || rest.n < FLOOR_NUMBER) return undefined
  const compared = compareMeans(own, rest, { low: 0, high: 1 })
  if (!compared) return undefined
  return {
    place,
    audience,
    own: own.sum / own.n,
    others: rest.sum / rest.n,
    low: compared.low,
    high: compared.high,
    p: compared.p,
    n: own.n,
    othersN: rest.n,
    speed: compareSpeed(figures, place, audience, dimension),
    facets: [],
  }
}

const newest = <T>(line: readonly T[]) => line.slice(-GAP_WEEKS)

function addUp(line: readonly (Week | undefined)[]): Sums {
  const total = { n: 0, sum: 0, squares: 0 }
  for (const week of newest(line)) {
    total.n += week?.kept.n ?? 0
    total.sum += week?.kept.sum ?? 0
    total.squares += week?.kept.squares ?? 0
  }
  return total
}

function subtract(a: Sums, b: Sums): Sums {
  return { n: a.n - b.n, sum: Math.max(0, a.sum - b.sum), squares: Math.max(0, a.squares - b.squares) }
}

/** The quantile of each week, weighed by how many were measured. */
export function findSpeed(
  figures: Figures,
  place: string,
  line: readonly (Week | undefined)[],
): number | null {
  const speed = figures.places.find(({ key }) => key === place)?.speed
  if (!speed) return null
  let [n, sum] = [0, 0]
  for (const week of newest(line)) {
    if (!week || week.speed.n === 0) continue
    n += week.speed.n
    sum += week.speed.n * (speed.isUpper ? week.upper : week.median)
  }
  return n === 0 ? null : sum / n
}

function compareSpeed(figures: Figures, place: string, audience: string, dimension: Dimension): Gap['speed'] {
  const own = findSpeed(figures, place, figures.line(place, audience))
  const rivals = figures.audiences.filter((one) => one.dimension === dimension && one.key !== audience)
  const all = rivals.flatMap(({ key }) => {
    const line = figures.line(place, key)
    const value = findSpeed(figures, place, line)
    const n = newest(line).reduce((sum, week) => sum + (week?.speed.n ?? 0), 0)
    return value === null ? [] : [{ value, n }]
  })
  const n = all.reduce((sum, one) => sum + one.n, 0)
  if (own === null || n === 0) return null
  const others = all.reduce((sum, one) => sum + one.value * one.n, 0) / n
  // Where it is no slower, the standard falls short by something else.
  return own > 1.1 * others ? { own, others } : null
}
