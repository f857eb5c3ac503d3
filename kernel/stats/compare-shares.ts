import { normalTails } from './normal.ts'
import { findWilsonInterval, Z_95 } from './wilson.ts'

export interface ShareCount {
  n: number
  of: number
}

export interface ShareDifference {
  /** Share of `a` less share of `b`. */
  difference: number
  low: number
  high: number
  /** Chance of a difference at least so large, either way, if there were none. */
  p: number
}

/**
 * Two shares of independent groups: their difference with its 95 % interval by Newcombe ("Interval estimation for the
 * difference between independent proportions", Statist. Med. 17, 1998, method 10: the score intervals of both, without
 * continuity correction), and the two-sided chance of the pooled score test. undefined where one of the groups is empty.
 */
export function compareShares(a: ShareCount, b: ShareCount, z: number = Z_95): ShareDifference | undefined {
  const [one, other] = [findWilsonInterval(a.n, a.of, z), findWilsonInterval(b.n, b.of, z)]
  if (!one || !other) return undefined
  const difference = one.share - other.share
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(one.share - one.low, other.high - other.share)),
    high: Math.min(1, difference + Math.hypot(one.high - one.share, other.share - other.low)),
    p: findChance(a, b, difference),
  }
}

function findChance(a: ShareCount, b: ShareCount, difference: number): number {
  const pooled = (a.n + b.n) / (a.of + b.of)
  const variance = pooled * (1 - pooled) * (1 / a.of + 1 / b.of)
  // Nobody or everybody in both groups: nothing differs.
  if (variance <= 0) return 1
  return Math.min(1, normalTails(difference / Math.sqrt(variance)))
}
