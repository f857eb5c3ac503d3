import { personsJoin } from '../../people/server/reads.ts'
import type { Query } from './compile-segment.ts'

export interface PersonRow {
  id: string
  first_at: number
  last_at: number
}

/** Where a page ends: the person seen last comes first, those of one moment by their id. */
export interface PersonPosition {
  at: number
  id: string
}

const links = personsJoin({ events: 'a', links: 'activity_links' })

/** How many belong, and how many persons there are at all, in one row. */
export function sizeQuery(segment: Query): Query {
  return {
    sql: `SELECT (SELECT count() FROM (${segment.sql})) AS n,
  (SELECT uniqExact(${links.person}) FROM (SELECT DISTINCT identity FROM identity_activity WHERE shop = {shop:UInt32}) AS a ${links.join}) AS of`,
    params: segment.params,
  }
}

/** Persons of a segment, the one seen last first. */
export function personsQuery(segment: Query, after: PersonPosition | undefined, limit: number): Query {
  const later = after
    ? ' HAVING (last_at, id) < (fromUnixTimestamp64Milli({after_at:Int64}), {after_id:String})'
    : ''
  return {
    sql: `SELECT id, toUnixTimestamp64Milli(first_at) AS first_at, toUnixTimestamp64Milli(last_at) AS last_at FROM (
  SELECT toString(${links.person}) AS id, min(a.first_seen) AS first_at, max(a.last_seen) AS last_at
  FROM (
    SELECT identity, min(first_at) AS first_seen, max(last_at) AS last_seen
    FROM identity_activity WHERE shop = {shop:UInt32} GROUP BY identity
  ) AS a ${links.join}
  WHERE ${links.person} IN (${segment.sql})
  GROUP BY id${later}
) ORDER BY last_at DESC, id DESC LIMIT {rows:UInt32}`,
    params: {
      ...segment.params,
      rows: limit,
      ...(after && { after_at: after.at, after_id: after.id }),
    },
  }
}

/** What conditions can be set to. Seldom values are left out. */
export function choicesQuery(shop: number): Query {
  const top = (value: string, where: string, table = 'events') =>
    `(SELECT groupArray(value) FROM (SELECT ${value} AS value, count() AS n FROM ${table} WHERE shop = {shop:UInt32} AND ${where} GROUP BY value ORDER BY n DESC, value LIMIT 200))`
  return {
    sql: `SELECT ${top('name', "kind = 'track' AND name != ''")} AS events,
  ${top('arrayJoin(JSONExtractKeys(traits))', "kind = 'identify'")} AS traits,
  ${top('utm_source', "utm_source != ''")} AS sources,
  ${top('utm_campaign', "utm_campaign != ''")} AS campaigns`,
    params: { shop },
  }
}
