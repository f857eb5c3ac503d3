import { setTimeout as passed } from 'node:timers/promises'
import { ClickHouseError } from '@clickhouse/client'
import { AppError } from '../../kernel/errors.ts'
import type { Clickhouse } from '../clickhouse.ts'
import type { Log } from '../log.ts'
import { ROW_FORMAT, type RowEncoder } from './encode-rows.ts'
import { type FeedEvent, type RejectRow, STORED_COLUMNS, STORED_REJECT_COLUMNS } from './event-row.ts'

const MIN_WAIT_MS = 50
const MAX_WAIT_MS = 2_000

/** What the engine says of rows that it will never take; everything else it may say can pass. */
const ROW_FAULTS: ReadonlySet<string> = new Set([
  '6', // CANNOT_PARSE_TEXT
  '27', // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  '32', // ATTEMPT_TO_READ_AFTER_EOF
  '33', // CANNOT_READ_ALL_DATA
  '53', // TYPE_MISMATCH
  '69', // ARGUMENT_OUT_OF_BOUND
  '70', // CANNOT_CONVERT_TYPE
  '117', // INCORRECT_DATA
  '131', // TOO_LARGE_STRING_SIZE
  '252', // TOO_MANY_PARTS: too many partitions for one block
  '321', // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
  '349', // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
  '407', // DECIMAL_OVERFLOW
  '469', // VIOLATED_CONSTRAINT
])

export interface CommitContext {
  clickhouse: Clickhouse
  log: Log
  encoder: RowEncoder
  lane: number
  nextSeq(): number
  /** Aborted when the process must end: a block whose outcome is unknown is then given up. */
  stopping: AbortSignal
  onAway(isAway: boolean): void
}

export interface CommittedBlock {
  seq: number
  events: FeedEvent[]
}

/**
 * Commits events, one block for each month, and returns those that it will never take. `onCommitted` is called once
 * for each block, in the order of its sequence numbers.
 *
 * An insert becomes visible partition by partition. Whoever follows the lane through the table would take a sequence
 * number whose block is half there for whole, and pass over the rest for good; within one partition it is all or none.
 */
export async function commitEvents(
  context: CommitContext,
  events: readonly FeedEvent[],
  onCommitted: (block: CommittedBlock) => void,
): Promise<FeedEvent[]> {
  const refused: FeedEvent[] = []
  for (const block of splitByMonth(events)) await commitOrHalve(context, block, onCommitted, refused)
  return refused
}

/** A refused block is halved until the row at fault stands alone, so that it takes no other with it. */
async function commitOrHalve(
  context: CommitContext,
  given: readonly FeedEvent[],
  onCommitted: (block: CommittedBlock) => void,
  refused: FeedEvent[],
): Promise<void> {
  const { lane, log } = context
  const seq = context.nextSeq()
  const { rows, body } = await encode(context, given, seq, refused)
  if (rows.length === 0) return
  try {
    await insertUntilKnown(context, 'events', STORED_COLUMNS, body, `${lane}-${seq}`)
    onCommitted({ seq, events: rows })
  } catch (error) {
    if (!isRowFault(error)) throw error
    if (rows.length === 1) {
      log.error({ err: error, messageId: rows[0]?.message_id }, 'the event store refused an event for good')
      refused.push(rows[0] as FeedEvent)
      return
    }
    const middle = rows.length >> 1
    await commitOrHalve(context, rows.slice(0, middle), onCommitted, refused)
    await commitOrHalve(context, rows.slice(middle), onCommitted, refused)
  }
}

/** Bytes of the rows under their sequence number, without those that can't be written down at all. */
async function encode(
  context: CommitContext,
  given: readonly FeedEvent[],
  seq: number,
  refused: FeedEvent[],
) {
  for (const row of given) {
    row.lane = context.lane
    row.seq = seq
  }
  const bad = new Set<FeedEvent>()
  const body = await context.encoder.encodeEvents(given, (row, error) => {
    context.log.error({ err: error, messageId: row.message_id }, 'an event can not be written down')
    bad.add(row)
  })
  refused.push(...bad)
  return { rows: bad.size === 0 ? [...given] : given.filter((row) => !bad.has(row)), body }
}

/** Keeps rejects and returns their sequence number; what even this table can't take is logged and given up. */
export async function commitRejects(context: CommitContext, rows: readonly RejectRow[]): Promise<number> {
  if (rows.length === 0) return 0
  const seq = context.nextSeq()
  const body = context.encoder.encodeRejects(rows, context.lane, seq)
  try {
    await insertUntilKnown(context, 'rejects', STORED_REJECT_COLUMNS, body, `${context.lane}-${seq}`)
  } catch (error) {
    if (!isRowFault(error)) throw error
    context.log.error({ err: error, rows: rows.length }, 'rejects could not be kept')
  }
  return seq
}

/**
 * Sends a block until it is known to be in: a lost answer may mean either, so the same bytes go again under the same
 * token, and the engine drops what it has already. Fails at once only for rows that the engine will never take.
 */
async function insertUntilKnown(
  { clickhouse, log, stopping, onAway }: CommitContext,
  table: string,
  columns: readonly string[],
  body: Buffer,
  deduplicationToken: string,
): Promise<void> {
  if (body.length === 0) return
  for (let wait = MIN_WAIT_MS; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
    try {
      await clickhouse.insertRaw(table, columns, ROW_FORMAT, body, { deduplicationToken, signal: stopping })
      onAway(false)
      return
    } catch (error) {
      if (isRowFault(error)) throw error
      onAway(true)
      if (stopping.aborted) throw storeAway('Tropa is shutting down.')
      log.warn({ err: error, table }, 'the event store did not confirm a block; it is sent again')
      await passed(wait, undefined, { signal: stopping }).catch(() => undefined)
    }
  }
}

function isRowFault(error: unknown): boolean {
  return error instanceof ClickHouseError && ROW_FAULTS.has(error.code)
}

/** `fate` says what is known about the rows. */
export function storeAway(fate: string): AppError {
  return new AppError(
    'store_away',
    `${fate} Send it again: events with a messageId are never counted twice.`,
    {
      retryAfterSeconds: 2,
    },
  )
}

function splitByMonth(rows: readonly FeedEvent[]): Iterable<FeedEvent[]> {
  const blocks = new Map<number, FeedEvent[]>()
  for (const row of rows) {
    const month = monthOf(row.sent_ts)
    const block = blocks.get(month)
    if (block) block.push(row)
    else blocks.set(month, [row])
  }
  return blocks.values()
}

const DAY_MS = 86_400_000
let lastDay = Number.NaN
let lastMonth = 0

/** Rows of one block mostly fall on one day, so the last answer is kept. */
function monthOf(ms: number): number {
  const day = Math.floor(ms / DAY_MS)
  if (day === lastDay) return lastMonth
  const date = new Date(ms)
  lastDay = day
  lastMonth = date.getUTCFullYear() * 12 + date.getUTCMonth()
  return lastMonth
}
