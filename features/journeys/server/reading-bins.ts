import type { Standard } from '../../touchpoints/contract.ts'
import type { ReadingBin } from '../contract.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Steps of a clock that people say, in seconds: each about twice or thrice the one before. */
const CLOCK = [
  ...[1, 2, 5, 10, 20, 30],
  ...[1, 2, 5, 10, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 4, 8, 12].map((n) => n * HOUR),
  ...[1, 2, 3, 5, 7, 14, 30, 60].map((n) => n * DAY),
]
const SECONDS: Partial<Record<Standard['unit'], number>> = { s: 1, min: MINUTE, h: HOUR }
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/**
 * The edges between bins of a standard's readings, rising, its own thresholds among them: steps of a clock where
 * readings run from seconds to days, single days or clicks where those count, and so on. Of yes and no its thresholds do.
 */
export function listEdges(standard: Standard): number[] {
  const { good, bad } = standard
  const edges = [...new Set([...ladder(standard), good, bad])].sort((a, b) => a - b)
  return edges.filter((edge) => edge === good || edge === bad || !isBeside(edge, standard))
}

function ladder({ unit, good, bad }: Standard): number[] {
  if (unit === 'yes_no') return []
  const size = SECONDS[unit]
  if (size) return CLOCK.map((seconds) => seconds / size)
  if (unit === 'ms') return [100, 200, 300, 500, 800, 1200, 1800, 3000, 5000, 8000, 12_000, 20_000]
  if (unit === 'days') return [-7, -5, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 14, 21, 30]
  if (unit === 'share') return TENTHS
  if (unit === 'clicks') return [0, 1, 2, 3, 4, 5, 6, 8, 10]
  return spread(Math.min(good, bad), Math.max(good, bad))
}

/** For counts and scores: some steps below, between and above the thresholds. */
function spread(low: number, high: number): number[] {
  const step = high > low ? (high - low) / 2 : Math.max(Math.abs(low), 1)
  return [-2, -1, 0, 1, 2, 3, 4, 5].map((n) => Number((low + n * step).toPrecision(6)))
}

/** So near a threshold that a bin between the two would be a sliver. */
function isBeside(edge: number, { unit, good, bad }: Standard): boolean {
  if (SECONDS[unit] === undefined && unit !== 'ms') return false
  return [good, bad].some((one) => one > 0 && edge > 0 && Math.abs(Math.log(edge / one)) < 0.35)
}

/** With the sign less is better for every measure; so an edge belongs to the better side of it. */
export const signOf = ({ direction }: Standard): 1 | -1 => (direction === 'at_most' ? 1 : -1)

/** Edges as the statement takes them: rising from good to bad. */
export function badnessEdges(standard: Standard): number[] {
  const sign = signOf(standard)
  return listEdges(standard)
    .map((edge) => sign * edge)
    .sort((a, b) => a - b)
}

/** Counts by bin (0: better than the first edge) → bins in rising order, without the empty ones at both ends. */
export function toBins(standard: Standard, counts: ReadonlyMap<number, number>): ReadingBin[] {
  const edges = badnessEdges(standard)
  const sign = signOf(standard)
  const bins = Array.from({ length: edges.length + 1 }, (_, index) => {
    const [better, worse] = [edges[index - 1], edges[index]]
    const ends = sign === 1 ? [better, worse] : [negate(worse), negate(better)]
    return {
      from: ends[0] ?? null,
      to: ends[1] ?? null,
      n: counts.get(index) ?? 0,
      outcome: judge(standard, worse),
    }
  })
  const used = bins.flatMap(({ n }, index) => (n > 0 ? [index] : []))
  const [first, last] = [used[0], used.at(-1)]
  if (first === undefined || last === undefined) return []
  const shown = bins.slice(first, last + 1)
  return sign === 1 ? shown : shown.reverse()
}

const negate = (edge: number | undefined) => (edge === undefined ? undefined : edge === 0 ? 0 : -edge)

/** By its worse end, which belongs to it; thresholds are edges, so the whole bin has one outcome. */
function judge(standard: Standard, worse: number | undefined): ReadingBin['outcome'] {
  const sign = signOf(standard)
  const [good, bad] = [sign * standard.good, sign * standard.bad]
  if (worse !== undefined && worse <= good) return 'kept'
  return worse !== undefined && worse <= bad ? 'between' : 'missed'
}
