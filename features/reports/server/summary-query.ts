import type { TimeRange } from '../../../kernel/time.ts'
import type { PersonsJoin } from '../../people/server/reads.ts'
import { JOURNEY_SILENCE_MS } from './journey-silence.ts'

export interface Query {
  sql: string
  params: Record<string, unknown>
}

/**
 * Events, persons, identities and journeys of a period. Events are folded to a line for each identity and day first, so
 * that persons are looked up for those and not for every event; then to a line for each person and day, so that the
 * silence between two days is known whichever identity spoke.
 */
export function eventsQuery(shop: number, range: Partial<TimeRange>, persons: PersonsJoin): Query {
  const period = [
    range.from === undefined ? '' : ' AND ts >= fromUnixTimestamp64Milli({from:Int64})',
    range.to === undefined ? '' : ' AND ts < fromUnixTimestamp64Milli({to:Int64})',
  ].join('')
  return {
    sql: `SELECT sum(events) AS events, count() AS persons, sum(identities) AS identities, sum(journeys) AS journeys
FROM (
  SELECT person, sum(n) AS events, length(arrayDistinct(arrayFlatten(groupArray(ids)))) AS identities,
    arraySort(groupArray((first, last))) AS days,
    1 + arrayCount((next, before) -> next.1 - before.2 > {silence:Int64}, arrayPopFront(days), arrayPopBack(days)) AS journeys
  FROM (
    SELECT ${persons.person} AS person, e.day AS day, sum(e.n) AS n, groupArray(e.identity) AS ids,
      min(e.first) AS first, max(e.last) AS last
    FROM (
      SELECT identity, intDiv(toUnixTimestamp64Milli(ts), 86400000) AS day, count() AS n,
        min(toUnixTimestamp64Milli(ts)) AS first, max(toUnixTimestamp64Milli(ts)) AS last
      FROM events FINAL WHERE shop = {shop:UInt32}${period}
      GROUP BY identity, day
    ) AS e ${persons.join}
    GROUP BY person, day
  )
  GROUP BY person
)`,
    params: { shop, silence: JOURNEY_SILENCE_MS, ...range },
  }
}

/** What became of what arrived. Counted by hours, so the hour in which the period begins counts whole. */
export function countsQuery(shop: number, range: Partial<TimeRange>): Query {
  const period = [
    range.from === undefined ? '' : ' AND hour >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}))',
    range.to === undefined ? '' : ' AND hour < fromUnixTimestamp64Milli({to:Int64})',
  ].join('')
  return {
    sql: `SELECT outcome, sum(n) AS n FROM ingest_counts WHERE shop = {shop:UInt32}${period} GROUP BY outcome`,
    params: { shop, ...range },
  }
}
