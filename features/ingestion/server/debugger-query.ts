import type { ArrivalQuery, RefusalQuery } from '../debugger-contract.ts'

interface Query {
  sql: string
  params: Record<string, unknown>
}

export interface ArrivalPosition {
  /** Milliseconds since 1970. */
  at: number
  hash: string
}

const COLUMNS = `message_hash, message_id, kind, name, toUnixTimestamp64Milli(ts) AS at,
  toUnixTimestamp64Milli(received_at) AS received, source, channel, identity, identity_kind, user_id, anonymous_id, path, marks`

/** The events received last, newest first, within [since, …). Not FINAL: a repeat shows as the repeat that it is. */
export function arrivalsQuery(
  shop: number,
  { q, kind }: ArrivalQuery,
  since: number,
  after: ArrivalPosition | undefined,
  limit: number,
): Query {
  const conditions = ['shop = {shop:UInt32}', 'received_at >= fromUnixTimestamp64Milli({since:Int64})']
  if (kind !== undefined) conditions.push('kind = {kind:String}')
  if (q)
    conditions.push(
      '(message_id = {q:String} OR user_id = {q:String} OR anonymous_id = {q:String} OR positionCaseInsensitiveUTF8(name, {q:String}) > 0)',
    )
  if (after !== undefined)
    conditions.push(
      'received_at <= fromUnixTimestamp64Milli({at:Int64}) AND (received_at < fromUnixTimestamp64Milli({at:Int64}) OR message_hash < {hash:UUID})',
    )
  return {
    sql: `SELECT ${COLUMNS} FROM events WHERE ${conditions.join(' AND ')}
      ORDER BY events.received_at DESC, message_hash DESC LIMIT {limit:UInt32}`,
    params: { shop, since, kind, q, limit, ...after },
  }
}

/** Events of other processes since the last look, oldest first. */
export function tailQuery(shop: number, lane: number, since: number, limit: number): Query {
  return {
    sql: `SELECT ${COLUMNS} FROM events
      WHERE shop = {shop:UInt32} AND lane != {lane:UInt32} AND received_at > fromUnixTimestamp64Milli({since:Int64})
      ORDER BY events.received_at LIMIT {limit:UInt32}`,
    params: { shop, lane, since, limit },
  }
}

export function eventQuery(shop: number, hash: string): Query {
  return {
    sql: `SELECT *, toUnixTimestamp64Milli(ts) AS at, toUnixTimestamp64Milli(received_at) AS received,
        toUnixTimestamp64Milli(sent_ts) AS sent
      FROM events FINAL WHERE shop = {shop:UInt32} AND message_hash = {hash:UUID} LIMIT 1`,
    params: { shop, hash },
  }
}

export interface RefusalPosition {
  at: number
  /** How many with exactly this time were shown already. */
  shown: number
}

export function refusalsQuery(
  shop: number,
  { reason }: RefusalQuery,
  after: RefusalPosition | undefined,
  limit: number,
): Query {
  const conditions = ['shop = {shop:UInt32}']
  if (reason !== undefined) conditions.push('reason = {reason:String}')
  if (after !== undefined) conditions.push('received_at <= fromUnixTimestamp64Milli({at:Int64})')
  return {
    sql: `SELECT toUnixTimestamp64Milli(received_at) AS received, source, reason, detail, message_id, name, payload
      FROM rejects WHERE ${conditions.join(' AND ')}
      ORDER BY rejects.received_at DESC, message_id, cityHash64(payload) LIMIT {limit:UInt32} OFFSET {shown:UInt32}`,
    params: { shop, reason, limit, shown: after?.shown ?? 0, at: after?.at },
  }
}

export function countsQuery(shop: number, since: number): Query {
  return {
    sql: `SELECT toUnixTimestamp(hour) * 1000 AS at, sumIf(n, outcome = 'accepted') AS accepted,
        sumIf(n, outcome = 'duplicate') AS duplicate, sumIf(n, outcome IN ('rejected', 'dropped')) AS rejected
      FROM ingest_counts WHERE shop = {shop:UInt32} AND hour >= toDateTime({since:UInt32}, 'UTC')
      GROUP BY hour ORDER BY hour`,
    params: { shop, since: Math.floor(since / 1000) },
  }
}

export function reasonsQuery(shop: number, since: number): Query {
  return {
    sql: `SELECT reason, sum(n) AS n FROM ingest_counts
      WHERE shop = {shop:UInt32} AND hour >= toDateTime({since:UInt32}, 'UTC') AND reason != ''
      GROUP BY reason ORDER BY n DESC`,
    params: { shop, since: Math.floor(since / 1000) },
  }
}
