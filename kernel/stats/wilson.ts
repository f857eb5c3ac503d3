export interface Proportion {
  share: number
  low: number
  high: number
}

/** The normal quantile of a two-sided 95 % interval. */
export const Z_95 = 1.959963984540054

/**
 * A proportion with its score interval (Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22, 1927; without continuity correction). It holds its level for small n and for shares
 * near 0 and 1, where the usual ± breaks down. undefined for n = 0: nothing is known then.
 */
export function findWilsonInterval(successes: number, n: number, z: number = Z_95): Proportion | undefined {
  if (!(n > 0 && successes >= 0 && successes <= n)) return undefined
  const share = successes / n
  const z2 = z * z
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = (z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  return {
    share,
    // At the ends the bound is exactly 0 or 1; rounding would leave a trace.
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  }
}
