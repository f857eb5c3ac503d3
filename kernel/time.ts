import { getOffset, toUtc } from './time-zone.ts'

/** A stretch of time in UTC milliseconds, half-open: `from` belongs to it, `to` doesn't. */
export interface TimeRange {
  from: number
  to: number
}

/** A calendar day as the count of days since 1970-01-01, so that a difference of days is a subtraction. */
export type Day = number

export const DAY_MS = 86_400_000

/** What the event store takes as a partition's time: anything outside is a broken clock, not a fact. */
export const STORABLE_TIMES: TimeRange = { from: Date.UTC(2000, 0, 1), to: Date.UTC(2100, 0, 1) }

const DAY_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/

export function isWithin(ms: number, range: TimeRange): boolean {
  return ms >= range.from && ms < range.to
}

/** The nearest millisecond inside the range; what is not a number becomes the start. */
export function clampTime(ms: number, range: TimeRange): number {
  if (!(ms >= range.from)) return range.from
  return ms < range.to ? ms : range.to - 1
}

/** What two ranges share; undefined when they only touch or lie apart. */
export function intersectRanges(a: TimeRange, b: TimeRange): TimeRange | undefined {
  const from = Math.max(a.from, b.from)
  const to = Math.min(a.to, b.to)
  return from < to ? { from, to } : undefined
}

/** The calendar day of an instant where the clock of `zone` hangs. Some tens of nanoseconds a call. */
export function localDay(ms: number, zone: string): Day {
  return Math.floor((ms + getOffset(ms, zone)) / DAY_MS)
}

/** The first instant of a day in a zone: local midnight, or the end of the gap that swallowed it. */
export function startOfDay(day: Day, zone: string): number {
  return toUtc(day * DAY_MS, zone).ms
}

/** From the first instant of one day to the last of another, both included. */
export function dayRange(first: Day, last: Day, zone: string): TimeRange {
  return { from: startOfDay(first, zone), to: startOfDay(last + 1, zone) }
}

/** Calendar days from the day of `a` to the day of `b`; negative when `b` comes first. */
export function daysBetween(a: number, b: number, zone: string): number {
  return localDay(b, zone) - localDay(a, zone)
}

/** `2018-08-15` → day; undefined for anything that is not a day of the calendar. PostgreSQL's has no year 0. */
export function parseDay(text: string): Day | undefined {
  const match = DAY_TEXT.exec(text)
  return match && match[1] !== '0000'
    ? findDay(Number(match[1]), Number(match[2]), Number(match[3]))
    : undefined
}

/** Day → `2018-08-15`. Years 0 to 9999. */
export function formatDay(day: Day): string {
  const { year, month, date } = readDay(day)
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(date)}`
}

/** The day of a date; undefined for the 30th of February and its like. */
export function findDay(year: number, month: number, date: number): Day | undefined {
  if (!(year >= 0 && year <= 9999 && month >= 1 && month <= 12 && date >= 1)) return undefined
  return date <= countDaysOfMonth(year, month) ? toDay(year, month, date) : undefined
}

/** Day → year, month 1–12 and date 1–31 of the Gregorian calendar. */
export function readDay(day: Day): { year: number; month: number; date: number } {
  // Years counted from March, so that the leap day is a year's last; eras of 400 years are alike.
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

function toDay(year: number, month: number, date: number): Day {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function countDaysOfMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
