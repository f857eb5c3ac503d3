import type { Prng } from '../../../../kernel/prng.ts'
import type { Estimate } from '../../contract.ts'
import { type Factor, factorise, type SquareMatrix, solve } from './cholesky.ts'
import { type GroupSums, pickProducts, type Sums, sumDraws, sumGroups } from './group-sums.ts'
import { type JointStage, sumJoint } from './joint-effect.ts'

export const DRAWS = 500
/** So many draws are added up at once. */
const BATCH = 50
const OWN_SHARE = 1e-12

/** Orders' amounts by groups of persons: their sum, and how many they are. */
export interface Amounts {
  sum: Float64Array
  count: Float64Array
}

/** Of a driver: its columns by their places among the kept, the model of its stage, and what those exposed ordered for. */
export interface Gain {
  at: number
  places: readonly number[]
  size: number
  attainable: number
  amounts: Amounts
}

export interface MoneyModel {
  sums: GroupSums
  /** The columns that were kept. */
  kept: readonly number[]
  gains: readonly Gain[]
  /** What is counted in the total, by stages. */
  total: readonly JointStage[]
  /** Of all orders, for a draw in which nobody who was exposed ordered. */
  amounts: Amounts
}

/**
 * What mending each driver would bring: Σ over the exposed of minus the effect, times what an order of theirs is worth, times what
 * can be attained; the last one is the total. Percentile intervals over persons drawn anew, by groups of persons (Efron and
 * Tibshirani 1993, ch. 13): each draw is one model from sums of squares and products.
 */
export function bootstrapMoney(model: MoneyModel, prng: Prng): Estimate[] {
  const { sums } = model
  const point = reckonGains(model, sumGroups(sums))
  if (!point) return []
  const draws = point.map(() => [] as number[])
  for (let done = 0; done < DRAWS; done += BATCH) {
    const batch = Array.from({ length: BATCH }, () => drawGroups(sums.groups, prng))
    sumDraws(sums, batch).forEach((drawn, draw) => {
      const gains = reckonGains(model, drawn, batch[draw])
      for (const [at, gain] of gains?.entries() ?? []) (draws[at] as number[]).push(gain)
    })
  }
  // Draws without any order have no worth of one.
  if ((draws[0]?.length ?? 0) < DRAWS * 0.95) return []
  return point.map((value, at) => ({ value, ...findPercentiles(draws[at] as number[]) }))
}

/** How often each group came, of as many drawn with replacement as there are. */
function drawGroups(groups: number, prng: Prng): Uint16Array {
  const times = new Uint16Array(groups)
  for (let at = 0; at < groups; at++) {
    const drawn = prng.below(groups)
    times[drawn] = (times[drawn] as number) + 1
  }
  return times
}

/** What an order is worth; NaN where there is none. */
function findWorth({ sum, count }: Amounts, times?: Uint16Array): number {
  let all = 0
  let orders = 0
  for (let group = 0; group < sum.length; group++) {
    const weight = times ? (times[group] as number) : 1
    all += weight * (sum[group] as number)
    orders += weight * (count[group] as number)
  }
  return orders > 0 ? all / orders : Number.NaN
}

function reckonGains(model: MoneyModel, sums: Sums, times?: Uint16Array): number[] | undefined {
  const { kept, gains, total } = model
  const usual = findWorth(model.amounts, times)
  if (!Number.isFinite(usual)) return undefined
  const worths = new Map(gains.map(({ at, amounts }) => [at, findWorth(amounts, times) || usual]))
  const products = pickProducts(sums, kept)
  const right = Float64Array.from(kept, (column) => sums.projections[column] as number)
  const { lower } = factoriseDrawn(products.slice(), right)
  const solve = (left: Float64Array, size: number) => solveCorner(lower, kept.length, left, size)
  const bySize = new Map<number, Float64Array>()
  const gainOf = ({ at, places, size, attainable }: Gain) => {
    const theta = bySize.get(size) ?? solve(right, size)
    bySize.set(size, theta)
    const lost = places.reduce(
      (lost, place) => lost + (theta[place] as number) * (products[place * kept.length] as number),
      0,
    )
    return -lost * (worths.get(at) as number) * attainable
  }
  const joint = sumJoint(total, products, right, solve, ({ at }) => worths.get(at) ?? usual)
  return [...gains.map(gainOf), joint]
}

/** A column that nobody drawn tells from the others gets no slope in this draw. */
function factoriseDrawn(products: SquareMatrix, right: Float64Array): Factor {
  const size = right.length
  for (;;) {
    const factor = factorise(products, size, OWN_SHARE)
    if (!('dependent' in factor)) return factor
    const at = factor.dependent
    for (let j = 0; j < size; j++) {
      products[at * size + j] = 0
      products[j * size + at] = 0
    }
    products[at * size + at] = 1
    right[at] = 0
  }
}

function solveCorner(lower: Float64Array, whole: number, right: Float64Array, size: number): Float64Array {
  const corner = new Float64Array(size * size)
  for (let i = 0; i < size; i++) corner.set(lower.subarray(i * whole, i * whole + size), i * size)
  return solve({ size, lower: corner }, right)
}

function findPercentiles(values: number[]): { low: number; high: number } {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const below = sorted[Math.floor(place)] as number
    return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] as number) - below)
  }
  return { low: at(0.025), high: at(0.975) }
}
