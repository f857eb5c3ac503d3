import type { Prng } from '../../../../kernel/prng.ts'
import { factorise, solveLower } from './cholesky.ts'
import { type Design, projectOn, standardise, type Term, weighProducts } from './design.ts'
import { findLikelihood, findNullLikelihood } from './logistic.ts'
import { TOLERANCE } from './refuse.ts'

export interface Importance {
  name: string
  /** Of what is explained; all together 1. */
  share: number
}

/** Up to so many predictors all subsets are fitted; past that, random orders of joining. */
export const EXACT_TERMS = 12
export const SAMPLED_ORDERS = 1000

/** How well the predictors of a subset explain, given by places in the list of terms, ascending. */
export type Explained = (subset: readonly number[]) => number

/**
 * Each predictor's part of what is explained: the mean over all orders of joining of what it adds (LMG: Lindeman,
 * Merenda, Gold 1980; Grömping, “Relative importance for linear regression in R”, 2006), which is its Shapley value.
 */
export function shareImportance(
  terms: readonly Term[],
  explained: Explained,
  prng: Prng,
  orders = SAMPLED_ORDERS,
): Importance[] {
  const added =
    terms.length <= EXACT_TERMS
      ? addExactly(terms.length, explained)
      : addBySample(terms.length, explained, prng, orders)
  const sum = added.reduce((all, one) => all + one, 0)
  return terms
    .map(({ name }, at) => ({ name, share: sum > 0 ? (added[at] as number) / sum : 0 }))
    .sort((a, b) => b.share - a.share)
}

function addExactly(count: number, explained: Explained): number[] {
  const worth = Float64Array.from({ length: 2 ** count }, (_, mask) =>
    mask === 0 ? 0 : explained(listBits(mask, count)),
  )
  // The share of orders in which exactly a given set of `size` comes before: size! (count − 1 − size)! / count!.
  const chance = Array.from({ length: count }, (_, size) => 1 / (count * choose(count - 1, size)))
  return Array.from({ length: count }, (_, at) => {
    let sum = 0
    for (let mask = 0; mask < worth.length; mask++) {
      if (mask & (1 << at)) continue
      const weight = chance[listBits(mask, count).length] as number
      sum += weight * ((worth[mask | (1 << at)] as number) - (worth[mask] as number))
    }
    return sum
  })
}

/** Orders in pairs, each with its reverse, which halves the error at the same cost. */
function addBySample(count: number, explained: Explained, prng: Prng, orders: number): number[] {
  const added = new Array<number>(count).fill(0)
  const places = Array.from({ length: count }, (_, at) => at)
  for (let round = 0; round < orders / 2; round++) {
    const order = prng.shuffle(places)
    for (const joining of [order, order.toReversed()]) {
      let before = 0
      joining.forEach((term, at) => {
        const now = explained(joining.slice(0, at + 1).sort((a, b) => a - b))
        added[term] = (added[term] as number) + now - before
        before = now
      })
    }
  }
  return added.map((one) => one / orders)
}

function listBits(mask: number, count: number): number[] {
  const bits: number[] = []
  for (let at = 0; at < count; at++) if (mask & (1 << at)) bits.push(at)
  return bits
}

function choose(n: number, k: number): number {
  let result = 1
  for (let at = 1; at <= k; at++) result = (result * (n - k + at)) / at
  return result
}

/** R² of least squares on the columns of some predictors, from the table of their products alone. */
export function explainLinearly(design: Design): Explained {
  const { z } = standardise(design)
  const columns = z.slice(1)
  const outcome = standardise({ n: design.n, columns: [design.outcome] }).z[1] as Float64Array
  const products = weighProducts(columns)
  const withOutcome = projectOn(columns, outcome)
  return (subset) => {
    const places = subset.flatMap((term) => design.terms[term]?.columns ?? [])
    const size = places.length
    const own = new Float64Array(size * size)
    places.forEach((from, i) => {
      places.forEach((to, j) => {
        own[i * size + j] = products[from * columns.length + to] as number
      })
    })
    const factor = factorise(own, size, TOLERANCE)
    if ('dependent' in factor) return 0
    const right = places.map((place) => withOutcome[place] as number)
    return solveLower(factor, right).reduce((sum, one) => sum + one * one, 0) / design.n
  }
}

/** McFadden's R² of logistic regressions on the columns of some predictors. */
export function explainLogistically(design: Design): Explained {
  const { z } = standardise(design)
  const { outcome, n } = design
  const events = outcome.reduce((sum, value) => sum + value, 0)
  const nothing = findNullLikelihood(events, n)
  return (subset) => {
    const places = subset.flatMap((term) => design.terms[term]?.columns ?? [])
    const own = [z[0] as Float64Array, ...places.map((place) => z[place + 1] as Float64Array)]
    return 1 - findLikelihood(own, outcome) / nothing
  }
}
