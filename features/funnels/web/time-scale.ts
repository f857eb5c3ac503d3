import type { TimeBin } from '../contract.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const TICKS = [
  1,
  10,
  MINUTE,
  10 * MINUTE,
  HOUR,
  6 * HOUR,
  DAY,
  3 * DAY,
  7 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
]

/** Bins grow by the same factor, so equal steps of the logarithm are equally wide; all below a second is one bin. */
const logOf = (seconds: number) => (seconds < 1 ? seconds : 1 + 4 * Math.log2(seconds))

/** Where a time lies on the axis of these bins, 0…1. */
export function placeOfTime(bins: readonly TimeBin[], seconds: number): number {
  const [first, last] = [bins[0], bins.at(-1)]
  if (!first || !last) return 0
  const [begin, end] = [logOf(first.from), logOf(last.to)]
  return Math.min(1, Math.max(0, (logOf(seconds) - begin) / (end - begin)))
}

/** Round times along the axis, far enough apart to be read. */
export function ticksOfTimes(bins: readonly TimeBin[]): number[] {
  const [first, last] = [bins[0], bins.at(-1)]
  if (!first || !last) return []
  const inside = TICKS.filter((seconds) => seconds >= first.from && seconds <= last.to)
  const shown: number[] = []
  for (const seconds of inside) {
    const before = shown.at(-1)
    if (before === undefined || placeOfTime(bins, seconds) - placeOfTime(bins, before) > 0.11)
      shown.push(seconds)
  }
  return shown
}
