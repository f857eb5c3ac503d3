import { personsJoin } from '../../people/server/reads.ts'
import type { GroundSide, Query } from '../../reports/server/reads.ts'
import type { PageKey } from '../vocabulary.ts'
import { isOnSite, SESSION_SILENCE_MS, SITE_EVENTS, visitBeginnings } from './site-visits.ts'

/** Whoever begins another visit within so long has come back. */
export const RETURN_MS = 30 * 86_400_000

/** What a page is called: the template that its measurement names, or the touchpoint that it is. */
const PAGE_SQL: Record<PageKey, string> = {
  template: 'toString(template)',
  touchpoint: `if(${isOnSite} AND name != 'Page Measured', toString(touchpoint), '')`,
}

/** Persons by page: those whose 30 days are over, how many of them came back, and those who still have time. */
export interface ReturnRow {
  page: string
  n: number
  back: number
  known: number
  open: number
}

export function returningQuery(shop: number, side: GroundSide, by: PageKey, now: number): Query {
  const { sql, params } = firstViewsQuery(shop, side, by, now)
  return {
    sql: `SELECT page, countIf(is_over) AS n, countIf(is_over AND is_back) AS back, countIf(is_over AND known) AS known, countIf(NOT is_over) AS open
FROM (${sql}) GROUP BY page ORDER BY n DESC, page LIMIT {pages:UInt32}`,
    params: { ...params, pages: MAX_PAGES },
  }
}

/** So many pages are shown, those that most have seen. */
export const MAX_PAGES = 40

/** Persons who first saw the page in the period and whose 30 days are over: who came back, or who didn't. */
export function returningPersons(
  shop: number,
  side: GroundSide,
  by: PageKey,
  now: number,
  spot: { page: string; isBack: boolean },
): Query {
  const { sql, params } = firstViewsQuery(shop, side, by, now)
  return {
    sql: `SELECT person, at FROM (${sql}) WHERE is_over AND page = {page:String} AND is_back = {is_back:UInt8}`,
    params: { ...params, page: spot.page, is_back: spot.isBack ? 1 : 0 },
  }
}

/** A row (person, known, page, at, is_over, is_back) for each person and page: when they first saw it in the period. */
function firstViewsQuery(shop: number, side: GroundSide, by: PageKey, now: number): Query {
  const { join, person } = personsJoin()
  const persons = side.persons(person)
  const { from, to } = side.period
  return {
    sql: `SELECT person, known, view.1 AS page, {from:Int64} - 1 + view.2 AS at, at + {follow:Int64} <= {now:Int64} AS is_over,
  arrayExists(t -> t > view.2 AND t <= view.2 + {follow:Int64}, beginnings) AS is_back
FROM (
SELECT person, known, ${visitBeginnings('seen')} AS beginnings, arrayJoin(arrayZip(firsts.1, firsts.2)) AS view
FROM (
SELECT ${person} AS person, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
  arraySort(groupArrayIf(e.at, e.is_site)) AS seen,
  minMapIf([e.page], [e.at], e.page != '' AND e.at <= {span:Int64}) AS firsts
FROM (
SELECT identity, toUnixTimestamp64Milli(ts) - {from:Int64} + 1 AS at, identity_kind != 'anonymous' AS known,
  ${PAGE_SQL[by]} AS page, ${isOnSite} AS is_site
FROM events FINAL
WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({until:Int64}) AND is_site
) AS e ${join}
WHERE ${persons.sql}
GROUP BY person
)
)`,
    params: {
      shop,
      from,
      span: to - from,
      until: to + RETURN_MS + 1,
      now,
      follow: RETURN_MS,
      silence: SESSION_SILENCE_MS,
      site_events: SITE_EVENTS,
      ...persons.params,
    },
  }
}
