import type { TimeRange } from '../../../kernel/time.ts'
import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import { JOURNEY_SILENCE_MS } from '../../reports/server/reads.ts'

export interface Query {
  sql: string
  params: Record<string, unknown>
}

/** What stands for the way by which a visit came. */
export const WAYS = ['channel', 'source', 'campaign', 'touchpoint'] as const
export type Way = (typeof WAYS)[number]

/** Which orders count: all that were placed, or those that the customer also took. */
export const CONVERSIONS = ['ordered', 'bought_out'] as const
export type Conversion = (typeof CONVERSIONS)[number]

export interface PathQuestion {
  shop: number
  /** Orders placed in it, and journeys without an order whose last visit lies in it. Half-open, ms since 1970. */
  period: TimeRange
  /** Money in other currencies is not added up. */
  currency: string
  by: Way
  conversion: Conversion
  /**
   * Of orders that customers took: equal time for all. Only what was taken by `TAKING_MS` after its placing counts, and
   * orders younger than that at `takenBy` are neither orders nor journeys without one.
   */
  takenBy?: number
  /** Persons to keep, as `segmentPersons` of the segments room gives them. */
  segment?: Query
  /** The condition on the person that a report's ground gives. */
  persons?: (person: string) => Query
}

/** A distinct path: what journeys of this sequence of ways brought. '' is the path on which no way was recorded. */
export interface PathRow {
  /** Ways in the order of time, between them `STEP_SEPARATOR`. */
  path: string
  /** Orders, and those of them in another currency than the shop's, which add nothing to `value`. */
  conversions: number
  foreign: number
  /** Minor units. */
  value: number
  /** Journeys without an order. */
  nulls: number
  /** Of all these, those of persons of whom nothing but an anonymous id is known. */
  anonymous: number
  /** By group of persons, four numbers each: the group, and its conversions, value and nulls of this path. */
  parts: number[]
}

/** Persons fall by chance into so many groups, which stand for them when ranges are drawn. */
export const GROUPS = 500

/** Between the ways of a path; in a way itself a space stands for it. */
export const STEP_SEPARATOR = '\u001f'

const DAY_MS = 86_400_000
/** Time in which an order is taken, where two sides must have equally much of it. */
const TAKING_MS = 30 * DAY_MS
/** A journey that ends in the period is followed back so far before its beginning. */
export const LOOK_BACK_MS = 90 * DAY_MS
/** The same way again within so long is the same visit: a page loaded anew. */
export const SAME_VISIT_MS = 30 * 60_000

/** Channels that say how a contact went on, not how a visit came. */
export const NO_WAY = ['', 'site', 'app', 'unknown']

/**
 * The path table: each person's visits and orders in the order of time, cut into journeys by silence; each order takes
 * the ways since the order before it (an order without a new one shares the last), and a journey without an order is a
 * path that brought nothing. Contacts that are no visits only bridge the silence.
 */
export function pathTableQuery(question: PathQuestion): Query {
  const legs = codedLegsQuery(question)
  // Money as a float, since a sum of huge amounts must not turn over.
  return {
    sql: `${legs.names}
SELECT ${nameSteps('codes')} AS path, sum(one.2) AS conversions, sum(strange) AS foreign, sum(one.3) AS value, sum(one.4) AS nulls,
  sum(nameless) AS anonymous, arrayFlatten(arraySort(groupArray([one.1, one.2, one.3, one.4]))) AS parts
FROM (
  SELECT leg.1 AS codes, (toFloat64(cityHash64(person, 'groups') % ${GROUPS}), toFloat64(sum(leg.2)), sum(toFloat64(leg.4)), toFloat64(sum(leg.5))) AS one,
    sum(leg.3) AS strange, sumIf(leg.2 + leg.5, known = 0) AS nameless
  FROM (${legs.sql})
  WHERE leg.2 + leg.5 > 0
  GROUP BY codes, cityHash64(person, 'groups') % ${GROUPS}
)
GROUP BY codes ORDER BY conversions DESC, nulls DESC, path LIMIT {limit:UInt32}`,
    params: { ...legs.params, limit: MAX_PATHS + 1 },
  }
}

/**
 * Rows of `person`, `known` and `leg`: (path, is an order, is one in another currency, value, is a journey without an
 * order, when its last mark was, the order's id). Values of neither kind are legs that ended otherwise.
 */
export function legsQuery(question: PathQuestion): Query {
  const { names, sql, params } = codedLegsQuery(question)
  const told = [2, 3, 4, 5, 6, 7].map((at) => `coded.${at}`).join(', ')
  return {
    sql: `${names} SELECT person, known, (${nameSteps('coded.1')}, ${told}) AS leg FROM (SELECT person, known, leg AS coded FROM (${sql}))`,
    params,
  }
}

/** Legs whose path is an array of the ways' places among `way_names`. */
function codedLegsQuery(question: PathQuestion): Query & { names: string } {
  const { segment } = question
  const { person } = personsJoin()
  const kept = question.persons?.(person)
  const conditions = [...(segment ? [`${person} IN (${segment.sql})`] : []), ...(kept ? [kept.sql] : [])]
  return {
    names: `WITH (${namesSql(question.by)}) AS way_names`,
    sql: legsSql(personsSql(question, conditions)),
    params: {
      shop: question.shop,
      ...question.period,
      currency: question.currency,
      silence: JOURNEY_SILENCE_MS,
      look_back: LOOK_BACK_MS,
      same_visit: SAME_VISIT_MS,
      separator: STEP_SEPARATOR,
      no_way: NO_WAY,
      no_contact: ['Standard Measured', 'Page Measured', 'Feedback Given'],
      placed: listEventNames(['placed']),
      taken: listEventNames(['received']),
      ...(question.takenBy !== undefined && { taken_by: question.takenBy, taking: TAKING_MS }),
      ...segment?.params,
      ...kept?.params,
    },
  }
}

/** Orders in each whole week of the period, counted back from its end: `back` 0 is the last one. */
export function weeklyOrdersQuery(question: Omit<PathQuestion, 'by'>): Query {
  const { join, person } = personsJoin()
  const { params } = legsQuery({ ...question, by: 'channel' })
  const kept = question.persons?.(person)
  return {
    sql: `SELECT intDiv({to:Int64} - 1 - e.order.1, ${7 * DAY_MS}) AS back, count() AS orders
FROM (${ordersSql(question)}) AS e ${join}
WHERE e.order.1 >= {from:Int64} AND back < intDiv({to:Int64} - {from:Int64}, ${7 * DAY_MS})${kept ? ` AND ${kept.sql}` : ''}
GROUP BY back ORDER BY back`,
    params,
  }
}

/** More distinct paths than this are refused. */
export const MAX_PATHS = 1_000_000

/**
 * Inside the store a person's history is an array of numbers, which is what sorts fastest. Each number is a mark:
 *
 *     bits 22–63  milliseconds since 1970
 *     bits 20–21  its kind: at one instant silence is broken, a visit comes, an order is placed
 *     bits  0–19  of a visit the place of its way among the ways' names, of an order its place among the person's orders
 */
const KIND = { contact: 0, visit: 1, order: 2 } as const
const CODES = 2 ** 20
const momentOf = (mark: string) => `toInt64(bitShiftRight(${mark}, 22))`
const kindOf = (mark: string) => `bitAnd(bitShiftRight(${mark}, 20), 3)`
const codeOf = (mark: string) => `bitAnd(${mark}, ${CODES - 1})`
const markOf = (at: string, kind: number, code: string) =>
  `bitShiftLeft(toUInt64(${at}), 22) + ${kind * CODES} + ${code}`

/** A tag may hold anything, so also the separator, which would make two steps of one. */
const nameSteps = (codes: string) =>
  `arrayStringConcat(arrayMap(code -> replaceAll(way_names[code], {separator:String}, ' '), ${codes}), {separator:String})`

const WAY_SQL: Record<Way, string> = {
  channel: "if(channel IN {no_way:Array(String)}, '', channel)",
  source:
    "if(channel IN {no_way:Array(String)}, '', if(utm_source = '', toString(channel), lowerUTF8(trimBoth(utm_source))))",
  // A campaign under the source that ran it, so that two systems' “sale” are two.
  campaign: `if(channel IN {no_way:Array(String)}, '', if(trimBoth(utm_campaign) = '',
      if(utm_source = '', toString(channel), lowerUTF8(trimBoth(utm_source))),
      concat(lowerUTF8(trimBoth(utm_source)), ' / ', lowerUTF8(trimBoth(utm_campaign)))))`,
  touchpoint: 'arrival',
}

const IS_READ = `shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64} - {look_back:Int64})
        AND ts < fromUnixTimestamp64Milli({to:Int64})`
const IS_VISIT = "kind IN ('page', 'screen')"

/** All ways of the period, sorted; the rarest of more than a mark has room for are nameless. No FINAL: repeats add none. */
function namesSql(by: Way): string {
  return `SELECT arraySort(groupUniqArray(${CODES - 2})(toString(${WAY_SQL[by]}))) FROM events WHERE ${IS_READ} AND ${IS_VISIT} AND ${WAY_SQL[by]} != ''`
}

/** A person's marks in the order of time, and their orders by (moment, id, value, whether it counts, whether its money does). */
function personsSql(question: PathQuestion, conditions: readonly string[]): string {
  const { join, person } = personsJoin()
  return `SELECT ${person} AS person, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
      arraySort(groupArrayIf(e.order, e.mark = 0)) AS orders,
      arraySort(arrayConcat(groupArrayIf(e.mark, e.mark > 0), arrayMap((o, place) -> ${markOf('o.1', KIND.order, 'place')}, orders, arrayEnumerate(orders)))) AS marks
    FROM (${visitsSql(question.by)} UNION ALL ${ordersSql(question)}) AS e ${join}
    ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
    GROUP BY person`
}

const ORDER_TYPE = 'Tuple(Int64, String, Int64, UInt8, UInt8)'

function visitsSql(by: Way): string {
  const code = 'transform(way, way_names, arrayMap(i -> toUInt64(i), arrayEnumerate(way_names)), toUInt64(0))'
  return `SELECT identity, identity_kind != 'anonymous' AS known, ${markOf('toUnixTimestamp64Milli(ts)', 0, `if(way = '', 0, ${KIND.visit * CODES} + ${code})`)} AS mark,
      (0, '', 0, 0, 0)::${ORDER_TYPE} AS order
  FROM (
    SELECT identity, identity_kind, ts, if(${IS_VISIT}, toString(${WAY_SQL[by]}), '') AS way
    FROM events FINAL
    WHERE ${IS_READ} AND (way != '' OR (arrival != '' OR touchpoint != '') AND name NOT IN {no_contact:Array(String)})
  )`
}

/** An event's name as the orders room reads it. */
const ORDER_NAME = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"

/** One row for each order, by its first placing; events that repeat it change nothing. */
function ordersSql({ conversion, takenBy }: Pick<PathQuestion, 'conversion' | 'takenBy'>): string {
  const isPlaced = 'step IN {placed:Array(String)}'
  const isTaken = 'step IN {taken:Array(String)}'
  const isTimed = conversion === 'bought_out' && takenBy !== undefined
  const inTime = isTimed ? ` AND toUnixTimestamp64Milli(minIf(ts, ${isTaken})) <= at + {taking:Int64}` : ''
  const isOver = `(is_young OR countIf(${isTaken}) > 0${inTime})`
  return `SELECT identity, known, toUInt64(0) AS mark,
      (at, toString(order_id), if(is_ours, greatest(money.1, 0), 0), at >= {from:Int64} AND NOT is_young, is_ours)::${ORDER_TYPE} AS order
  FROM (
    SELECT order_id, argMinIf(identity, (ts, message_hash), ${isPlaced}) AS identity,
      argMinIf(identity_kind != 'anonymous', (ts, message_hash), ${isPlaced}) AS known,
      toUnixTimestamp64Milli(minIf(ts, ${isPlaced})) AS at,
      argMinIf((ifNull(amount, 0), currency), (ts, message_hash), ${isPlaced}) AS money,
      money.2 IN ('', {currency:String}) AS is_ours, ${isTimed ? 'at + {taking:Int64} > {taken_by:Int64}' : '0'} AS is_young
    FROM (
      SELECT identity, identity_kind, order_id, ts, message_hash, amount, currency, ${ORDER_NAME} AS step FROM events FINAL
      WHERE shop = {shop:UInt32} AND order_id != '' AND ts >= fromUnixTimestamp64Milli({from:Int64} - {look_back:Int64})
        AND (${isTaken} OR ${isPlaced} AND ts < fromUnixTimestamp64Milli({to:Int64}))
    )
    GROUP BY order_id
    HAVING countIf(${isPlaced}) > 0${conversion === 'bought_out' ? ` AND ${isOver}` : ''}
  )`
}

/** Persons' marks → journeys → legs. */
function legsSql(persons: string): string {
  const isOrder = (mark: string) => `${kindOf(mark)} = ${KIND.order}`
  const isVisit = (mark: string) => `${kindOf(mark)} = ${KIND.visit}`
  const before = 'arrayPopBack(arrayPushFront(one, toUInt64(0)))'
  const isOther = `NOT (${codeOf('m')} = ${codeOf('b')} AND ${momentOf('m')} - ${momentOf('b')} < {same_visit:Int64})`
  const ways = `arrayMap(leg -> arrayMap(m -> ${codeOf('m')}, arrayFilter((m, b) -> ${isOther}, arrayFilter(m -> ${isVisit('m')}, leg) AS one, ${before})), legs)`
  const path = 'arrayLast(one -> notEmpty(one), arraySlice(ways, 1, at))'
  const isNull = `length(legs) = 1 AND NOT ${isOrder('leg[-1]')} AND arrayExists(m -> ${isVisit('m')} AND ${momentOf('m')} >= {from:Int64}, leg)`
  const parted = `arraySplit((m, b) -> ${momentOf('m')} - ${momentOf('b')} > {silence:Int64}, marks, arrayPushFront(arrayPopBack(marks), marks[1]))`
  const order = `if(${isOrder('leg[-1]')}, orders[${codeOf('leg[-1]')}], (0, '', 0, 0, 0)::${ORDER_TYPE})`
  return `SELECT person, known, (path, o.4, o.4 AND NOT o.5, if(o.4 = 1, o.3, 0), is_null, ended, o.2) AS leg FROM (
    SELECT person, known, told.1 AS path, told.2 AS o, told.3 AS is_null, told.4 AS ended FROM (
      SELECT person, known, arrayJoin(arrayMap((leg, at) -> (${path}, ${order}, ${isNull}, ${momentOf('leg[-1]')}), legs, arrayEnumerate(legs))) AS told
      FROM (
        SELECT person, known, orders, legs, ${ways} AS ways FROM (
          SELECT person, known, orders, arrayReverseSplit(m -> ${isOrder('m')}, arrayJoin(${parted})) AS legs FROM (${persons})
        )
      )
    )
  )`
}
