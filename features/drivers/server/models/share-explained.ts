import type { Prng } from '../../../../kernel/prng.ts'
import { factorise, type SquareMatrix, solveLower } from './cholesky.ts'
import { type Effort, shareImportance, usualEffort } from './importance.ts'

/** Products of the drivers' columns, and with the outcome, after the controls' part is taken away. */
export interface LeftProducts {
  size: number
  products: SquareMatrix
  withOutcome: Float64Array
}

const OWN_SHARE = 1e-9

/**
 * Takes the part of the first `base` columns away from the others: what is left of the products is the lower corner of the
 * Cholesky factor times itself (Frisch–Waugh–Lovell).
 */
export function takeAway(
  matrix: SquareMatrix,
  right: Float64Array,
  size: number,
  base: number,
): LeftProducts {
  const factor = factorise(matrix, size, 0)
  const own = size - base
  const left = { size: own, products: new Float64Array(own * own), withOutcome: new Float64Array(own) }
  if ('dependent' in factor) return left
  const y = solveLower(factor, right)
  for (let i = 0; i < own; i++) {
    for (let k = 0; k <= i; k++) {
      const lower = factor.lower[(base + i) * size + base + k] as number
      left.withOutcome[i] = (left.withOutcome[i] as number) + lower * (y[base + k] as number)
      for (let j = k; j < own; j++) {
        const at = i * own + j
        left.products[at] =
          (left.products[at] as number) + lower * (factor.lower[(base + j) * size + base + k] as number)
      }
    }
  }
  return left
}

/** What each term adds to the squares that are explained, when they join in this order. */
export function addAlong(
  { size, products, withOutcome }: LeftProducts,
  terms: readonly (readonly number[])[],
  order: readonly number[],
): Float64Array {
  const added = new Float64Array(terms.length)
  const lower = new Float64Array(size * size)
  const joined: number[] = []
  const y: number[] = []
  for (const term of order) {
    for (const column of terms[term] as readonly number[]) {
      const line = joined.length * size
      let own = products[column * size + column] as number
      let rest = withOutcome[column] as number
      for (let j = 0; j < joined.length; j++) {
        let sum = products[column * size + (joined[j] as number)] as number
        for (let k = 0; k < j; k++) sum -= (lower[line + k] as number) * (lower[j * size + k] as number)
        const value = sum / (lower[j * size + j] as number)
        lower[line + j] = value
        own -= value * value
        rest -= value * (y[j] as number)
      }
      if (own <= OWN_SHARE * (products[column * size + column] as number)) continue
      lower[line + joined.length] = Math.sqrt(own)
      const step = rest / Math.sqrt(own)
      y.push(step)
      joined.push(column)
      added[term] = (added[term] as number) + step * step
    }
  }
  return added
}

/**
 * Each driver's part of what all of them explain beyond the controls: the mean over orders of joining of what it adds (LMG;
 * Lindeman, Merenda, Gold 1980; Grömping 2006), by all subsets of up to twelve, past that by orders drawn at random.
 */
export function shareExplained(
  left: LeftProducts,
  terms: readonly (readonly number[])[],
  prng: Prng,
  effort: Effort = usualEffort(terms.length),
): Float64Array {
  const shares = new Float64Array(terms.length)
  if (effort.isExact) {
    const named = terms.map((columns, at) => ({ name: String(at), columns: [...columns] }))
    const explained = (subset: readonly number[]) => addAlong(left, terms, subset).reduce((a, b) => a + b, 0)
    for (const { name, share } of shareImportance(named, explained, prng, effort))
      shares[Number(name)] = share
    return shares
  }
  const places = terms.map((_, at) => at)
  for (let round = 0; round < effort.orders / 2; round++) {
    const order = prng.shuffle(places)
    for (const joining of [order, order.toReversed()]) {
      addAlong(left, terms, joining).forEach((one, at) => {
        shares[at] = (shares[at] as number) + one
      })
    }
  }
  const all = shares.reduce((a, b) => a + b, 0)
  return shares.map((one) => (all > 0 ? one / all : 0))
}
