import { logGamma } from '../../../kernel/stats/beta-function.ts'
import { studentQuantile } from '../../../kernel/stats/distributions.ts'
import { normalTails } from '../../../kernel/stats/normal.ts'

/**
 * How long ads must be off before an effect of a given size shows: power 80 % at two-sided 5 % (Cohen, “Statistical
 * power analysis for the behavioral sciences”, 1988, ch. 2 and 6).
 */
export const POWER = 0.8
const ALPHA = 0.05
const Z_ALPHA = 1.959963984540054
const Z_POWER = 0.8416212335729143
/** Nobody waits for longer than two years. */
export const MAX_WEEKS = 104

export interface HoldoutFacts {
  /** Orders of the whole shop in each whole week, the first one first. */
  weeks: readonly number[]
  /** Orders a week that the ads are thought to bring. */
  effect: number
  /** Journeys a week that meet the way, and the share of them that end with an order. */
  reached: number
  rate: number
}

export interface HoldoutPlan {
  /** On and off by turns everywhere: so many weeks of each. */
  pauses: number | null
  /** Off in regions with that share of orders: so many weeks. */
  regions: number | null
  /** Off for that share of the people, chosen by lot: so many weeks. */
  people: number | null
}

/** Weeks that each kind of trial takes; null where even `MAX_WEEKS` wouldn't show it. */
export function planHoldout(facts: HoldoutFacts, share: number): HoldoutPlan {
  return {
    pauses: planPauses(facts),
    regions: planRegions(facts, share),
    people: planPeople(facts, share),
  }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length

/**
 * The variance of weekly orders by what neighbours differ (von Neumann, 1941), which a trend or season doesn't swell;
 * counts are never calmer than Poisson's.
 */
export function findRestlessness(weeks: readonly number[]): number {
  if (weeks.length < 2) return Number.NaN
  const steps = weeks.slice(1).map((count, at) => (count - (weeks[at] as number)) ** 2)
  return Math.max(meanOf(steps) / 2, meanOf(weeks))
}

function planPauses({ weeks, effect }: HoldoutFacts): number | null {
  return findWeeks(effect / Math.sqrt(findRestlessness(weeks)))
}

/**
 * The log of the orders of regions without ads over those with them, week by week, before and during. Swings that
 * regions share cancel; the restlessness of the whole is taken for theirs, which asks for rather too long.
 */
function planRegions({ weeks, effect }: HoldoutFacts, share: number): number | null {
  const mean = meanOf(weeks)
  const lost = effect / mean
  if (!(lost > 0 && lost < 1)) return null
  const overdispersion = findRestlessness(weeks) / mean
  const spread = Math.sqrt(overdispersion * (1 / (share * mean) + 1 / ((1 - share) * mean)))
  return findWeeks(-Math.log(1 - lost) / spread)
}

/** Two shares by the arcsine of their roots. */
function planPeople({ effect, reached, rate }: HoldoutFacts, share: number): number | null {
  const without = rate - effect / reached
  if (!(without >= 0 && rate <= 1 && effect > 0)) return null
  const h = 2 * Math.asin(Math.sqrt(rate)) - 2 * Math.asin(Math.sqrt(without))
  const weeks = ((Z_ALPHA + Z_POWER) / h) ** 2 / (reached * share * (1 - share))
  return weeks <= MAX_WEEKS ? Math.max(1, Math.ceil(weeks)) : null
}

/** The fewest weeks of each of two sides at which a difference of `size` standard deviations shows. */
function findWeeks(size: number): number | null {
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return null
  let [low, high] = [2, MAX_WEEKS]
  if (findPower(size, high) < POWER) return null
  while (low < high) {
    const middle = (low + high) >> 1
    if (findPower(size, middle) >= POWER) high = middle
    else low = middle + 1
  }
  return high
}

/** The power of the two-sided t test of two sides of n each, for a difference of `size` standard deviations. */
export function findPower(size: number, n: number): number {
  const df = 2 * n - 2
  const limit = studentQuantile(1 - ALPHA / 2, df)
  const shift = size * Math.sqrt(n / 2)
  return 1 - noncentralCdf(limit, df, shift) + noncentralCdf(-limit, df, shift)
}

const STEPS = 400

/**
 * P(T ≤ t) for the noncentral t: the normal chance Φ(t·x − shift) over the distribution of x = √(χ²/df), by Simpson's
 * rule.
 */
function noncentralCdf(t: number, df: number, shift: number): number {
  const reach = 10 / Math.sqrt(2 * df)
  const [from, to] = [Math.max(1e-9, 1 - reach), 1 + reach]
  const scale = Math.log(2) + (df / 2) * Math.log(df / 2) - logGamma(df / 2)
  const width = (to - from) / STEPS
  let sum = 0
  for (let at = 0; at <= STEPS; at++) {
    const x = from + at * width
    const density = Math.exp(scale + (df - 1) * Math.log(x) - (df * x * x) / 2)
    const weight = at === 0 || at === STEPS ? 1 : at % 2 === 1 ? 4 : 2
    sum += weight * density * normalCdf(t * x - shift)
  }
  return (sum * width) / 3
}

const normalCdf = (z: number) => (z < 0 ? normalTails(z) / 2 : 1 - normalTails(z) / 2)
