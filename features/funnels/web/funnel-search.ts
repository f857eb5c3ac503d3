import { dayOf } from '../../../web/calendar-day.ts'
import type { FunnelStep } from '../contract.ts'
import { DEFAULT_WINDOW_DAYS, STEP_ORDERS, type StepOrder, UNITS, type Unit } from '../vocabulary.ts'

export const PERIODS = [7, 30, 90, 365] as const
/** Days; an hour is a 24th. */
export const WINDOWS = [1 / 24, 1, 7, 30, 90] as const
export const BREAKDOWNS = [
  'device',
  'channel',
  'arrival',
  'utm_source',
  'utm_campaign',
  'traits.city',
] as const
export type BreakdownKey = (typeof BREAKDOWNS)[number]

/** What the address says: the question, and whose list lies open. */
export interface FunnelSearch {
  days?: (typeof PERIODS)[number]
  order?: StepOrder
  window?: number
  per?: Unit
  segment?: number
  by?: BreakdownKey
  steps?: FunnelStep[]
  step?: number
  kind?: 'reached' | 'left'
}

const DAY_MS = 86_400_000
const oneOf = <T>(value: unknown, values: readonly T[]): T | undefined => values.find((one) => one === value)
const isWhole = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0

/** Looks enough like a step to be shown; whether it makes sense the server says, in words. */
function isStep(value: unknown): value is FunnelStep {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).every(([key, one]) =>
    key === 'where' ? typeof one === 'object' && one !== null : ['string', 'boolean'].includes(typeof one),
  )
}

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): FunnelSearch {
  const step = isWhole(raw.step) && raw.step <= 64 ? raw.step : undefined
  return dropEmpty({
    days: oneOf(raw.days, PERIODS),
    order: oneOf(raw.order, STEP_ORDERS),
    window: WINDOWS.find((days) => Math.abs(days - Number(raw.window)) < 1e-6),
    per: oneOf(raw.per, UNITS),
    segment: isWhole(raw.segment) ? raw.segment : undefined,
    by: oneOf(raw.by, BREAKDOWNS),
    steps: Array.isArray(raw.steps) && raw.steps.every(isStep) ? raw.steps : undefined,
    step,
    kind: step === undefined ? undefined : oneOf(raw.kind, ['reached', 'left'] as const),
  })
}

/** The question as the server takes it; the end of the period is exclusive there. */
export function toQuery(search: FunnelSearch, now: Date, zone: string) {
  const { days = 90, order, window, per, segment, by, steps } = search
  const today = Date.parse(`${dayOf(now, zone)}T00:00:00Z`)
  const write = (at: number) => new Date(at).toISOString().slice(0, 10)
  return {
    from: write(today - (days - 1) * DAY_MS),
    to: write(today + DAY_MS),
    order,
    window: window === DEFAULT_WINDOW_DAYS ? undefined : window,
    per,
    segment,
    by,
    steps: steps && JSON.stringify(steps),
  }
}

export function dropEmpty(search: FunnelSearch): FunnelSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
