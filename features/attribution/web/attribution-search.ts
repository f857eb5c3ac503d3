import { dayOf } from '../../../web/calendar-day.ts'
import type { AttributionQuestion } from '../contract.ts'

export const PERIODS = ['30', '90', '180', '365'] as const
export const WAYS = ['channel', 'source', 'touchpoint'] as const
export const CONVERSIONS = ['ordered', 'bought_out'] as const
export const MODEL_KEYS = [
  'markov',
  'shapley',
  'first',
  'last',
  'last-non-direct',
  'linear',
  'position',
  'time-decay',
] as const
export type ModelKey = (typeof MODEL_KEYS)[number]

/** What the address says: what is asked, and which model is looked at. */
export type AttributionSearch = {
  period?: (typeof PERIODS)[number]
  /** Calendar days of the shop, both included; they win over `period`. */
  from?: string
  to?: string
  segment?: number
  by?: (typeof WAYS)[number]
  conversion?: (typeof CONVERSIONS)[number]
  nulls?: 'without'
  order?: 2
  model?: ModelKey
}

const DEFAULT_PERIOD = '90'
const DAY_MS = 86_400_000

const oneOf = <T>(value: unknown, values: readonly T[]): T | undefined => values.find((one) => one === value)

const isDay = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`))

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): AttributionSearch {
  const { from, to, segment } = raw
  const isRange = isDay(from) && isDay(to) && from <= to
  return dropEmpty({
    period: isRange ? undefined : oneOf(String(raw.period), PERIODS),
    from: isRange ? from : undefined,
    to: isRange ? to : undefined,
    segment: Number.isSafeInteger(segment) && Number(segment) > 0 ? Number(segment) : undefined,
    by: oneOf(raw.by, WAYS),
    conversion: oneOf(raw.conversion, CONVERSIONS),
    nulls: raw.nulls === 'without' ? 'without' : undefined,
    order: raw.order === 2 ? 2 : undefined,
    model: oneOf(raw.model, MODEL_KEYS),
  })
}

export const dropEmpty = (search: AttributionSearch): AttributionSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The days of the period as the shop's calendar has them now, the last one included. */
export function daysOf(search: AttributionSearch, now: Date, zone: string): { from: string; to: string } {
  if (search.from && search.to) return { from: search.from, to: search.to }
  const today = dayOf(now, zone)
  return { from: addDays(today, 1 - Number(search.period ?? DEFAULT_PERIOD)), to: today }
}

/** The question as the server takes it: the end is exclusive there. */
export function questionOf(search: AttributionSearch, now: Date, zone: string): AttributionQuestion {
  const { from, to } = daysOf(search, now, zone)
  const { segment, by, conversion, nulls, order } = search
  return dropEmpty({ from, to: addDays(to, 1), segment, by, conversion, nulls, order })
}
