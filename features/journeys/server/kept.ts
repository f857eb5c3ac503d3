import type { MeanEstimate } from '../../../kernel/stats/estimate-mean.ts'
import { findQuantileRanks } from '../../../kernel/stats/quantile-interval.ts'
import type { LoadsRow } from './loads-query.ts'

const SHARE = 0.75

/**
 * How a page template meets its standard: its 75th percentile kept (1), between (0.5) or missed (0), with the same of
 * the ends of that percentile's interval. Ranks among the loadings tell it.
 */
export function judgeTemplate({ n, good, bad }: LoadsRow): { mean: number; low: number; high: number } {
  const ranks = findQuantileRanks(n, SHARE)
  const outcomeOf = (rank: number) => (rank <= good ? 1 : rank <= n - bad ? 0.5 : 0)
  if (!ranks) return { mean: 0, low: 0, high: 1 }
  return {
    mean: outcomeOf(ranks.at),
    // So few loadings that the percentile has no upper end: it may be anything.
    low: ranks.high === null ? 0 : outcomeOf(ranks.high),
    high: ranks.low === null ? 1 : outcomeOf(ranks.low),
  }
}

/** A part of an estimate and its weight. */
export interface Weighed {
  weight: number
  mean: number
  low: number
  high: number
}

/**
 * The weighted mean of estimates that don't depend on each other; their distances to either end add up like errors do
 * (square-and-add). undefined without weight.
 */
export function joinEstimates(n: number, parts: readonly Weighed[]): MeanEstimate | undefined {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  if (!(total > 0)) return undefined
  const share = (part: Weighed) => part.weight / total
  const mean = parts.reduce((sum, part) => sum + share(part) * part.mean, 0)
  const down = Math.hypot(...parts.map((part) => share(part) * (part.mean - part.low)))
  const up = Math.hypot(...parts.map((part) => share(part) * (part.high - part.mean)))
  return { n, mean, low: Math.max(0, mean - down), high: Math.min(1, mean + up) }
}

/** How a touchpoint's pages meet their standards: each template weighs what it is loaded. */
export function judgeLoads(n: number, rows: readonly LoadsRow[]): MeanEstimate | undefined {
  return joinEstimates(
    n,
    rows.map((row) => ({ weight: row.n, ...judgeTemplate(row) })),
  )
}
