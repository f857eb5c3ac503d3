import { studentQuantile } from '../../../../kernel/stats/distributions.ts'

/** Fewer days of the same name say little about what is usual. */
export const FEWEST_DAYS = 5

/**
 * Between which counts a day like these lies in 95 of 100 cases: a prediction interval (Student's t), whose spread is at least
 * that of counts that come by chance (Poisson). null from fewer than five days.
 */
export function findUsual(days: readonly number[]): { low: number; high: number } | null {
  const n = days.length
  if (n < FEWEST_DAYS) return null
  const mean = days.reduce((sum, one) => sum + one, 0) / n
  const spread = days.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1)
  const reach = studentQuantile(0.975, n - 1) * Math.sqrt(Math.max(spread, mean) * (1 + 1 / n))
  return { low: Math.max(0, Math.ceil(mean - reach)), high: Math.floor(mean + reach) }
}
