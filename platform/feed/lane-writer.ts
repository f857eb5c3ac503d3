import { setImmediate as nextTurn, setTimeout as passed } from 'node:timers/promises'
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
import { createRecentMessages, type RecentMessages, warmRecentMessages } from './recent-messages.ts'
import {
  createWaiting,
  createWriteQueue,
  type Waiting,
  type WriteOutcome,
  type WriteQueue,
} from './write-queue.ts'

export type { WriteOutcome }

/**
 * The one way into the history. Rows of many requests are grouped into one insert; one flush is in flight at a time,
 * so that what is visible follows `seq`. A block whose outcome is unknown is repeated, unchanged and under the same
 * deduplication token, until the store answers; meanwhile callers get `store_away`.
 */
export interface LaneWriter {
  readonly lane: number
  /**
   * Resolves when the rows are durable; they belong to the feed from then on, so nobody may change them. Fails with
   * `store_away` when that is not known in time: the caller must send them again.
   */
  write(events: EventRow[], rejects: RejectRow[]): Promise<WriteOutcome>
  onCommit(listener: CommitListener): void
  counts: IngestCounts
  waitingRows(): number
  /** Settled when the filter knows what was recorded before this process began. */
  readonly warmed: Promise<void>
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
  /** How long `close` waits for the store. */
  closeMs?: number
}

const PATIENCE_MS = 6_000
const GATHER_STEP_MS = 2
const MAX_GATHER_MS = 40
const FULL_BLOCK_ROWS = 2_500
const CLOSE_MS = 10_000
/** A store that was silent for so long is away: new requests are told at once. */
const AWAY_AFTER_MS = 1_000

interface Lane {
  options: LaneWriterOptions
  commit: CommitContext
  recent: RecentMessages
  counts: IngestCounts
  queue: WriteQueue
  listeners: CommitListener[]
  stopping: AbortController
  /** The last flush that held events; the next one names it, so that consumers notice a gap. */
  lastEventSeq: number
  /** Since when the store doesn't confirm what it is sent (monotonic ms). */
  awaySince: number
  /** The last block: how much it was, and how long on its way. */
  last: { rows: number; milliseconds: number }
  running: Promise<void> | undefined
  isClosing: boolean
}

export async function openLaneWriter(options: LaneWriterOptions): Promise<LaneWriter> {
  const { clickhouse, log, now } = options
  const number = await announceLane(clickhouse, options.process, options.epoch ?? 1, now())
  const lane = createLane(options, number)
  const warming = warmRecentMessages(clickhouse, lane.recent, now(), lane.stopping.signal).catch((error) => {
    if (!lane.isClosing) log.warn({ err: error }, 'the filter of recent messages starts empty')
  })
  return {
    lane: number,
    counts: lane.counts,
    waitingRows: () => lane.queue.rows,
    warmed: warming,
    onCommit: (listener) => void lane.listeners.push(listener),
    write: (events, rejects) => write(lane, events, rejects),
    async close() {
      await finish(lane)
      await warming
      await lane.counts.close()
    },
  }
}

function createLane(options: LaneWriterOptions, number: number): Lane {
  const { clickhouse, log, now } = options
  const stopping = new AbortController()
  const encoder = createRowEncoder()
  const lane: Lane = {
    options,
    commit: {
      clickhouse,
      log,
      encoder,
      lane: number,
      nextSeq: createClockSequence(now),
      stopping: stopping.signal,
      onAway,
    },
    recent: createRecentMessages(),
    counts: createIngestCounts(clickhouse, log, now),
    queue: createWriteQueue(),
    listeners: [],
    stopping,
    lastEventSeq: 0,
    awaySince: Number.POSITIVE_INFINITY,
    last: { rows: 0, milliseconds: 0 },
    running: undefined,
    isClosing: false,
  }
  function onAway(isAway: boolean): void {
    lane.awaySince = isAway ? Math.min(lane.awaySince, performance.now()) : Number.POSITIVE_INFINITY
  }
  return lane
}

/** Following the clock keeps sequence numbers of all lanes in the order of time, so that indexes can prune by them. */
function createClockSequence(now: () => number): () => number {
  let last = 0
  return () => {
    last = Math.max(last + 1, now())
    return last
  }
}

function write(lane: Lane, events: EventRow[], rejects: RejectRow[]): Promise<WriteOutcome> {
  if (events.length === 0 && rejects.length === 0)
    return Promise.resolve({ recorded: 0, duplicates: 0, refused: [] })
  const obstacle = findObstacle(lane)
  if (obstacle) return Promise.reject(obstacle)
  return new Promise((resolve, reject) => {
    // They get their lane and sequence number before they are written.
    const item = createWaiting(events as FeedEvent[], rejects, resolve, reject)
    const timer = setTimeout(() => loseTrust(lane, item), lane.options.patienceMs ?? PATIENCE_MS).unref()
    item.onSettled = () => clearTimeout(timer)
    lane.queue.push(item)
    lane.running ??= run(lane)
  })
}

function findObstacle(lane: Lane): AppError | undefined {
  if (lane.isClosing) return storeAway('Tropa is shutting down and took nothing.')
  if (performance.now() - lane.awaySince > AWAY_AFTER_MS)
    return storeAway('The event store is away and nothing was taken.')
  return lane.queue.isFull()
    ? storeAway('Too much is waiting to be written, so nothing was taken.')
    : undefined
}

function loseTrust(lane: Lane, item: Waiting): void {
  const fate = lane.queue.remove(item)
    ? 'The event store is busy and nothing was taken.'
    : 'The event store does not answer; these events may be recorded or not.'
  item.reject(storeAway(fate))
}

async function run(lane: Lane): Promise<void> {
  while (lane.queue.requests > 0) {
    await gather(lane)
    const group = lane.queue.take()
    const start = performance.now()
    try {
      await flush(lane, group)
    } catch (error) {
      for (const item of group) item.reject(toStoreError(lane, error))
    }
    lane.last = { rows: countRows(group), milliseconds: performance.now() - start }
  }
  // At once and not when the promise settles: whoever writes in between would wait for nobody.
  lane.running = undefined
}

/**
 * Waits for company, because what an insert costs the engine hardly depends on its size. Clients that waited for the
 * last block come back together: they and those who wait already make one block, unless they stop coming. Otherwise
 * clients would fall into two halves that take turns, with twice the inserts.
 */
async function gather({ queue, last }: Lane): Promise<void> {
  const until = performance.now() + Math.min(last.milliseconds, MAX_GATHER_MS)
  const all = Math.min(queue.rows + last.rows, FULL_BLOCK_ROWS)
  let seen = 0
  while (queue.rows > seen && queue.rows < all && performance.now() < until) {
    seen = queue.rows
    await passed(GATHER_STEP_MS)
  }
}

function countRows(group: readonly Waiting[]): number {
  return group.reduce((sum, item) => sum + item.rows, 0)
}

async function flush(lane: Lane, group: readonly Waiting[]): Promise<void> {
  const { commit, counts } = lane
  const { fresh, repeatsOf } = await withoutRepeats(commit.clickhouse, lane.recent, group)
  // Sorting out and writing down a large block take some ten milliseconds each: others have their turn in between.
  await nextTurn()
  const refused = new Set(await commitEvents(commit, fresh, (block) => handOver(lane, block)))
  const rejects = group.flatMap((item) => item.rejects).concat([...refused].map(toReject))
  const seq = await commitRejects(commit, rejects)
  if (rejects.length > 0)
    tell(lane, { lane: commit.lane, seq, previousSeq: lane.lastEventSeq, events: [], rejects })
  counts.addFlush(fresh, refused, rejects)
  for (const item of group) settle(item, repeatsOf.get(item) ?? 0, refused, counts)
}

function handOver(lane: Lane, { seq, events }: CommittedBlock): void {
  if (events.length === 0) return
  for (const row of events) lane.recent.add(row.message_hash)
  tell(lane, { lane: lane.commit.lane, seq, previousSeq: lane.lastEventSeq, events, rejects: [] })
  lane.lastEventSeq = seq
}

function tell({ listeners, options }: Lane, flush: Parameters<CommitListener>[0]): void {
  for (const listener of listeners) {
    try {
      listener(flush)
    } catch (error) {
      options.log.error({ err: error }, 'a listener of the feed failed')
    }
  }
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

/** Errors of unknown outcome come as `store_away` already; any other came before a row was sent. */
function toStoreError({ options }: Lane, error: unknown): Error {
  if (error instanceof AppError) return error
  options.log.warn({ err: error }, 'a group of requests could not be written')
  return storeAway('The event store is away and nothing was taken.')
}

async function finish(lane: Lane): Promise<void> {
  lane.isClosing = true
  const deadline = setTimeout(() => lane.stopping.abort(), lane.options.closeMs ?? CLOSE_MS)
  await lane.running
  clearTimeout(deadline)
  lane.stopping.abort()
}
