import { setTimeout as passed } from 'node:timers/promises'
import { AppError } from '../../kernel/errors.ts'
import type { Clickhouse } from '../clickhouse.ts'
import type { Log } from '../log.ts'
import {
  type CommitContext,
  type CommittedBlock,
  commitEvents,
  commitRejects,
  storeAway,
} from './commit-block.ts'
import { createRowEncoder } from './encode-rows.ts'
import type { CommittedFlush, EventRow, FeedEvent, RejectRow } from './event-row.ts'
import { withoutRepeats } from './find-repeats.ts'
import { createIngestCounts, type IngestCounts } from './ingest-counts.ts'
import { announceLane } from './lanes.ts'
import { createRecentMessages, warmRecentMessages } from './recent-messages.ts'
import { createWriteQueue, measureBytes, type Waiting, type WriteOutcome } from './write-queue.ts'

export type { WriteOutcome }

/**
 * The one way into the history. Rows of many requests are grouped into one insert; one flush is in flight at a time,
 * so that what is visible follows `seq`. A block whose outcome is unknown is repeated, unchanged and under the same
 * deduplication token, until the store answers; meanwhile callers get `store_away`.
 */
export interface LaneWriter {
  readonly lane: number
  /**
   * Resolves when the rows are durable; from then on they belong to the feed and nobody may change them. Fails with
   * `store_away` when that is not known in time: the caller must send them again.
   */
  write(events: EventRow[], rejects: RejectRow[]): Promise<WriteOutcome>
  onCommit(listener: CommitListener): void
  counts: IngestCounts
  waitingRows(): number
  /** Takes no more rows, finishes those it has, and gives up what the store doesn't answer for. */
  close(): Promise<void>
}

export type CommitListener = (flush: CommittedFlush & { previousSeq: number }) => void

export interface LaneWriterOptions {
  clickhouse: Clickhouse
  log: Log
  now: () => number
  /** A name for the lanes table: host, role and process. */
  process: string
  epoch?: number
  /** How long a request may wait for its rows to be durable. */
  patienceMs?: number
  /** How long the first row of a group waits for company. */
  groupMs?: number
  /** How long `close` waits for the store. */
  closeMs?: number
}

const PATIENCE_MS = 8_000
const GROUP_MS = 2
const CLOSE_MS = 10_000
/** A store that was silent for so long is away: new requests are told at once. */
const AWAY_AFTER_MS = 1_000

export async function openLaneWriter(options: LaneWriterOptions): Promise<LaneWriter> {
  const { clickhouse, log, now } = options
  const lane = await announceLane(clickhouse, options.process, options.epoch ?? 1, now())
  const recent = createRecentMessages()
  const counts = createIngestCounts(clickhouse, log, now)
  const listeners: CommitListener[] = []
  const queue = createWriteQueue()
  const stopping = new AbortController()
  let lastSeq = 0
  let lastEventSeq = 0
  let awaySince = Number.POSITIVE_INFINITY
  let running: Promise<void> | undefined
  let closing = false

  const commit: CommitContext = {
    clickhouse,
    log,
    lane,
    encoder: createRowEncoder(),
    stopping: stopping.signal,
    nextSeq() {
      // Following the clock keeps sequence numbers of all lanes in the order of time, so that indexes can prune by them.
      lastSeq = Math.max(lastSeq + 1, now())
      return lastSeq
    },
    onAway(isAway) {
      awaySince = isAway ? Math.min(awaySince, performance.now()) : Number.POSITIVE_INFINITY
    },
  }

  function handOver(block: CommittedBlock): void {
    if (block.events.length === 0) return
    for (const row of block.events) recent.add(row.message_hash)
    tell({ lane, seq: block.seq, previousSeq: lastEventSeq, events: block.events, rejects: [] })
    lastEventSeq = block.seq
  }

  function tell(flush: Parameters<CommitListener>[0]): void {
    for (const listener of listeners) {
      try {
        listener(flush)
      } catch (error) {
        log.error({ err: error }, 'a listener of the feed failed')
      }
    }
  }

  async function flush(group: readonly Waiting[]): Promise<void> {
    const { fresh, repeatsOf } = await withoutRepeats(clickhouse, recent, group)
    const refused = new Set(await commitEvents(commit, fresh, handOver))
    const rejects = group.flatMap((item) => item.rejects).concat([...refused].map(toReject))
    await commitRejects(commit, rejects)
    if (rejects.length > 0) tell({ lane, seq: lastSeq, previousSeq: lastEventSeq, events: [], rejects })
    counts.addFlush(fresh, refused, rejects)
    for (const item of group) settle(item, repeatsOf.get(item) ?? 0, refused, counts)
  }

  async function run(): Promise<void> {
    while (queue.requests > 0) {
      await passed(options.groupMs ?? GROUP_MS)
      const group = queue.take()
      try {
        await flush(group)
      } catch (error) {
        for (const item of group) item.reject(toStoreError(error, log))
      }
    }
  }

  function enqueue(item: Waiting): void {
    queue.push(item)
    running ??= run().finally(() => {
      running = undefined
    })
  }

  function findObstacle(): AppError | undefined {
    if (closing) return storeAway('Tropa is shutting down and took nothing.')
    if (performance.now() - awaySince > AWAY_AFTER_MS)
      return storeAway('The event store is away and nothing was taken.')
    return queue.isFull() ? storeAway('Too much is waiting to be written, so nothing was taken.') : undefined
  }

  const warming = warmRecentMessages(clickhouse, recent, now(), stopping.signal).catch((error) =>
    log.warn({ err: error }, 'the filter of recent messages starts empty'),
  )

  return {
    lane,
    counts,
    waitingRows: () => queue.rows,
    onCommit: (listener) => void listeners.push(listener),
    write(events, rejects) {
      const obstacle = findObstacle()
      if (obstacle) return Promise.reject(obstacle)
      return new Promise((resolve, reject) => {
        const item = createWaiting(events, rejects, resolve, reject)
        const timer = setTimeout(() => {
          const isQueued = queue.remove(item)
          item.reject(
            storeAway(
              isQueued
                ? 'The event store is busy and nothing was taken.'
                : 'The event store is away; what was on its way may be recorded or not.',
            ),
          )
        }, options.patienceMs ?? PATIENCE_MS).unref()
        item.onSettled = () => clearTimeout(timer)
        enqueue(item)
      })
    },
    async close() {
      closing = true
      const deadline = setTimeout(() => stopping.abort(), options.closeMs ?? CLOSE_MS).unref()
      await running
      clearTimeout(deadline)
      stopping.abort()
      await warming
      await counts.close()
    },
  }
}

function createWaiting(
  rows: EventRow[],
  rejects: RejectRow[],
  resolve: (outcome: WriteOutcome) => void,
  reject: (error: Error) => void,
): Waiting {
  // They get their lane and sequence number before they are written.
  const events = rows as FeedEvent[]
  const item: Waiting = {
    events,
    rejects,
    rows: events.length + rejects.length,
    bytes: measureBytes(events, rejects),
    onSettled: undefined,
    resolve: (outcome) => end(() => resolve(outcome)),
    reject: (error) => end(() => reject(error)),
  }
  let isSettled = false
  function end(answer: () => void): void {
    if (isSettled) return
    isSettled = true
    item.onSettled?.()
    answer()
  }
  return item
}

function settle(
  item: Waiting,
  duplicates: number,
  refused: ReadonlySet<FeedEvent>,
  counts: IngestCounts,
): void {
  const first = item.events[0]
  if (first && duplicates > 0) counts.add(first.shop, first.source, 'duplicate', '', duplicates)
  const lost = refused.size === 0 ? [] : item.events.filter((row) => refused.has(row))
  item.resolve({ recorded: item.events.length - duplicates - lost.length, duplicates, refused: lost })
}

function toReject(row: FeedEvent): RejectRow {
  return {
    shop: row.shop,
    received_at: row.received_at,
    source: row.source,
    reason: 'store_refused',
    detail: `a ${row.kind} event`,
    message_id: row.message_id,
    name: row.name,
    payload: JSON.stringify({ ...row, lane: undefined, seq: undefined }).slice(0, 32_768),
    outcome: 'rejected',
  }
}

/** Before anything was written, a failure of the store means that nothing was taken. */
function toStoreError(error: unknown, log: Log): Error {
  if (error instanceof AppError) return error
  log.warn({ err: error }, 'a group of requests could not be written')
  return storeAway('The event store is away and nothing was taken.')
}
