import { dayOf } from '../../../web/calendar-day.ts'

export const PERIOD_DAYS = [7, 30, 90, 180, 365] as const
export const DEFAULT_DAYS = 90

/** What the address of every report says; a room adds its own fields. */
export interface ReportSearch {
  /** So many days until today… */
  days?: number
  /** …or calendar days of the shop, both included. */
  from?: string
  to?: string
  segment?: number
  sample?: number
  /** `previous` or `segment:7`. */
  compare?: string
  /** The saved report from which this question was opened. */
  saved?: number
}

const DAY_MS = 86_400_000
const DAY = /^\d{4}-\d{2}-\d{2}$/
const COMPARE = /^(previous|segment:[1-9]\d{0,14})$/
const MAX_DAYS = 8 * 365

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && DAY.test(value) && addDays(value, 0) === value
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readReportSearch(raw: Record<string, unknown>): ReportSearch {
  const { days, from, to, segment, sample, compare, saved } = raw
  const isRange = isDay(from) && isDay(to) && from <= to
  return dropEmpty<ReportSearch>({
    days: !isRange && isCount(days) && days <= MAX_DAYS ? days : undefined,
    from: isRange ? from : undefined,
    to: isRange ? to : undefined,
    segment: isCount(segment) ? segment : undefined,
    sample: typeof sample === 'number' && sample >= 0.0001 && sample < 1 ? sample : undefined,
    compare: typeof compare === 'string' && COMPARE.test(compare) ? compare : undefined,
    saved: isCount(saved) ? saved : undefined,
  })
}

/** The days of the question, the last one included, as the shop's calendar has them now. */
export function findDays(
  { days = DEFAULT_DAYS, from, to }: ReportSearch,
  now: Date,
  zone: string,
): { from: string; to: string } {
  if (from && to) return { from, to }
  const today = dayOf(now, zone)
  return { from: addDays(today, 1 - days), to: today }
}

/** The question as the server takes it: the end is exclusive there. */
export function toReportQuery(search: ReportSearch, now: Date, zone: string) {
  const { from, to } = findDays(search, now, zone)
  const { segment, sample, compare } = search
  return { from, to: addDays(to, 1), segment, sample, compare }
}

/** A calendar day some days later; days know no clock, so UTC does. */
export function addDays(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`) + days * DAY_MS
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10)
}

export function dropEmpty<Search extends object>(search: Search): Search {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(kept) as Search
}
