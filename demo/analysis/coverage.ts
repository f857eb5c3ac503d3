import { binomialQuantile } from '../../kernel/stats/distributions.ts'
import { Z_95 } from '../../kernel/stats/wilson.ts'
import type { Expected } from '../truths.ts'
import type { Finding } from './findings.ts'
import type { Estimate } from './least-squares.ts'

/** What estimates of one planted effect in many simulated shops amount to. */
export interface Coverage {
  /** Shops in which there was an estimate. */
  shops: number
  mean: number
  /** Standard error of that mean, over shops. */
  error: number
  /** The errors told, as a root mean square, by how far the estimates scatter: 1 where they say just what they should. */
  width: number
  /** In how many of them the 95 % interval held the truth. */
  covered: number
}

export interface TruthCoverage {
  truth: number
  found: Coverage
  /** What a plain comparison shows, and how often its interval held the true effect. */
  naive: Coverage | undefined
}

/** The counts that an interval which holds the truth in 95 of 100 cases gives with a chance of at least `level`. */
export interface Region {
  low: number
  high: number
}

export function coverTruth({ truth }: Expected, findings: readonly Finding[]): TruthCoverage {
  const naive = findings.flatMap((finding) => finding.naive ?? [])
  return {
    truth,
    found: cover(truth, findings),
    naive: naive.length > 0 ? cover(truth, naive) : undefined,
  }
}

function cover(truth: number, estimates: readonly Estimate[]): Coverage {
  const known = estimates.filter(({ estimate, error }) => Number.isFinite(estimate) && error > 0)
  const shops = known.length
  const mean = known.reduce((sum, { estimate }) => sum + estimate, 0) / shops
  const squares = known.reduce((sum, { estimate }) => sum + (estimate - mean) ** 2, 0)
  const scatter = Math.sqrt(squares / Math.max(1, shops - 1))
  const told = Math.sqrt(known.reduce((sum, { error }) => sum + error ** 2, 0) / shops)
  return {
    shops,
    mean,
    error: scatter / Math.sqrt(shops),
    width: told / scatter,
    covered: known.filter(({ estimate, error }) => Math.abs(estimate - truth) <= Z_95 * error).length,
  }
}

/**
 * Which counts of covered truths among `shops` don't speak against intervals of 95 %. Exact binomial tails; with `lines`
 * truths looked at at once each is allowed so much less, that all are inside with a chance of at least 95 % (Bonferroni).
 */
export function findRegion(shops: number, lines: number): Region {
  const tail = 0.05 / lines / 2
  return { low: binomialQuantile(tail, shops, 0.95), high: binomialQuantile(1 - tail, shops, 0.95) }
}
