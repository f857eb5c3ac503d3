interface Query {
  sql: string
  params: Record<string, unknown>
}

/** How much was ever taken in and how much was not. Counted by hour already, so it costs nothing. */
export function arrivedQuery(shop: number): Query {
  return {
    sql: `SELECT sumIf(n, outcome = 'accepted') AS accepted, sumIf(n, outcome IN ('rejected', 'dropped')) AS refused
      FROM ingest_counts WHERE shop = {shop:UInt32}`,
    params: { shop },
  }
}

/** The sites from which events came since then, most first. Not FINAL: whether it is the right site is the question. */
export function sitesQuery(shop: number, since: number, limit: number): Query {
  return {
    sql: `SELECT domainWithoutWWW(url) AS domain, count() AS n FROM events
      WHERE shop = {shop:UInt32} AND received_at >= fromUnixTimestamp64Milli({since:Int64}) AND url != ''
      GROUP BY domain HAVING domain != '' ORDER BY n DESC, domain LIMIT {limit:UInt32}`,
    params: { shop, since, limit },
  }
}
