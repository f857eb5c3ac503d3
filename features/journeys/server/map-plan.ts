import type { TimeRange } from '../../../kernel/time.ts'
import type { RegistryCodes } from './registry-codes.ts'
import type { ReadySegment } from './segment.ts'

/** What is asked of the store: one period, one set of persons, by one registry. */
export interface MapPlan {
  shop: number
  /** Half-open, milliseconds since 1970. */
  period: TimeRange
  segment: ReadySegment
  codes: RegistryCodes
}

export interface Query {
  sql: string
  params: Record<string, unknown>
}

const DAY_MS = 86_400_000
/** An order of which nothing more is heard counts as open for so long. */
export const OPEN_AT_MOST_MS = 60 * DAY_MS
/** After receipt the order still owns what happens for so long. */
export const AFTER_RECEIPT_MS = 60 * DAY_MS
/** So far back the store looks for orders that reach into the period. */
export const LOOK_BACK_MS = OPEN_AT_MOST_MS + AFTER_RECEIPT_MS

/** Measurements of contacts that are recorded as contacts already. */
export const MEASUREMENT_EVENTS = ['Standard Measured', 'Page Measured']
/** What a person says about a touchpoint; a contact of its own only where opinions have their stage. */
export const WORD_EVENT = 'Feedback Given'
/** Measures that judge a promise. */
export const PROMISE_MEASURES = ['days_late', 'price_same']

/** The lines of a period's events; `e` stands for the table where it has to be named. */
export const inPeriod = (column = 'ts') =>
  `${column} >= fromUnixTimestamp64Milli({from:Int64}) AND ${column} < fromUnixTimestamp64Milli({to:Int64})`
