import { findDiscoveryRates } from '../../../../kernel/stats/false-discovery.ts'
import { normalTails } from '../../../../kernel/stats/normal.ts'
import { Z_95 } from '../../../../kernel/stats/wilson.ts'

/** A share with the standard error that the bootstrap gave it. */
export interface Estimated {
  share: number
  error: number
}

export interface CreditChange {
  /** How far the share lies above that of the other side. */
  difference: number
  low: number
  high: number
  /** The smallest false discovery rate at which it counts as found, over all channels of the model. */
  q: number
}

/**
 * Differences of two independent sides, channel by channel: standard errors add in squares, p by the normal
 * distribution, corrected for looking at many channels (Benjamini and Hochberg, 1995).
 */
export function compareCredits(ours: readonly Estimated[], others: readonly Estimated[]): CreditChange[] {
  const changes = ours.map(({ share, error }, at) => {
    const other = others[at] as Estimated
    const difference = share - other.share
    const spread = Math.hypot(error, other.error)
    const p = spread === 0 ? (difference === 0 ? 1 : 0) : Math.min(1, normalTails(difference / spread))
    return { difference, spread, p }
  })
  const rates = findDiscoveryRates(changes.map(({ p }) => p))
  return changes.map(({ difference, spread }, at) => ({
    difference,
    low: Math.max(-1, difference - Z_95 * spread),
    high: Math.min(1, difference + Z_95 * spread),
    q: rates[at] as number,
  }))
}
