import type { Prng } from '../../../../kernel/prng.ts'
import { type Design, standardise, type Term } from './design.ts'
import { findLikelihood, findNullLikelihood } from './logistic.ts'

export interface Importance {
  name: string
  /** Of what is explained; all together 1. */
  share: number
}

/** Up to so many predictors all subsets are fitted; past that, random orders of joining. */
export const EXACT_TERMS = 12
export const SAMPLED_ORDERS = 1000

/** All subsets, or so many orders of joining drawn by chance. */
export interface Effort {
  isExact: boolean
  orders: number
}

export const usualEffort = (terms: number): Effort => ({
  isExact: terms <= EXACT_TERMS,
  orders: SAMPLED_ORDERS,
})

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
  { isExact, orders }: Effort = usualEffort(terms.length),
): Importance[] {
  const added = isExact
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
