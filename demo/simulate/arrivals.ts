import { DAY_MS, type Day, readDay } from '../../kernel/time.ts'
import { toUtc } from '../../kernel/time-zone.ts'
import type { DemoOptions } from '../options.ts'
import { ZONE } from '../world/places.ts'

/** For how many days before the end the young audience has been coming. */
export const YOUNG_DAYS = 42

/** The day on which each person arrives first, never decreasing with the person's number. */
export function createArrivals(options: DemoOptions): (index: number, within: number) => Day {
  const { days, end, persons } = options
  const first = end - days
  const sums: number[] = []
  let total = 0
  for (const weight of weighDays(options)) {
    total += weight
    sums.push(total)
  }
  return (index, within) => {
    const target = ((index + within) / persons) * total
    return first + findFirst(sums, target)
  }
}

/** How busy each day is beside the others, from the first on. */
export function weighDays({ days, end, truths }: DemoOptions): number[] {
  const first = end - days
  return Array.from({ length: days }, (_, at) => weighDay(first + at, first, days, truths.november))
}

function weighDay(day: Day, first: Day, days: number, november: number): number {
  const { month, date } = readDay(day)
  // Day 0, the first of January 1970, was a Thursday.
  const weekday = (day + 4) % 7
  const weekend = weekday === 0 || weekday === 6 ? 0.85 : 1
  const growth = 1 + (0.2 * (day - first)) / days
  return weekend * growth * (month === 11 && date >= 15 ? november : 1)
}

function findFirst(sums: readonly number[], target: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] as number) > target) high = middle
    else low = middle + 1
  }
  return low
}

/** The instant at which the shop's clock shows so many hours on a day. */
export function clock(day: Day, hours: number): number {
  return toUtc(day * DAY_MS + Math.round(hours * 3_600_000), ZONE).ms
}
