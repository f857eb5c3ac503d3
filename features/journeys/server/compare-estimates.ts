import { studentTails } from '../../../kernel/stats/distributions.ts'
import type { Estimate } from '../contract.ts'

export interface Change {
  /** now − before. */
  difference: number
  low: number
  high: number
  /** How often chance alone would make so large a difference, both ways. */
  p: number
}

const REACH = 1.959963984540054

/**
 * The difference of two estimates that share no data, from their intervals alone (square-and-add: Zou and Donner,
 * "Construction of confidence limits about effect measures", Statist. Med. 27, 2008).
 */
export function compareEstimates(now: Estimate, before: Estimate): Change {
  const difference = now.mean - before.mean
  const low = difference - Math.hypot(now.mean - now.low, before.high - before.mean)
  const high = difference + Math.hypot(now.high - now.mean, before.mean - before.low)
  return { difference, low, high, p: findChance(difference, low, high, now.n + before.n - 2) }
}

/** The distance of an estimate from a fixed value. */
export function compareWith(now: Estimate, value: number): Change {
  const [difference, low, high] = [now.mean - value, now.low - value, now.high - value]
  return { difference, low, high, p: findChance(difference, low, high, now.n - 1) }
}

function findChance(difference: number, low: number, high: number, df: number): number {
  const towardsZero = difference > 0 ? difference - low : high - difference
  if (difference === 0) return 1
  if (towardsZero <= 0) return 0
  return studentTails((Math.abs(difference) / towardsZero) * REACH, Math.max(1, df))
}
