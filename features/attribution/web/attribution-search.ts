import { dropEmpty, type ReportSearch, readReportSearch, toReportQuery } from '../../reports/web/parts.ts'
import { type AttributionQuestion, WAYS } from '../contract.ts'

export const CONVERSIONS = ['ordered', 'bought_out'] as const
export const FIGURES = ['share', 'costPerOrder', 'return'] as const
export type Figure = (typeof FIGURES)[number]

/** The models in the order in which they stand on the page. */
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

/** What the address says: what is asked, which model is looked at, and whose orders are open. */
export interface AttributionSearch extends ReportSearch {
  by?: (typeof WAYS)[number]
  conversion?: (typeof CONVERSIONS)[number]
  nulls?: 'without'
  order?: 2
  model?: ModelKey
  /** What stands in the table of all models. */
  show?: Figure
  /** The way whose orders are listed; '-' stands for orders without a known visit. */
  way?: string
}

export const UNKNOWN_WAY = '-'
const MAX_WAY = 600

const oneOf = <T>(value: unknown, values: readonly T[]): T | undefined => values.find((one) => one === value)

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): AttributionSearch {
  const { by, conversion, nulls, order, model, show, way } = raw
  return dropEmpty<AttributionSearch>({
    ...readReportSearch(raw),
    by: oneOf(by, WAYS),
    conversion: oneOf(conversion, CONVERSIONS),
    nulls: nulls === 'without' ? 'without' : undefined,
    order: order === 2 ? 2 : undefined,
    model: oneOf(model, MODEL_KEYS),
    show: oneOf(show, FIGURES),
    way: readWay(way),
  })
}

/** A campaign may be called 2026, which an address holds as a number. */
function readWay(way: unknown): string | undefined {
  const text = typeof way === 'number' ? String(way) : way
  return typeof text === 'string' && text.length <= MAX_WAY ? text : undefined
}

/** The question as the server takes it. */
export function questionOf(search: AttributionSearch, now: Date, zone: string): AttributionQuestion {
  const { by, conversion, nulls, order } = search
  return dropEmpty({ ...toReportQuery(search, now, zone), by, conversion, nulls, order })
}
