import type { Measure } from '../contract.ts'

/** One measured standard: what the completing event will say. */
export interface MeasuredStandard {
  shop: number
  touchpoint: string
  measure: Measure
  value: number
  /** What was measured; with the measure it names the fact. */
  subject: string
  /** The time of the contact that it judges. */
  at: number
  identity: string
  /** '' where only the history knows it. */
  identityKind: string
  order: string
  /** What else the event says. */
  detail: Record<string, unknown>
}
