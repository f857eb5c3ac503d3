import { studentQuantile } from '../../../../kernel/stats/distributions.ts'
import { findWilsonInterval } from '../../../../kernel/stats/wilson.ts'

/** What is needed of persons to know a share of their visits. A store can compute all of it without handing out the persons. */
export interface VisitSums {
  /** Persons with at least one visit that counts. */
  persons: number
  /** Visits that came to the step, and visits that could have. */
  n: number
  of: number
  /** Over persons: the square of the former, the product of both, the square of the latter. */
  nn: number
  nof: number
  ofof: number
}

export interface ClusteredShare {
  share: number
  low: number
  high: number
  /** So many independent visits would tell as much. */
  effective: number
}

/**
 * A share of visits with its 95 % interval; the visits of one person resemble each other, so persons are the clusters.
 * The variance is that of a ratio by linearisation (Cochran, "Sampling Techniques", 3rd ed. 1977, 6.4; with
 * m ⁄ (m − 1), as in cluster-robust regression). The interval is Wilson's on the effective number of visits with
 * Student's quantile (Korn and Graubard, Survey Methodology 24, 1998), one person more added who scatters as widely as
 * possible: that a few persons agree doesn't mean that all would. undefined where nobody is counted.
 */
export function estimateClusteredShare(sums: VisitSums): ClusteredShare | undefined {
  const { persons, n, of } = sums
  if (!(of > 0 && persons >= 1)) return undefined
  const share = n / of
  if (persons === 1) return { share, low: 0, high: 1, effective: 1 }
  const effective = countEffective(sums, share)
  const interval = findWilsonInterval(
    share * effective,
    effective,
    studentQuantile(0.975, persons - 1),
  ) as NonNullable<ReturnType<typeof findWilsonInterval>>
  return {
    share,
    low: n === 0 ? 0 : Math.min(share, interval.low),
    high: n === of ? 1 : Math.max(share, interval.high),
    effective,
  }
}

function countEffective(sums: VisitSums, share: number): number {
  const { persons, of } = sums
  const widest = share * (1 - share)
  if (widest <= 0) return persons
  const own = persons * clusteredVariance(sums)
  return Math.min(of, (persons * persons * widest) / ((persons - 1) * own + widest))
}

/** The squared standard error of the share; rounding of large sums must not make it negative. */
export function clusteredVariance({ persons, n, of, nn, nof, ofof }: VisitSums): number {
  const share = n / of
  const scatter = Math.max(0, nn - 2 * share * nof + share * share * ofof)
  return ((persons / (persons - 1)) * scatter) / (of * of)
}
