import type { PersonEvent } from '../../contract.ts'
import type { Query } from '../list/people-query.ts'

export interface EventPosition {
  /** Milliseconds since 1970. */
  at: number
  hash: string
}

export interface EventsQuestion {
  shop: number
  identities: string[]
  /** Half-open; the whole history when absent. */
  from?: number
  to?: number
  name?: string
  after?: EventPosition
  limit: number
}

/** Events of a person, oldest first, after a position. */
export function eventsQuery(columns: string, question: EventsQuestion): Query {
  const { shop, identities, from, to, name, after, limit } = question
  const conditions = [
    'shop = {shop:UInt32}',
    'identity IN {identities:Array(UUID)}',
    from === undefined ? '' : 'ts >= fromUnixTimestamp64Milli({from:Int64})',
    to === undefined ? '' : 'ts < fromUnixTimestamp64Milli({to:Int64})',
    name === undefined ? '' : 'name = {name:String}',
    after === undefined ? '' : '(ts, message_hash) > (fromUnixTimestamp64Milli({at:Int64}), {hash:UUID})',
  ].filter(Boolean)
  return {
    sql: `SELECT ${columns} FROM events AS e FINAL WHERE ${conditions.join(' AND ')} ORDER BY ts, message_hash LIMIT {limit:UInt32}`,
    params: {
      shop,
      identities,
      limit,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(name !== undefined && { name }),
      ...(after && { at: after.at, hash: after.hash }),
    },
  }
}

export const SHORT_COLUMNS =
  'message_id, message_hash, toUnixTimestamp64Milli(e.ts) AS at, kind, name, channel, path, url, identity, properties'

export interface ShortEventRow {
  message_id: string
  message_hash: string
  at: number
  kind: string
  name: string
  channel: string
  path: string
  url: string
  identity: string
  properties: string
}

export function toPersonEvent(row: ShortEventRow): PersonEvent {
  const { message_id, at, kind, name, channel, path, url, identity, properties } = row
  return {
    messageId: message_id,
    at: new Date(at).toISOString(),
    kind,
    name,
    channel,
    path,
    url,
    identity,
    properties: parse(properties),
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text || '{}') as Record<string, unknown>
  } catch {
    return {}
  }
}
