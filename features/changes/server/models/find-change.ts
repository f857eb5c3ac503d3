import { studentQuantile, studentTails } from '../../../../kernel/stats/distributions.ts'
import type { Series } from './figures.ts'

/** A change stands so many weeks at the least: one odd week is none. */
export const MIN_WEEKS = 2
/** The newest weeks are taken together in this many ways at most. */
export const MAX_WEEKS = 8
/** A past shorter than this can't tell what is usual. */
const MIN_PAST = 12
/** Further back the past says little of today. */
const MAX_PAST = 52
const YEAR = 52
const FLOOR_RECENT = 30
const FLOOR_PAST = 100
/** A change that isn't as clear against the same weeks a year before is the season. */
const SEASON_LEVEL = 0.001
/** Its beginning is looked for so far back. */
const MAX_ONSET = 26

export interface Change {
  series: Series
  /** Index of its first week, and of the last one looked at. */
  from: number
  last: number
  /** Before and since: means on the series' own scale. */
  before: number
  after: number
  /** 95 % interval of the difference. */
  low: number
  high: number
  /** Persons since and before. */
  n: number
  past: number
  /** Chance of as much in a series that doesn't change, over all ways in which weeks were taken together. */
  p: number
  /** Standard errors. */
  size: number
  scatter: Scatter
}

/** How many times more the past scatters than persons alone would make it, and by how many weeks that is known. */
interface Scatter {
  factor: number
  df: number
}

/** Part sums of a series, so that any stretch of weeks costs the same. */
interface Sums {
  n: Float64Array
  sum: Float64Array
  squares: Float64Array
  /** Of sum² ÷ n, for the scatter of weeks. */
  spread: Float64Array
  filled: Float64Array
}

/**
 * Looks at the newest weeks of a series, taken together by 2 … 8, against those before. Two means are compared by the
 * likelihood ratio (signed roots of which stay near their level in the tails, where small counts are skewed: McCullagh
 * and Nelder, "Generalized linear models", 2nd ed. 1989, sections 4.4 and 9.2), divided by how much more the past
 * scatters than chance alone would have it, week by week and in stretches of the same length, so that slow tides count
 * too. undefined: too little data to look at all.
 */
export function findChange(series: Series, last: number): Change | undefined {
  const sums = sumUp(series)
  let best: { weeks: number; found: Compared } | undefined
  for (let weeks = MIN_WEEKS; weeks <= MAX_WEEKS; weeks++) {
    const found = compare(series, sums, last + 1 - weeks, last + 1)
    if (found && (!best || found.size > best.found.size)) best = { weeks, found }
  }
  if (!best) return undefined
  const p = best.found.size < 3 ? 1 : Math.min(1, studentTails(best.found.size, best.found.scatter.df) * WAYS)
  const isSeason = p < 0.01 && isSeasonal(series, sums, last + 1 - best.weeks, last + 1, best.found)
  return toChange(series, last + 1 - best.weeks, last, best.found, isSeason ? 1 : p)
}

const WAYS = MAX_WEEKS - MIN_WEEKS + 1

/** The same change from the week in which it most probably began, which may lie before the weeks that gave it away. */
export function dateChange(change: Change): Change {
  const { series, last } = change
  const sums = sumUp(series)
  let best: { from: number; found: Compared } | undefined
  for (let weeks = 1; weeks <= MAX_ONSET; weeks++) {
    const from = last + 1 - weeks
    const found = compare(series, sums, from, last + 1)
    if (found && found.after > found.before === change.after > change.before)
      if (!best || found.ratio > best.found.ratio) best = { from, found }
  }
  return best ? toChange(series, best.from, last, best.found, change.p, change.scatter) : change
}

/** `least`: the scatter of the weeks that gave it away, which longer stretches have too few of their kind to show. */
function toChange(
  series: Series,
  from: number,
  last: number,
  found: Compared,
  p: number,
  least?: Scatter,
): Change {
  const { before, after, n, past, size } = found
  const scatter = least && least.factor > found.scatter.factor ? least : found.scatter
  const half = studentQuantile(0.975, scatter.df) * Math.sqrt(scatter.factor * found.spread)
  const difference = after - before
  return {
    series,
    from,
    last,
    before,
    after,
    n,
    past,
    p,
    size,
    low: difference - half,
    high: difference + half,
    scatter,
  }
}

interface Compared {
  before: number
  after: number
  n: number
  past: number
  /** Likelihood ratio before the scatter is taken into account, standard errors after it. */
  ratio: number
  size: number
  scatter: Scatter
  /** The difference's variance by persons alone. */
  spread: number
}

function compare(series: Series, sums: Sums, from: number, to: number): Compared | undefined {
  if (from < MIN_PAST) return undefined
  const start = Math.max(0, from - MAX_PAST)
  const now = take(sums, from, to)
  const past = take(sums, start, from)
  if (now.n < FLOOR_RECENT || past.n < FLOOR_PAST || past.filled < MIN_PAST) return undefined
  const [after, before] = [now.sum / now.n, past.sum / past.n]
  const isLog = series.kind === 'log'
  const variance = isLog ? past.squares / past.n - before * before : before * (1 - before)
  const scatter = findScatter(series, sums, { start, from, weeks: to - from, before, variance })
  const ratio = isLog ? gaussRatio(now, past, variance) : binomialRatio(now, past)
  const size = ratio > 0 ? Math.sqrt(ratio / scatter.factor) : 0
  const spread = isLog
    ? variance * (1 / now.n + 1 / past.n)
    : softVariance(now) / now.n + softVariance(past) / past.n
  return { before, after, n: now.n, past: past.n, ratio, size, scatter, spread }
}

function findScatter(
  series: Series,
  sums: Sums,
  past: { start: number; from: number; weeks: number; before: number; variance: number },
): Scatter {
  const { start, from, weeks, before, variance } = past
  const whole = take(sums, start, from)
  if (variance <= 1e-12) return { factor: 1, df: whole.filled - 1 }
  // What persons scatter around their week's mean, against the widest that a scale of 0 … 1 allows.
  const within =
    series.kind === 'share' ? 1 : Math.max(0.02, (whole.squares - whole.spread) / whole.n / variance)
  const weekly = (whole.spread - whole.n * before * before) / variance / (whole.filled - 1)
  let blocks = 0
  let tides = 0
  for (let end = from; end - weeks >= start; end -= weeks) {
    const { n, sum } = take(sums, end - weeks, end)
    if (n < 5) continue
    blocks++
    tides += n * (sum / n - before) ** 2
  }
  const slow = blocks >= 4 ? tides / variance / (blocks - 1) : 0
  if (slow > weekly && slow > within) return { factor: slow, df: blocks - 1 }
  return { factor: Math.max(within, weekly), df: whole.filled - 1 }
}

type Taken = { n: number; sum: number; squares: number; spread: number; filled: number }

function take({ n, sum, squares, spread, filled }: Sums, from: number, to: number): Taken {
  const part = (of: Float64Array) => (of[to] as number) - (of[from] as number)
  return { n: part(n), sum: part(sum), squares: part(squares), spread: part(spread), filled: part(filled) }
}

function sumUp({ n, sum, squares }: Series): Sums {
  const add = (value: (at: number) => number) => {
    const total = new Float64Array(n.length + 1)
    for (let at = 0; at < n.length; at++) total[at + 1] = (total[at] as number) + value(at)
    return total
  }
  const at = (of: Float64Array) => (index: number) => of[index] as number
  return {
    n: add(at(n)),
    sum: add(at(sum)),
    squares: add(at(squares)),
    spread: add((index) => (at(n)(index) > 0 ? at(sum)(index) ** 2 / at(n)(index) : 0)),
    filled: add((index) => (at(n)(index) > 0 ? 1 : 0)),
  }
}

function binomialRatio(a: Taken, b: Taken): number {
  const likely = (x: number, n: number) => part(x, n) + part(n - x, n)
  const part = (x: number, n: number) => (x <= 1e-9 ? 0 : x * Math.log(x / n))
  return 2 * (likely(a.sum, a.n) + likely(b.sum, b.n) - likely(a.sum + b.sum, a.n + b.n))
}

function gaussRatio(a: Taken, b: Taken, variance: number): number {
  if (variance <= 1e-12) return 0
  return (a.sum / a.n - b.sum / b.n) ** 2 / (variance * (1 / a.n + 1 / b.n))
}

/** Of a share, as if one person more had been half and half: nobody of forty isn't certain to be nobody of all. */
function softVariance({ n, sum }: Taken): number {
  const share = (sum + 0.5) / (n + 1)
  return share * (1 - share)
}

/** Whether the same weeks a year before stood out as much from those before them. */
function isSeasonal(series: Series, sums: Sums, from: number, to: number, found: Compared): boolean {
  const start = from - YEAR
  const past = Math.max(0, start - 26)
  if (start - past < 8) return false
  const then = take(sums, start, to - YEAR)
  const usual = take(sums, past, start)
  if (then.n < FLOOR_RECENT || usual.n < FLOOR_PAST) return false
  const now = take(sums, from, to)
  const recent = take(sums, Math.max(0, from - MAX_PAST), from)
  const moved = (a: Taken, b: Taken) => a.sum / a.n - b.sum / b.n
  const change = moved(now, recent)
  const before = moved(then, usual)
  if (change * before <= 0) return false
  const factor = found.size > 0 ? found.ratio / found.size ** 2 : 1
  const spread = series.kind === 'log' ? variance : softVariance
  const unsure = [now, recent, then, usual].reduce((sum, one) => sum + spread(one) / one.n, 0)
  const error = Math.sqrt(factor * unsure)
  const left = Math.abs(change) - Math.abs(before)
  return left <= 0 || studentTails(left / error, found.scatter.df) > SEASON_LEVEL
}

const variance = ({ n, sum, squares }: Taken) => Math.max(0, squares / n - (sum / n) ** 2)
