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
  /** The same on every row: persons whose 30 days are over since the first page that they saw, and the known ones. */
  persons: number
  known_persons: number
}

export function returningQuery(shop: number, side: GroundSide, by: PageKey, now: number): Query {
  const { sql, params } = firstViewsQuery(shop, side, by, now)
  return {
    sql: `SELECT page, n, back, known_n AS known, open, sum(firsts) OVER () AS persons, sum(known_firsts) OVER () AS known_persons
FROM (
SELECT page, countIf(is_over) AS n, countIf(is_over AND is_back) AS back, countIf(is_over AND known) AS known_n, countIf(NOT is_over) AS open,
  countIf(is_over AND is_first) AS firsts, countIf(is_over AND is_first AND known) AS known_firsts
FROM (${sql}) GROUP BY page
) ORDER BY n DESC, page LIMIT {pages:UInt32}`,
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

/**
 * Inside the store what a person saw is an array of numbers, which is what sorts fastest: the moment, counted from the
 * period's beginning, above the page's place among the pages' names (0: a page without a name).
 */
const PLACE_BITS = 20
const momentOf = (mark: string) => `toInt64(bitShiftRight(${mark}, ${PLACE_BITS}))`
const placeOf = (mark: string) => `bitAnd(${mark}, ${2 ** PLACE_BITS - 1})`

/** A row (person, known, page, at, is_over, is_back) for each person and page: when they first saw it in the period. */
function firstViewsQuery(shop: number, side: GroundSide, by: PageKey, now: number): Query {
  const { join, person } = personsJoin()
  const persons = side.persons(person)
  const { from, to } = side.period
  const read = `shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({until:Int64})`
  const place =
    'transform(page, page_names, arrayMap(i -> toUInt64(i), arrayEnumerate(page_names)), toUInt64(0))'
  const firsts = `arrayMap(p -> arrayFirst(m -> ${placeOf('m')} = p, marks), arrayDistinct(arrayFilter(p -> p > 0, arrayMap(m -> ${placeOf('m')}, marks))))`
  // Names are read without FINAL: an event that repeats has no other page.
  return {
    sql: `WITH (SELECT arraySort(groupUniqArray(${2 ** PLACE_BITS - 1})(${PAGE_SQL[by]} AS named)) FROM events WHERE ${read} AND ${isOnSite} AND named != '') AS page_names
SELECT person, known, page_names[${placeOf('view')}] AS page, ${momentOf('view')} AS seen_at, {from:Int64} - 1 + seen_at AS at,
  at + {follow:Int64} <= {now:Int64} AS is_over, arrayExists(t -> t > seen_at AND t <= seen_at + {follow:Int64}, beginnings) AS is_back, view = views[1] AS is_first
FROM (
SELECT person, known, ${visitBeginnings('seen')} AS beginnings, arrayFilter(m -> ${momentOf('m')} <= {span:Int64}, ${firsts}) AS views, arrayJoin(views) AS view
FROM (
SELECT ${person} AS person, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
  arraySort(groupArray(e.mark)) AS marks, arrayMap(m -> ${momentOf('m')}, marks) AS seen
FROM (
SELECT identity, identity_kind != 'anonymous' AS known, ${PAGE_SQL[by]} AS page,
  bitShiftLeft(toUInt64(toUnixTimestamp64Milli(ts) - {from:Int64} + 1), ${PLACE_BITS}) + if(page = '', 0, ${place}) AS mark
FROM events FINAL
WHERE ${read} AND ${isOnSite}
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
