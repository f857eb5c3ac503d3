import type { Summary } from '../contract.ts'

export interface EventsRow {
  events: number
  persons: number
  identities: number
  journeys: number
}

export interface CountRow {
  outcome: string
  n: number
}

export function toSummary(
  events: EventsRow | undefined,
  counts: readonly CountRow[],
  orders: number,
  lagSeconds: number,
): Summary {
  const count = (outcome: string) => counts.find((row) => row.outcome === outcome)?.n ?? 0
  return {
    events: events?.events ?? 0,
    persons: events?.persons ?? 0,
    identities: events?.identities ?? 0,
    journeys: events?.journeys ?? 0,
    orders,
    rejected: count('rejected'),
    duplicates: count('duplicate'),
    dropped: count('dropped'),
    lagSeconds,
  }
}
