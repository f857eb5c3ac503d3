import { dayOf } from '../../../web/calendar-day.ts'
import type { MapQuestion } from '../contract.ts'
import { SEGMENTS } from '../segments.ts'

export const PERIOD_DAYS = [7, 30, 90, 365] as const
export const PERIOD_MONTHS = ['this_month', 'last_month'] as const
export const LISTS = ['present', 'heard', 'missed', 'kept', 'left'] as const

export type Period = (typeof PERIOD_DAYS)[number] | (typeof PERIOD_MONTHS)[number]
export const TREND_STEPS = ['day', 'week', 'month'] as const
export type TrendStep = (typeof TREND_STEPS)[number]
export type PeopleKind = (typeof LISTS)[number]

/** What the address of the map says: what is asked, and what lies open beside it. */
export type MapSearch = {
  period?: Period
  /** Calendar days of the shop, both included; they win over `period`. */
  from?: string
  to?: string
  segment?: string
  compare?: string
  stage?: string
  touchpoint?: string
  people?: PeopleKind
  table?: boolean
  /** On the page of a stage: the parts of the period. */
  by?: TrendStep
}

export const DEFAULT_PERIOD = 90

const day = /^\d{4}-\d{2}-\d{2}$/
const key = /^[a-z][a-z0-9_:]{0,80}$/

const oneOf = <T>(value: unknown, values: readonly T[]): T | undefined => values.find((one) => one === value)
const matching = (value: unknown, pattern: RegExp) =>
  typeof value === 'string' && pattern.test(value) ? value : undefined

const isDay = (value: string | undefined): value is string =>
  value !== undefined && day.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): MapSearch {
  const from = matching(raw.from, day)
  const to = matching(raw.to, day)
  const isRange = isDay(from) && isDay(to) && from <= to
  const stage = matching(raw.stage, key)
  return dropEmpty({
    period: isRange ? undefined : oneOf(raw.period, [...PERIOD_DAYS, ...PERIOD_MONTHS]),
    from: isRange ? from : undefined,
    to: isRange ? to : undefined,
    segment: matching(raw.segment, key),
    compare: matching(raw.compare, key),
    stage,
    touchpoint: stage && matching(raw.touchpoint, key),
    people: stage ? oneOf(raw.people, LISTS) : undefined,
    table: raw.table === true ? true : undefined,
    by: oneOf(raw.by, TREND_STEPS),
  })
}

export const dropEmpty = (search: MapSearch): MapSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''))

const DAY_MS = 86_400_000

/** A calendar day some days later; days know no clock, so UTC does. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The days of a period, the last one included, as the shop's calendar has them now. */
export function daysOf(search: MapSearch, now: Date, zone: string): { from: string; to: string } {
  if (search.from && search.to) return { from: search.from, to: search.to }
  const today = dayOf(now, zone)
  const period = search.period ?? DEFAULT_PERIOD
  if (typeof period === 'number') return { from: addDays(today, 1 - period), to: today }
  const first = `${today.slice(0, 8)}01`
  if (period === 'this_month') return { from: first, to: today }
  const lastOfBefore = addDays(first, -1)
  return { from: `${lastOfBefore.slice(0, 8)}01`, to: lastOfBefore }
}

/** The question as the server takes it: the end is exclusive there. */
export function questionOf(search: MapSearch, now: Date, zone: string): MapQuestion {
  const { from, to } = daysOf(search, now, zone)
  const { segment, compare } = search
  return {
    from,
    to: addDays(to, 1),
    ...(segment && segment !== 'all' ? { segment } : {}),
    ...(compare ? { compare } : {}),
  }
}

export const isBuiltInSegment = (segment: string): boolean =>
  (SEGMENTS as readonly string[]).includes(segment)
