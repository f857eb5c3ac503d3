import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { GroundSide, Query } from '../../reports/server/reads.ts'
import { isOnSite, SESSION_SILENCE_MS, SITE_EVENTS, visitBeginnings } from './site-visits.ts'
import { orderName } from './step-sql.ts'

/** The event by which a customer's answer to "how many shops did you compare?" arrives. */
export const COMPARED_EVENT = 'Shops Compared'
/** More than that nobody compares: a slip of the pen. */
export const MAX_SHOPS = 100
/** Visits are followed back so far from the order. */
export const LOOK_BACK_MS = 30 * 86_400_000

/** How many persons have this value. */
export interface ChoiceRow {
  value: number
  n: number
  known: number
}

/** −1 stands for answers that are no count, and for orders before which the history isn't long enough. */
export const NO_VALUE = -1

/** Every value with its persons. */
export function spreadQuery({ sql, params }: Query): Query {
  return {
    sql: `SELECT value, count() AS n, countIf(known) AS known FROM (${sql}) GROUP BY value ORDER BY value`,
    params,
  }
}

/** A row (person, at, known, value) for each person who answered in the period: the last thing they said. */
export function comparedQuery(shop: number, side: GroundSide): Query {
  const { join, person } = personsJoin()
  const persons = side.persons(person)
  return {
    sql: `SELECT ${person} AS person, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
  max(e.at) AS at, argMax(e.value, (e.at, e.value)) AS value
FROM (
SELECT identity, toUnixTimestamp64Milli(ts) AS at, identity_kind != 'anonymous' AS known,
  toFloat64OrNull(trim(BOTH '"' FROM JSONExtractRaw(properties, 'count'))) AS said,
  if(said >= 0 AND said <= ${MAX_SHOPS} AND said = floor(said), toInt64(said), ${NO_VALUE}) AS value
FROM events FINAL
WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
  AND kind = 'track' AND name = {compared:String}
) AS e ${join}
WHERE ${persons.sql}
GROUP BY person`,
    params: { shop, ...side.period, compared: COMPARED_EVENT, ...persons.params },
  }
}

/**
 * A row (person, at, known, value) for each person with an order in the period: how many visits of the 30 days before
 * their first one led to it, that of the order included. What led to an order before isn't counted again.
 */
export function visitsQuery(shop: number, side: GroundSide): Query {
  const { join, person } = personsJoin()
  const persons = side.persons(person)
  const { from, to } = side.period
  const placed = `order_id != '' AND ${orderName} IN {placed:Array(String)}`
  const begun = '(SELECT toUnixTimestamp64Milli(min(ts)) FROM events WHERE shop = {shop:UInt32})'
  return {
    sql: `SELECT person, known, {origin:Int64} + ordered.1 AS at,
  if(at - {look_back:Int64} < ${begun}, ${NO_VALUE},
    arrayCount(t -> t > before AND t <= ordered.1 AND t > ordered.1 - {look_back:Int64}, beginnings)::Int64) AS value
FROM (
SELECT person, known, ${visitBeginnings('seen')} AS beginnings,
  arrayFirst(o -> o.1 >= {begin:Int64} AND NOT arrayExists(x -> x.1 < o.1 AND x.2 = o.2, orders), orders) AS ordered,
  arrayLast(o -> o.1 < ordered.1 AND o.2 != ordered.2, orders).1 AS before
FROM (
SELECT ${person} AS person, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
  arraySort(groupArrayIf((e.at, e.order_id), e.is_order)) AS orders, arraySort(groupArrayIf(e.at, e.is_site)) AS seen
FROM (
SELECT identity, toUnixTimestamp64Milli(ts) - {origin:Int64} AS at, order_id, identity_kind != 'anonymous' AS known,
  ${placed} AS is_order, ${isOnSite} AS is_site
FROM events FINAL
WHERE shop = {shop:UInt32} AND ts > fromUnixTimestamp64Milli({origin:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
  AND (is_order OR is_site)
) AS e ${join}
WHERE ${persons.sql}
GROUP BY person HAVING notEmpty(orders)
)
WHERE ordered.1 > 0
)`,
    params: {
      shop,
      to,
      // A visit that begins at the far end is one only if nothing came shortly before.
      origin: from - LOOK_BACK_MS - SESSION_SILENCE_MS - 1,
      begin: LOOK_BACK_MS + SESSION_SILENCE_MS + 1,
      look_back: LOOK_BACK_MS,
      silence: SESSION_SILENCE_MS,
      site_events: SITE_EVENTS,
      placed: listEventNames(['placed']),
      ...persons.params,
    },
  }
}
