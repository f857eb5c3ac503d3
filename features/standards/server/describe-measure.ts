import type { WaitingMeasure } from './measure-store.ts'

/** The properties of a completing event; one that is withdrawn belongs to no touchpoint and measures nothing. */
export function describeMeasure(measured: WaitingMeasure): Record<string, unknown> {
  const { touchpoint, measure, value, subject, order, detail } = measured
  if (value === null) return { withdrawn: measure, of: subject }
  const properties: Record<string, unknown> = { touchpoint, measure, value, [measure]: value, of: subject }
  if (order !== '') properties.order_id = order
  return { ...detail, ...properties }
}
