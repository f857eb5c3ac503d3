import { Temporal } from 'temporal-polyfill'
import { AppError } from './errors.ts'

/** A stretch in which a zone's clock differs from UTC by one and the same amount. */
interface Stretch {
  from: number
  to: number
  offset: number
}

interface ZoneClock {
  last: Stretch
  /** Sorted by `from`, grown as times are asked for. */
  stretches: Stretch[]
}

/** How a wall-clock time was read where the clock was moved, see `toUtc`. */
export type ClockChange = 'gap' | 'overlap'

const DAY_MS = 86_400_000
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/
const NEVER: Stretch = { from: 1, to: 0, offset: 0 }
const MAX_CLOCKS = 1000

const clocks = new Map<string, ZoneClock>()

/** Is it a name of the IANA time zone database, such as `Europe/Kyiv`? Bare offsets are not. */
export function isTimeZone(name: string): boolean {
  if (clocks.has(name)) return true
  if (name.length > 64 || !ZONE_NAME.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Local time minus UTC in milliseconds. Fails with `bad_request` for an unknown zone or a time past year 9999. */
export function getOffset(ms: number, zone: string): number {
  const clock = clocks.get(zone) ?? startClock(zone)
  const { last } = clock
  if (ms >= last.from && ms < last.to) return last.offset
  clock.last = findStretch(clock.stretches, ms) ?? addStretch(clock.stretches, ms, zone)
  return clock.last.offset
}

/**
 * The instant at which a zone's clock shows a wall-clock time, given as if it were UTC. A time that the clock
 * skipped (gap) moves on by the length of the gap; of a time shown twice (overlap) the first is taken, as
 * calendars do (RFC 5545, section 3.3.5).
 */
export function toUtc(local: number, zone: string): { ms: number; change?: ClockChange } {
  const before = getOffset(local - DAY_MS, zone)
  const after = getOffset(local + DAY_MS, zone)
  if (before === after) return { ms: local - before }
  const early = local - before
  const late = local - after
  const isEarly = getOffset(early, zone) === before
  const isLate = getOffset(late, zone) === after
  if (isEarly && isLate) return { ms: early, change: 'overlap' }
  if (isEarly) return { ms: early }
  return isLate ? { ms: late } : { ms: early, change: 'gap' }
}

function startClock(zone: string): ZoneClock {
  if (!isTimeZone(zone)) {
    throw new AppError('bad_request', `“${zone}” is not a time zone; use a name like Europe/Kyiv.`)
  }
  if (clocks.size >= MAX_CLOCKS) clocks.clear()
  const clock = { last: NEVER, stretches: [] }
  clocks.set(zone, clock)
  return clock
}

function findStretch(stretches: readonly Stretch[], ms: number): Stretch | undefined {
  const stretch = stretches[countStarted(stretches, ms) - 1]
  return stretch && ms < stretch.to ? stretch : undefined
}

function countStarted(stretches: readonly Stretch[], ms: number): number {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle] as Stretch).from <= ms) low = middle + 1
    else high = middle
  }
  return low
}

function addStretch(stretches: Stretch[], ms: number, zone: string): Stretch {
  if (!(Math.abs(ms) <= 253_402_300_800_000))
    throw new AppError('bad_request', 'The time lies outside the calendar.')
  // "Previous" means strictly before, so a millisecond is added for a time that is itself a change.
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone)
  const started = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  const ends = at.getTimeZoneTransition('next')
  const stretch: Stretch = {
    from: started?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: ends?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: at.offsetNanoseconds / 1e6,
  }
  stretches.splice(countStarted(stretches, stretch.from), 0, stretch)
  return stretch
}
