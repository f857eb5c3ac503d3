export interface Query {
  sql: string
  params: Record<string, unknown>
}

/** A row of the list's order: an identity and when it was seen last, ms since 1970. */
export interface SeenRow {
  identity: string
  at: number
}

/**
 * Identities by when they were seen last, newest first, after a position. Not grouped: rows that the store has not
 * merged yet only show an identity again with an older time, and whoever reads them knows the newest.
 */
export function recentIdentitiesQuery(
  shop: number,
  options: { known?: 'known' | 'anonymous'; after?: SeenRow; limit: number },
): Query {
  const { known, after, limit } = options
  const linked =
    'identity IN (SELECT identity FROM identity_links FINAL WHERE shop = {shop:UInt32} AND deleted = 0)'
  const conditions = [
    'shop = {shop:UInt32}',
    known === 'known' ? `(known = 1 OR ${linked})` : known === 'anonymous' ? 'known = 0' : '',
    after === undefined ? '' : '(last_at, identity) < (fromUnixTimestamp64Milli({at:Int64}), {after:UUID})',
  ].filter(Boolean)
  return {
    sql: `SELECT identity, toUnixTimestamp64Milli(last_at) AS at FROM identity_activity
      WHERE ${conditions.join(' AND ')} ORDER BY last_at DESC, identity DESC LIMIT {limit:UInt32}`,
    params: { shop, limit, ...(after && { at: after.at, after: after.identity }) },
  }
}

export interface ActivityRow {
  identity: string
  first_at: number
  last_at: number
}

/** When identities were seen first and last; those that never were are left out. */
export function activityQuery(shop: number, identities: string[]): Query {
  return {
    sql: `SELECT identity, toUnixTimestamp64Milli(min(first_at)) AS first_at, toUnixTimestamp64Milli(max(last_at)) AS last_at
      FROM identity_activity WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)} GROUP BY identity`,
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
