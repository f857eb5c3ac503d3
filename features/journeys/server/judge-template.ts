import { findQuantileRanks } from '../../../kernel/stats/quantile-interval.ts'
import type { LoadsRow } from './loads-query.ts'

export type Verdict = 'kept' | 'between' | 'missed' | 'unsure'

const SHARE = 0.75

/**
 * How a page template meets its standard by the 75th percentile of its loadings; ranks among the loadings tell it.
 * `unsure` where the percentile's 95 % interval reaches over a threshold.
 */
export function judgeTemplate({ n, good, bad }: Pick<LoadsRow, 'n' | 'good' | 'bad'>): Verdict {
  const { low = null, high = null } = findQuantileRanks(n, SHARE) ?? {}
  if (low === null || high === null) return 'unsure'
  const verdictOf = (rank: number) => (rank <= good ? 'kept' : rank <= n - bad ? 'between' : 'missed')
  return verdictOf(low) === verdictOf(high) ? verdictOf(low) : 'unsure'
}
