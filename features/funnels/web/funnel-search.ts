import { dropEmpty, type ReportSearch, readReportSearch, toReportQuery } from '../../reports/web/parts.ts'
import type { FunnelStep } from '../contract.ts'
import {
  DEFAULT_WINDOW_DAYS,
  MAX_WINDOW_DAYS,
  STEP_ORDERS,
  type StepOrder,
  UNITS,
  type Unit,
} from '../vocabulary.ts'

/** Days; an hour is a 24th. */
export const WINDOWS = [1 / 24, 1, 7, 30, 90] as const

/** Whose list lies open behind the report. */
export interface OpenList {
  /** The step's place, from 1. */
  step: number
  kind: 'reached' | 'left'
  /** Of one value of the breakdown; of all values but those shown. */
  group?: string
  isRest?: boolean
  isOther?: boolean
  /** Of those who had something in the cart, which is a way of its own. */
  isCart?: boolean
}

export interface FunnelSearch extends ReportSearch {
  order?: StepOrder
  window?: number
  per?: Unit
  by?: string
  steps?: FunnelStep[]
  list?: OpenList
}

const oneOf = <T>(value: unknown, values: readonly T[]): T | undefined => values.find((one) => one === value)

/** Looks enough like a step to be shown; whether it makes sense the server says, in words. */
function isStep(value: unknown): value is FunnelStep {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).every(([key, one]) =>
    key === 'where' ? typeof one === 'object' && one !== null : ['string', 'boolean'].includes(typeof one),
  )
}

function readList(raw: unknown): OpenList | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const { step, kind, group, isRest, isOther, isCart } = raw as Record<string, unknown>
  if (!Number.isInteger(step) || (step as number) < 1 || (step as number) > 64) return undefined
  return {
    step: step as number,
    kind: oneOf(kind, ['reached', 'left'] as const) ?? 'reached',
    ...(typeof group === 'string' && { group }),
    ...(isRest === true && { isRest }),
    ...(isOther === true && { isOther }),
    ...(isCart === true && { isCart }),
  }
}

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): FunnelSearch {
  const window = typeof raw.window === 'number' && raw.window > 0 && raw.window <= MAX_WINDOW_DAYS
  return dropEmpty<FunnelSearch>({
    ...readReportSearch(raw),
    order: oneOf(raw.order, STEP_ORDERS),
    window: window ? (raw.window as number) : undefined,
    per: oneOf(raw.per, UNITS),
    by: typeof raw.by === 'string' && raw.by.length <= 200 ? raw.by : undefined,
    steps: Array.isArray(raw.steps) && raw.steps.every(isStep) ? raw.steps : undefined,
    list: readList(raw.list),
  })
}

/** The question as the server takes it. */
export function toQuery(search: FunnelSearch, now: Date, zone: string) {
  const { order, window, per, by, steps } = search
  return {
    ...toReportQuery(search, now, zone),
    order,
    window: window === DEFAULT_WINDOW_DAYS ? undefined : window,
    per,
    by,
    steps: steps && JSON.stringify(steps),
  }
}
