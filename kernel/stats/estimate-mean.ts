import { studentQuantile, studentTails } from './distributions.ts'

/**
 * What is needed of `n` persons to know their mean: each person counts once, with the mean of what is known of them.
 * `sum` adds these up, `squares` adds up their squares. A store can compute all three without handing out the persons.
 */
export interface PersonSums {
  n: number
  sum: number
  squares: number
}

/** Where values can lie at all; estimates stay inside. */
export interface Bounds {
  low: number
  high: number
}

export interface MeanEstimate {
  n: number
  mean: number
  low: number
  high: number
}

const LEVEL = 0.95

/**
 * The mean over persons with its 95 % interval; persons are the clusters, so many contacts of one person don't make
 * it narrower. undefined without persons.
 *
 * Without bounds: Student's interval. With bounds: the score interval (Wilson 1927) on the effective number of
 * yes-or-no answers that would scatter as these values do, with Student's quantile for few persons (Korn and Graubard,
 * "Confidence intervals for proportions with small expected number of positive counts", Survey Methodology 24, 1998;
 * with the Wilson form after Franco et al., J. Survey Stat. Methodol. 7, 2019). It never leaves the bounds and keeps
 * its level near them.
 */
export function estimateMean(sums: PersonSums, bounds?: Bounds): MeanEstimate | undefined {
  const { n, sum } = sums
  if (!(n >= 1)) return undefined
  const mean = clampTo(sum / n, bounds)
  const limits = n < 2 ? (bounds ?? ALL) : findLimits(sums, bounds, studentQuantile((1 + LEVEL) / 2, n - 1))
  return { n, mean, low: limits.low, high: limits.high }
}

const ALL: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }

/** The interval that reaches `quantile` standard errors. */
function findLimits(sums: PersonSums, bounds: Bounds | undefined, quantile: number): Bounds {
  const { n, sum } = sums
  const mean = clampTo(sum / n, bounds)
  if (bounds) return findScoreLimits(sums, bounds, quantile)
  const half = quantile * Math.sqrt(varianceOf(sums) / n)
  return { low: mean - half, high: mean + half }
}

function findScoreLimits(sums: PersonSums, bounds: Bounds, quantile: number): Bounds {
  const width = bounds.high - bounds.low
  const share = (clampTo(sums.sum / sums.n, bounds) - bounds.low) / width
  const effective = countEffective(sums, share, width)
  const q2 = quantile * quantile
  const centre = (share + q2 / (2 * effective)) / (1 + q2 / effective)
  const half =
    (quantile / (1 + q2 / effective)) *
    Math.sqrt((share * (1 - share)) / effective + q2 / (4 * effective * effective))
  const low = share <= 0 ? 0 : Math.max(0, centre - half)
  const high = share >= 1 ? 1 : Math.min(1, centre + half)
  return { low: bounds.low + low * width, high: bounds.low + high * width }
}

/**
 * How many yes-or-no answers would scatter as little. One person more, scattering as widely as possible, is added:
 * that a few persons agree exactly doesn't mean that all would.
 */
function countEffective(sums: PersonSums, share: number, width: number): number {
  const { n } = sums
  const widest = share * (1 - share)
  if (widest <= 0) return n
  const own = varianceOf(sums) / (width * width)
  return (n * widest) / (((n - 1) * own + widest) / n)
}

/** Between persons, with n − 1; rounding of large sums must not make it negative. */
function varianceOf({ n, sum, squares }: PersonSums): number {
  return n < 2 ? 0 : Math.max(0, (squares - (sum * sum) / n) / (n - 1))
}

export interface Difference {
  /** a − b. */
  difference: number
  low: number
  high: number
  /** How often chance alone would make so large a difference, both ways. */
  p: number
}

/**
 * The difference of the means of two groups that share no person, with its 95 % interval. The limits of both are
 * joined by the square-and-add rule (Newcombe, "Interval estimation for the difference between independent
 * proportions", Statist. Med. 17, 1998, method 10; Zou and Donner 2008 for means in general), which without bounds is
 * Welch's interval. `p` is the level at which the interval reaches zero, so the two never disagree. undefined with
 * fewer than two persons in a group.
 */
export function compareMeans(a: PersonSums, b: PersonSums, bounds?: Bounds): Difference | undefined {
  if (!(a.n >= 2 && b.n >= 2)) return undefined
  const df = findDegrees(a, b)
  const difference = clampTo(a.sum / a.n, bounds) - clampTo(b.sum / b.n, bounds)
  const limits = joinLimits(a, b, bounds, studentQuantile((1 + LEVEL) / 2, df))
  return { difference, ...limits, p: findChance(a, b, bounds, df, difference) }
}

function joinLimits(a: PersonSums, b: PersonSums, bounds: Bounds | undefined, quantile: number): Bounds {
  const [ofA, ofB] = [findLimits(a, bounds, quantile), findLimits(b, bounds, quantile)]
  const [meanA, meanB] = [clampTo(a.sum / a.n, bounds), clampTo(b.sum / b.n, bounds)]
  return {
    low: meanA - meanB - Math.hypot(meanA - ofA.low, ofB.high - meanB),
    high: meanA - meanB + Math.hypot(ofA.high - meanA, meanB - ofB.low),
  }
}

/** Welch and Satterthwaite. */
function findDegrees(a: PersonSums, b: PersonSums): number {
  const [errorA, errorB] = [varianceOf(a) / a.n, varianceOf(b) / b.n]
  const total = errorA + errorB
  if (total === 0) return a.n + b.n - 2
  return (total * total) / ((errorA * errorA) / (a.n - 1) + (errorB * errorB) / (b.n - 1))
}

const MAX_QUANTILE = 1e6

function findChance(
  a: PersonSums,
  b: PersonSums,
  bounds: Bounds | undefined,
  df: number,
  difference: number,
): number {
  if (difference === 0) return 1
  const reachesZero = (quantile: number) => {
    const { low, high } = joinLimits(a, b, bounds, quantile)
    return low <= 0 && high >= 0
  }
  let high = 1
  while (!reachesZero(high) && high < MAX_QUANTILE) high *= 2
  let low = 0
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (reachesZero(middle)) high = middle
    else low = middle
  }
  return studentTails(high, df)
}

function clampTo(value: number, bounds: Bounds | undefined): number {
  return bounds ? Math.min(bounds.high, Math.max(bounds.low, value)) : value
}
