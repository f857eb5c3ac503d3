import { localDay, parseDay, startOfDay, type TimeRange } from '../../../kernel/time.ts'
import type { When } from '../contract.ts'

interface Clock {
  timeZone: string
  now: number
  period?: TimeRange
}

/** The instants that a condition's time means; a side that is left out is open. */
export function readWhen(when: When | undefined, clock: Clock): Partial<TimeRange> {
  if (!when) return {}
  if ('lastDays' in when) return { from: startOfLastDays(when.lastDays, clock) }
  if ('period' in when) return clock.period ?? {}
  const [from, to] = [parseDay(when.from), parseDay(when.to)]
  return {
    ...(from !== undefined && { from: startOfDay(from, clock.timeZone) }),
    ...(to !== undefined && { to: startOfDay(to, clock.timeZone) }),
  }
}

/** Where "the last N days" begin: today and the N whole days before it, by the shop's calendar. */
export function startOfLastDays(days: number, { now, timeZone }: Clock): number {
  return startOfDay(localDay(now, timeZone) - days, timeZone)
}
