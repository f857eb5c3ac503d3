import type { Clickhouse } from '../clickhouse.ts'
import type { Log } from '../log.ts'
import { formatTime } from './encode-rows.ts'
import type { EventRow, RejectRow } from './event-row.ts'

export type IngestOutcome = 'accepted' | 'duplicate' | 'rejected' | 'dropped'

/** Counts of what arrived, by hour. Gathered in memory and written every second or two: a crash may lose a second of counts, never an event. */
export interface IngestCounts {
  add(shop: number, source: number, outcome: IngestOutcome, reason: string, n: number): void
  addAll(events: EventRow[], rejects: RejectRow[], duplicates: number): void
  write(): Promise<void>
  close(): Promise<void>
}

const WRITE_EVERY_MS = 1_500
const HOUR_MS = 3_600_000

export function createIngestCounts(clickhouse: Clickhouse, log: Log, now: () => number): IngestCounts {
  let counts = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  function add(shop: number, source: number, outcome: IngestOutcome, reason: string, n: number): void {
    if (n === 0) return
    const key = JSON.stringify([shop, source, Math.floor(now() / HOUR_MS) * HOUR_MS, outcome, reason])
    counts.set(key, (counts.get(key) ?? 0) + n)
    timer ??= setTimeout(() => void write(), WRITE_EVERY_MS).unref()
  }

  async function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const writing = counts
    counts = new Map()
    const rows = [...writing].map(([key, n]) => {
      const [shop, source, hour, outcome, reason] = JSON.parse(key) as [
        number,
        number,
        number,
        string,
        string,
      ]
      return { shop, source, hour: formatTime(hour).slice(0, 19), outcome, reason, n }
    })
    try {
      await clickhouse.insert('ingest_counts', rows)
    } catch (error) {
      log.warn({ err: error }, 'counts could not be written; they will be written with the next ones')
      for (const [key, n] of writing) counts.set(key, (counts.get(key) ?? 0) + n)
    }
  }

  return {
    add,
    addAll(events, rejects, duplicates) {
      const first = events[0]
      if (first) {
        add(first.shop, first.source, 'accepted', '', events.length - duplicates)
        add(first.shop, first.source, 'duplicate', '', duplicates)
      }
      for (const row of rejects) add(row.shop, row.source, 'rejected', row.reason, 1)
    },
    write,
    close: write,
  }
}
