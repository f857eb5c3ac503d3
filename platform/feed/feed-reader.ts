import type { Clickhouse } from '../clickhouse.ts'
import { EVENT_COLUMNS, type FeedEvent } from './event-row.ts'

const SELECTED = EVENT_COLUMNS.map((column) =>
  column === 'sent_ts' || column === 'ts' || column === 'received_at'
    ? `toUnixTimestamp64Milli(${column}) AS ${column}`
    : column,
).join(', ')

/** The next events of a lane after `seq`, whole flushes only, at least one flush when there is any. */
export async function readLaneAfter(
  clickhouse: Clickhouse,
  lane: number,
  seq: number,
  upTo: number,
  limit = 5_000,
): Promise<FeedEvent[]> {
  const last = await findBoundary(clickhouse, lane, seq, upTo, limit)
  if (last === undefined) return []
  return clickhouse.query<FeedEvent>(
    `SELECT ${SELECTED}, lane, seq FROM events AS e
     WHERE e.lane = {lane:UInt32} AND e.seq > {seq:UInt64} AND e.seq <= {last:UInt64} ORDER BY e.seq, e.ts`,
    { params: { lane, seq, last } },
  )
}

/**
 * The sequence number up to which at most `limit` rows are complete, or one flush where that has more. Of a lane that is
 * millions of flushes behind no more than the next rows are kept in mind.
 */
async function findBoundary(clickhouse: Clickhouse, lane: number, seq: number, upTo: number, limit: number) {
  const flushes = await clickhouse.query<{ seq: number; rows: number }>(
    `SELECT seq, count() AS rows FROM (
       SELECT seq FROM events WHERE lane = {lane:UInt32} AND seq > {seq:UInt64} AND seq <= {upTo:UInt64}
       ORDER BY seq LIMIT {most:UInt32}
     ) GROUP BY seq ORDER BY seq`,
    { params: { lane, seq, upTo, most: limit + 1 } },
  )
  const rows = flushes.reduce((sum, flush) => sum + flush.rows, 0)
  // Past the limit the last flush may go on beyond what was looked at.
  const isCut = rows > limit && flushes.length > 1
  return flushes.at(isCut ? -2 : -1)?.seq
}

/** The newest sequence number of each lane past the given ones: one cheap query for all lanes that are alive. */
export async function findNewHeads(
  clickhouse: Clickhouse,
  after: { lane: number; seq: number }[],
): Promise<Map<number, number>> {
  if (after.length === 0) return new Map()
  const conditions = after.map(({ lane, seq }) => `(lane = ${Math.trunc(lane)} AND seq > ${Math.trunc(seq)})`)
  const rows = await clickhouse.query<{ lane: number; head: number }>(
    `SELECT lane, max(seq) AS head FROM events WHERE ${conditions.join(' OR ')} GROUP BY lane`,
  )
  return new Map(rows.map((row) => [row.lane, row.head]))
}
