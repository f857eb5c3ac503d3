import { binomialQuantile } from './distributions.ts'

/** Ranks counted from 1 among `n` sorted values; null where so few values can't bound the quantile on that side. */
export interface QuantileRanks {
  /** Of the quantile itself. */
  at: number
  low: number | null
  high: number | null
}

/**
 * Which of `n` sorted values are the quantile `share` and the ends of its 95 % interval, whatever the distribution
 * (order statistics: David and Nagaraja, "Order Statistics", 3rd ed. 2003, section 7.1). A store can then answer with
 * three values instead of all. undefined for n = 0.
 */
export function findQuantileRanks(n: number, share: number, level = 0.95): QuantileRanks | undefined {
  if (!(n >= 1)) return undefined
  const tail = (1 - level) / 2
  // The value of rank r lies at or below the quantile unless fewer than r values do.
  const low = binomialQuantile(tail, n, share)
  const high = binomialQuantile(1 - tail, n, share) + 1
  return {
    at: Math.max(1, Math.ceil(n * share - 1e-9)),
    low: low >= 1 ? low : null,
    high: high <= n ? high : null,
  }
}

export interface QuantileEstimate {
  n: number
  value: number
  /** null: not bounded by so few values. */
  low: number | null
  high: number | null
}

/** The quantile of values in memory with its 95 % interval; undefined without values. */
export function estimateQuantile(values: readonly number[], share: number): QuantileEstimate | undefined {
  const ranks = findQuantileRanks(values.length, share)
  if (!ranks) return undefined
  const sorted = Float64Array.from(values).sort()
  const read = (rank: number | null) => (rank === null ? null : (sorted[rank - 1] as number))
  return {
    n: values.length,
    value: sorted[ranks.at - 1] as number,
    low: read(ranks.low),
    high: read(ranks.high),
  }
}
