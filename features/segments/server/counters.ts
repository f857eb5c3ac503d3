import type { CheckedFilter } from '../../../kernel/filter/checked.ts'
import { toClickhouse } from '../../../kernel/filter/to-clickhouse.ts'

/** Something that is reckoned of each person in the one pass over the events. */
interface Counter {
  /** Of an identity's events. */
  ofEvents: string
  /** Of a person's identities; `column` is what `ofEvents` gave. */
  ofIdentities: (column: string) => string
}

export interface Counters {
  /** A value as a parameter. Equal values share one. */
  bind(value: unknown, type: string): string
  /** A filter on the event as SQL. */
  filter(filter: CheckedFilter): string
  /**
   * The name under which the person's value can be read. `needs` is the condition of the events that it is reckoned
   * from: without such an event it is zero, or empty.
   */
  add(needs: string, ofEvents: string, ofIdentities: (column: string) => string): string
  readonly params: Record<string, unknown>
  readonly needs: readonly string[]
  /** The columns of both levels. */
  ofEvents(): string[]
  ofIdentities(): string[]
}

/** All names begin with `segment_`, so that the statement fits into others. */
export function createCounters(): Counters {
  const params: Record<string, unknown> = {}
  const names = new Map<string, string>()
  const counters: Counter[] = []
  const needs = new Set<string>()
  let filters = 0
  return {
    params,
    get needs() {
      return [...needs]
    },
    bind(value, type) {
      const key = `${type} ${JSON.stringify(value)}`
      const name = names.get(key) ?? `segment_${names.size + 1}`
      names.set(key, name)
      params[name] = value
      return `{${name}:${type}}`
    },
    filter(filter) {
      const { sql, params: own } = toClickhouse(filter, { prefix: `segment_f${++filters}_` })
      Object.assign(params, own)
      return sql
    },
    add(need, ofEvents, ofIdentities) {
      needs.add(need)
      const known = counters.findIndex(
        (one) => one.ofEvents === ofEvents && one.ofIdentities('') === ofIdentities(''),
      )
      if (known < 0) counters.push({ ofEvents, ofIdentities })
      return `person_${known < 0 ? counters.length : known + 1}`
    },
    ofEvents: () => counters.map((one, index) => `${one.ofEvents} AS events_${index + 1}`),
    ofIdentities: () =>
      counters.map((one, index) => `${one.ofIdentities(`e.events_${index + 1}`)} AS person_${index + 1}`),
  }
}
