import type { Driver, Estimate } from '../../contract.ts'
import type { UnitTable } from './units.ts'

const Q = 0.05

/** Effects within so much are too small to matter: two points of a share or a tenth of it, a fifth of a deviation of a mark. */
export function findTrifle({ outcome, family }: UnitTable): number {
  const n = outcome.length
  const mean = outcome.reduce((sum, value) => sum + value, 0) / n
  if (family === 'share') return Math.min(0.02, 0.1 * Math.min(mean, 1 - mean))
  return 0.2 * Math.sqrt(outcome.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
}

export function judgeEffect({ low, high }: Estimate, q: number, trifle: number): Driver['verdict'] {
  if (high < 0 && q < Q) return 'harms'
  if (low > 0 && q < Q) return 'helps'
  return low > -trifle && high < trifle ? 'none' : 'unsure'
}

/**
 * Would the plain difference have misled? That it leaves zero where the effect's interval doesn't is not enough: a wide interval
 * that holds both says neither (Gelman and Stern, “The difference between significant and not significant is not itself
 * statistically significant”, 2006).
 */
export function isMisleading(naive: Estimate | null, effect: Estimate): boolean {
  if (!naive) return false
  const leavesZero = ({ low, high }: Estimate) => low > 0 || high < 0
  const isBeyond = naive.value < effect.low || naive.value > effect.high
  return (
    (leavesZero(naive) && !leavesZero(effect) && isBeyond) ||
    naive.low > effect.high ||
    naive.high < effect.low
  )
}
