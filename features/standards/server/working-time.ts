import { DAY_MS, localDay } from '../../../kernel/time.ts'
import { toUtc } from '../../../kernel/time-zone.ts'
import type { WorkingHours } from '../contract.ts'

const MINUTE_MS = 60_000
/** Longer waits are all alike; a wrong clock must not make us count centuries. */
const MAX_DAYS = 366

/** How much of the time from `from` to `to` fell into working hours, ms; 0 when `to` comes first. */
export function countWorkingTime(from: number, to: number, hours: WorkingHours, zone: string): number {
  if (!(to > from)) return 0
  const first = localDay(from, zone)
  const last = Math.min(localDay(to, zone), first + MAX_DAYS)
  let total = 0
  for (let day = first; day <= last; day++) {
    if (!hours.days.includes(weekdayOf(day))) continue
    const opens = toUtc(day * DAY_MS + hours.opens * MINUTE_MS, zone).ms
    const closes = toUtc(day * DAY_MS + hours.closes * MINUTE_MS, zone).ms
    total += Math.max(0, Math.min(to, closes) - Math.max(from, opens))
  }
  return total
}

/** 1 Monday … 7 Sunday; the first day of 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}
