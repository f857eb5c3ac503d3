import type { Clickhouse } from '../clickhouse.ts'
import type { Log } from '../log.ts'
import { formatTime } from './encode-rows.ts'
import type { FeedEvent, RejectRow } from './event-row.ts'

export type IngestOutcome = 'accepted' | 'duplicate' | 'rejected' | 'dropped'

/**
 * Counts of what arrived, by hour. Gathered in memory and written every second or two: a crash may lose a second of
 * counts, never an event.
 */
export interface IngestCounts {
  add(shop: number, source: number, outcome: IngestOutcome, reason: string, n: number): void
  addFlush(events: readonly FeedEvent[], refused: ReadonlySet<FeedEvent>, rejects: readonly RejectRow[]): void
  /** Writes what has been gathered, so that a report that is asked for now is complete. */
  write(): Promise<void>
  close(): Promise<void>
}

interface Count {
  shop: number
  source: number
  hour: number
  outcome: IngestOutcome
  reason: string
  n: number
}

const WRITE_EVERY_MS = 1_500
const HOUR_MS = 3_600_000

export function createIngestCounts(clickhouse: Clickhouse, log: Log, now: () => number): IngestCounts {
  let counts = new Map<string, Count>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function add(shop: number, source: number, outcome: IngestOutcome, reason: string, n: number): void {
    if (n > 0)
      addCount(counts, { shop, source, hour: Math.floor(now() / HOUR_MS) * HOUR_MS, outcome, reason, n })
    timer ??= setTimeout(() => void write(), WRITE_EVERY_MS).unref()
  }

  async function writeNow(): Promise<void> {
    const taken = counts
    counts = new Map()
    const rows = [...taken.values()].map((count) => ({ ...count, hour: formatTime(count.hour).slice(0, 19) }))
    try {
      await clickhouse.insert('ingest_counts', rows)
    } catch (error) {
      log.warn({ err: error }, 'counts could not be written; they will be written with the next ones')
      for (const count of taken.values()) addCount(counts, count)
    }
  }

  function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(writeNow)
    return writing
  }

  return {
    add,
    addFlush(events, refused, rejects) {
      for (const run of findRuns(events, refused)) add(run.shop, run.source, 'accepted', '', run.n)
      for (const row of rejects) add(row.shop, row.source, row.outcome, row.reason, 1)
    },
    write,
    close: write,
  }
}

function addCount(counts: Map<string, Count>, count: Count): void {
  const key = `${count.shop} ${count.source} ${count.hour} ${count.outcome} ${count.reason}`
  const known = counts.get(key)
  if (known) known.n += count.n
  else counts.set(key, { ...count })
}

/** Neighbours of one source, counted together. */
function findRuns(events: readonly FeedEvent[], refused: ReadonlySet<FeedEvent>) {
  const runs: { shop: number; source: number; n: number }[] = []
  let run: { shop: number; source: number; n: number } | undefined
  for (const row of events) {
    if (refused.size > 0 && refused.has(row)) continue
    if (!run || run.shop !== row.shop || run.source !== row.source) {
      run = { shop: row.shop, source: row.source, n: 0 }
      runs.push(run)
    }
    run.n++
  }
  return runs
}
