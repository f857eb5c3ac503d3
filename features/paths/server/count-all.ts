import { compareShares } from '../../../kernel/stats/compare-shares.ts'
import { findDiscoveryRates } from '../../../kernel/stats/false-discovery.ts'
import { findWilsonInterval } from '../../../kernel/stats/wilson.ts'
import type { Counted, Figure } from '../contract.ts'

/** So many of so many, here and on the other side of a comparison. */
export interface Pair {
  n: number
  of: number
  other?: { n: number; of: number }
}

/** Here and on the other side, how many units stand for one independent one. */
export interface Clusters {
  own: number
  other: number
}

/** A share whose range treats the paths of one person as one (`findClusters` gives the design effect). */
export function toFigure(n: number, of: number, cluster: number): Figure {
  const found = findWilsonInterval(n / cluster, of / cluster)
  return { n, of, share: found?.share ?? null, low: found?.low ?? null, high: found?.high ?? null }
}

/** All figures of a report with their differences, corrected for there being so many of them. */
export function countAll(pairs: readonly Pair[], clusters: Clusters): Counted[] {
  const compared = pairs.map(
    ({ n, of, other }) =>
      other &&
      compareShares(
        { n: n / clusters.own, of: of / clusters.own },
        { n: other.n / clusters.other, of: other.of / clusters.other },
      ),
  )
  const found = compared.filter((one) => one !== undefined)
  const rates = findDiscoveryRates(found.map(({ p }) => p))
  let next = 0
  return pairs.map(({ n, of, other }, index) => {
    const figure = toFigure(n, of, clusters.own)
    const difference = compared[index]
    if (!difference || !other) return { ...figure, other: null }
    const { p: _, ...range } = difference
    const q = rates[next++] as number
    return { ...figure, other: { n: other.n, of: other.of, share: other.n / other.of, ...range, q } }
  })
}
