import { personsJoin } from '../reads.ts'

export interface ListPosition {
  /** Milliseconds since 1970. */
  at: number
  person: string
}

export interface Query {
  sql: string
  params: Record<string, unknown>
}

export interface ActivityRow {
  person: string
  first_at: number
  last_at: number
  /** The identity under which the person was met first. */
  first_identity: string
}

const { join, person } = personsJoin({ events: 'a' })
const ACTIVITY = `SELECT ${person} AS person, a.identity AS identity, a.first_at AS begun, a.last_at AS ended,
  a.known = 1 OR links.person != toUUID('00000000-0000-0000-0000-000000000000') AS known
  FROM identity_activity AS a ${join}`
const COLUMNS = `person, toUnixTimestamp64Milli(min(begun)) AS first_at, toUnixTimestamp64Milli(max(ended)) AS last_at,
  argMin(identity, begun) AS first_identity`

/** Persons by their last contact, newest first, after a position. Reads identities, not events. */
export function recentPeopleQuery(
  shop: number,
  options: { known?: 'known' | 'anonymous'; after?: ListPosition; limit: number },
): Query {
  const { known, after, limit } = options
  const having = [
    known === undefined ? '' : `max(known) = ${known === 'known' ? 1 : 0}`,
    after === undefined ? '' : '(max(ended), person) < (fromUnixTimestamp64Milli({at:Int64}), {after:UUID})',
  ].filter(Boolean)
  return {
    sql: `SELECT ${COLUMNS} FROM (${ACTIVITY} WHERE a.shop = {shop:UInt32}) AS seen
      GROUP BY person ${having.length > 0 ? `HAVING ${having.join(' AND ')}` : ''}
      ORDER BY max(ended) DESC, person DESC LIMIT {limit:UInt32}`,
    params: { shop, limit, ...(after && { at: after.at, after: after.person }) },
  }
}

/** When persons were seen, by their identities; who was never seen is left out. */
export function activityQuery(shop: number, identities: string[]): Query {
  return {
    sql: `SELECT ${COLUMNS} FROM (${ACTIVITY} WHERE a.shop = {shop:UInt32} AND a.identity IN {identities:Array(UUID)}) AS seen
      GROUP BY person`,
    params: { shop, identities },
  }
}

/** The channel of the first event of each identity. */
export function firstChannelQuery(shop: number, identities: string[]): Query {
  return {
    sql: `SELECT identity, argMin(channel, ts) AS channel FROM events
      WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)} GROUP BY identity`,
    params: { shop, identities },
  }
}
