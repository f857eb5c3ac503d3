import { AppError } from '../../kernel/errors.ts'
import { type Clickhouse, isClickhouseAway } from '../clickhouse.ts'
import type { Log } from '../log.ts'
import { encodeEvents, encodeRejects } from './encode-rows.ts'
import {
  type CommittedFlush,
  type EventRow,
  REJECT_COLUMNS,
  type RejectRow,
  STORED_COLUMNS,
} from './event-row.ts'
import { createIngestCounts, type IngestCounts } from './ingest-counts.ts'
import { announceLane } from './lanes.ts'
import { createRecentMessages, type RecentMessages } from './recent-messages.ts'

/** What became of one request's rows once they are durable. */
export interface WriteOutcome {
  recorded: number
  duplicates: number
}

/**
 * The one way into the history. Rows of many requests are grouped into one insert; one flush is in flight at a time,
 * so that what is visible follows `seq`. A block whose outcome is unknown is repeated, unchanged and under the same
 * deduplication token, until the store answers; meanwhile callers get `store_away`.
 */
export interface LaneWriter {
  readonly lane: number
  /** Resolves when the rows are durable. Fails with `store_away` when they may not be: the caller must ask again. */
  write(events: EventRow[], rejects: RejectRow[]): Promise<WriteOutcome>
  onCommit(listener: (flush: CommittedFlush & { previousSeq: number }) => void): void
  counts: IngestCounts
  waitingRows(): number
  close(): Promise<void>
}

interface Waiting {
  events: EventRow[]
  rejects: RejectRow[]
  resolve(outcome: WriteOutcome): void
  reject(error: unknown): void
  settled: boolean
}

export interface LaneWriterOptions {
  clickhouse: Clickhouse
  log: Log
  now: () => number
  /** A name for the lanes table: host, role and process. */
  process: string
  epoch?: number
  /** How long a request may wait for its rows to be durable. */
  patienceMs?: number
  groupMs?: number
}

const MAX_FLUSH_ROWS = 10_000
const MAX_WAITING_ROWS = 60_000
/** The engine refuses an insert that touches more than 100 partitions (months). */
const MAX_FLUSH_MONTHS = 90

export async function openLaneWriter(options: LaneWriterOptions): Promise<LaneWriter> {
  const { clickhouse, log, now } = options
  const lane = await announceLane(clickhouse, options.process, options.epoch ?? 1, now())
  const recent = createRecentMessages()
  const counts = createIngestCounts(clickhouse, log, now)
  const listeners: ((flush: CommittedFlush & { previousSeq: number }) => void)[] = []
  const queue: Waiting[] = []
  let waitingRows = 0
  let lastSeq = 0
  let lastEventSeq = 0
  let running: Promise<void> | undefined
  let closing = false

  function nextSeq(): number {
    // Following the clock keeps sequence numbers of all lanes in the order of time, so that indexes can prune by them.
    lastSeq = Math.max(lastSeq + 1, now())
    return lastSeq
  }

  async function commitBlock(events: EventRow[], rejects: RejectRow[]): Promise<void> {
    const previousSeq = lastEventSeq
    const seq = nextSeq()
    await persist({ clickhouse, log, isClosing: () => closing }, lane, seq, events, rejects)
    for (const row of events) recent.add(row.message_hash)
    if (events.length > 0) lastEventSeq = seq
    const flush = { lane, seq, previousSeq, rejects, events: events.map((row) => ({ ...row, lane, seq })) }
    for (const listener of listeners) listener(flush)
  }

  async function flush(group: Waiting[]): Promise<void> {
    const { fresh, duplicatesOf } = await withoutDuplicates(clickhouse, recent, group)
    const rejects = group.flatMap((item) => item.rejects)
    const refused = new Set<EventRow>()
    for (const [index, block] of splitByMonth(fresh).entries())
      await commitOrBisect(block, index === 0 ? rejects : [], commitBlock, refused, log)
    for (const item of group) settle(item, duplicatesOf.get(item) ?? 0, refused, counts)
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, options.groupMs ?? 2))
      const group = takeGroup(queue)
      waitingRows -= rowsOf(group)
      try {
        await flush(group)
      } catch (error) {
        for (const item of group) fail(item, error)
      }
    }
  }

  return {
    lane,
    counts,
    waitingRows: () => waitingRows,
    onCommit: (listener) => void listeners.push(listener),
    write(events, rejects) {
      if (closing) return Promise.reject(storeAway('Tropa is shutting down.'))
      if (waitingRows > MAX_WAITING_ROWS)
        return Promise.reject(storeAway('Too much is waiting to be written.'))
      return new Promise((resolve, reject) => {
        const item: Waiting = { events, rejects, resolve, reject, settled: false }
        queue.push(item)
        waitingRows += events.length + rejects.length
        const timer = setTimeout(
          () => fail(item, storeAway('The event store is away.')),
          options.patienceMs ?? 10_000,
        )
        timer.unref()
        item.resolve = (outcome) => (clearTimeout(timer), resolve(outcome))
        item.reject = (error) => (clearTimeout(timer), reject(error))
        running ??= run().finally(() => {
          running = undefined
        })
      })
    },
    async close() {
      await running
      closing = true
      await counts.close()
    },
  }
}

function storeAway(why: string): AppError {
  return new AppError('store_away', `${why} Nothing of this request was recorded; send it again.`, {
    retryAfterSeconds: 2,
  })
}

function fail(item: Waiting, error: unknown): void {
  if (item.settled) return
  item.settled = true
  item.reject(error)
}

function settle(item: Waiting, duplicates: number, refused: Set<EventRow>, counts: IngestCounts): void {
  if (item.settled) return
  item.settled = true
  const lost = item.events.filter((row) => refused.has(row))
  if (lost.length > 0) return item.reject(new AppError('internal', 'The event store refused these events.'))
  counts.addAll(item.events, item.rejects, duplicates)
  item.resolve({ recorded: item.events.length - duplicates, duplicates })
}

function rowsOf(group: Waiting[]): number {
  return group.reduce((sum, item) => sum + item.events.length + item.rejects.length, 0)
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let rows = 0
  let take = 0
  while (take < queue.length && (take === 0 || rows < MAX_FLUSH_ROWS)) {
    rows += (queue[take] as Waiting).events.length
    take++
  }
  return queue.splice(0, take)
}

/** Splits off what was recorded before or stands twice in the group; suspicions are confirmed in the store. */
async function withoutDuplicates(clickhouse: Clickhouse, recent: RecentMessages, group: Waiting[]) {
  const suspects = new Map<number, Set<string>>()
  for (const { events } of group)
    for (const row of events)
      if (recent.has(row.message_hash)) {
        const ofShop = suspects.get(row.shop) ?? new Set()
        suspects.set(row.shop, ofShop.add(row.message_hash))
      }
  const seen = await confirmSeen(clickhouse, suspects)
  const fresh: EventRow[] = []
  const duplicatesOf = new Map<Waiting, number>()
  for (const item of group)
    for (const row of item.events) {
      if (seen.has(row.message_hash)) duplicatesOf.set(item, (duplicatesOf.get(item) ?? 0) + 1)
      else {
        seen.add(row.message_hash)
        fresh.push(row)
      }
    }
  return { fresh, duplicatesOf }
}

async function confirmSeen(clickhouse: Clickhouse, suspects: Map<number, Set<string>>): Promise<Set<string>> {
  const seen = new Set<string>()
  for (const [shop, hashes] of suspects) {
    const rows = await clickhouse.query<{ message_hash: string }>(
      'SELECT message_hash FROM message_ids WHERE shop = {shop:UInt32} AND message_hash IN {hashes:Array(UUID)}',
      { params: { shop, hashes: [...hashes] } },
    )
    for (const row of rows) seen.add(row.message_hash)
  }
  return seen
}

function splitByMonth(rows: EventRow[]): EventRow[][] {
  const blocks: EventRow[][] = []
  let block: EventRow[] = []
  let months = new Set<number>()
  for (const row of rows) {
    const date = new Date(row.sent_ts)
    months.add(date.getUTCFullYear() * 12 + date.getUTCMonth())
    if (months.size > MAX_FLUSH_MONTHS) {
      blocks.push(block)
      block = []
      months = new Set([date.getUTCFullYear() * 12 + date.getUTCMonth()])
    }
    block.push(row)
  }
  return [...blocks, block]
}

/** Commits a block; when the store refuses it, halves it until the row at fault stands alone, so that others survive. */
async function commitOrBisect(
  events: EventRow[],
  rejects: RejectRow[],
  commit: (events: EventRow[], rejects: RejectRow[]) => Promise<void>,
  refused: Set<EventRow>,
  log: Log,
): Promise<void> {
  if (events.length === 0 && rejects.length === 0) return
  try {
    await commit(events, rejects)
  } catch (error) {
    if (error instanceof AppError) throw error
    if (events.length === 0) throw error
    if (events.length === 1) {
      log.error({ err: error, messageId: events[0]?.message_id }, 'the event store refused one event')
      refused.add(events[0] as EventRow)
      return commitOrBisect([], rejects, commit, refused, log)
    }
    const middle = events.length >> 1
    await commitOrBisect(events.slice(0, middle), rejects, commit, refused, log)
    await commitOrBisect(events.slice(middle), [], commit, refused, log)
  }
}

interface PersistContext {
  clickhouse: Clickhouse
  log: Log
  isClosing: () => boolean
}

/** Writes one block. While the outcome is unknown the same block is sent again under the same token. */
async function persist(
  context: PersistContext,
  lane: number,
  seq: number,
  events: EventRow[],
  rejects: RejectRow[],
) {
  const token = `${lane}-${seq}`
  if (rejects.length > 0) {
    const body = encodeRejects(rejects, lane, seq)
    await untilKnown(context, () =>
      context.clickhouse.insertRaw(
        'rejects',
        [...REJECT_COLUMNS, 'lane', 'seq'],
        'JSONCompactEachRow',
        body,
        { deduplicationToken: token },
      ),
    )
  }
  if (events.length === 0) return
  const body = encodeEvents(events, lane, seq)
  await untilKnown(context, () =>
    context.clickhouse.insertRaw('events', STORED_COLUMNS, 'JSONCompactEachRow', body, {
      deduplicationToken: token,
    }),
  )
}

async function untilKnown({ log, isClosing }: PersistContext, attempt: () => Promise<void>): Promise<void> {
  for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isClickhouseAway(error) || isClosing()) throw error
      log.warn({ err: error }, 'the event store did not answer; the same block will be sent again')
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
