import type { PackedEvent, Says } from './packed.ts'

/** A person as the statement gives them. */
export interface HistoryRow {
  person: string
  /** 1 where they are known by more than a browser. */
  known: number
  events: PackedEvent[]
}

/** What `PackedEvent` says, by name. */
export interface HistoryEvent {
  at: number
  says: Says
  touchpoint: string
  arrival: string
  order: string
  about: string
  measure: string
  measured: number | null
  value: number | null
  texts: readonly string[]
  facts: number
}

/** What is recorded of one person, in the order of time. */
export interface History {
  person: string
  events: HistoryEvent[]
}

/** Of events of the same moment the order is always the same, however the store gives them. */
export function readHistory({ person, events }: Pick<HistoryRow, 'person' | 'events'>): History {
  const sorted = [...events].sort((a, b) => a[0] - b[0] || a[1] - b[1] || compareTexts(a, b))
  return { person, events: sorted.map(readEvent) }
}

function compareTexts(a: PackedEvent, b: PackedEvent): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

function readEvent(packed: PackedEvent): HistoryEvent {
  const [at, says, touchpoint, arrival, order, about, measure, measured, value, texts, facts] = packed
  return { at, says: says as Says, touchpoint, arrival, order, about, measure, measured, value, texts, facts }
}

/** The first text of the list, '' where there is none. */
export const textAt = ({ texts }: HistoryEvent, at: number): string => texts[at] ?? ''

/** `1`, `true` and `yes` mean yes, in whatever letters. */
export const isYes = (text: string): boolean => ['1', 'true', 'yes'].includes(text.toLowerCase())
