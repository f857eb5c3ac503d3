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
  /** Persons to keep, as `segmentPersons` of the segments room gives them. */
  segment?: Query
  /** The condition on the person that a report's ground gives. */
  persons?: (person: string) => Query
  /** Whether rows tell how orders' amounts spread. */
  withSquares?: boolean
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
  /** The sum of the squares of the orders' values, when asked for. */
  squares?: number
}

/** No way can hold it: the first separator that text files keep for this. */
export const STEP_SEPARATOR = '\u001f'

const DAY_MS = 86_400_000
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
  // As a float, since a sum of huge amounts must not turn over.
  const squares = question.withSquares ? ', sum(toFloat64(leg.4) * leg.4) AS squares' : ''
  const legs = legsQuery(question)
  return {
    sql: `SELECT leg.1 AS path, sum(leg.2) AS conversions, sum(leg.3) AS foreign, sum(toFloat64(leg.4)) AS value, sum(leg.5) AS nulls,
  sumIf(leg.2 + leg.5, known = 0) AS anonymous${squares}
FROM (${legs.sql})
WHERE leg.2 + leg.5 > 0
GROUP BY path ORDER BY conversions DESC, nulls DESC, path LIMIT {limit:UInt32}`,
    params: { ...legs.params, limit: MAX_PATHS + 1 },
  }
}

/**
 * Rows of `person`, `known` and `leg`: (path, is an order, is one in another currency, value, is a journey without an
 * order, when its last mark was, the order's id). Values of neither kind are legs that ended otherwise.
 */
export function legsQuery(question: PathQuestion): Query {
  const { join, person } = personsJoin()
  const { segment } = question
  const kept = question.persons?.(person)
  const conditions = [...(segment ? [`${person} IN (${segment.sql})`] : []), ...(kept ? [kept.sql] : [])]
  const persons = `SELECT ${person} AS person, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
      arraySort(groupArrayArray(e.marks)) AS marks
    FROM (${visitsSql(question.by)} UNION ALL ${ordersSql(question.conversion)}) AS e ${join}
    ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
    GROUP BY person`
  return {
    sql: legsSql(persons),
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
    sql: `SELECT intDiv({to:Int64} - 1 - e.marks[1].1, ${7 * DAY_MS}) AS back, count() AS orders
FROM (${ordersSql(question.conversion)}) AS e ${join}
WHERE e.marks[1].1 >= {from:Int64} AND back < intDiv({to:Int64} - {from:Int64}, ${7 * DAY_MS})${kept ? ` AND ${kept.sql}` : ''}
GROUP BY back ORDER BY back`,
    params,
  }
}

/** More distinct paths than this are refused. */
export const MAX_PATHS = 1_000_000

/**
 * A mark is (moment, kind, way, value, whether the order counts, whether its money does). Kinds sort what happens at one
 * instant: silence is broken, a visit comes, an order is placed.
 */
const KIND = { contact: 0, visit: 1, order: 2 } as const

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

/** A day of an identity at most breaks a silence twice, so its first and last contact stand for all of them. */
function visitsSql(by: Way): string {
  const contact = (edge: string) => `(${edge}(at), ${KIND.contact}, '', 0, 0, 0)`
  return `SELECT identity, max(identity_kind != 'anonymous') AS known, arrayConcat(
      groupArrayIf((at, ${KIND.visit}, way, 0, 0, 0), way != ''), [${contact('min')}, ${contact('max')}]
    )::Array(Tuple(Int64, UInt8, String, Int64, UInt8, UInt8)) AS marks
  FROM (
    SELECT identity, identity_kind, toUnixTimestamp64Milli(ts) AS at,
      if(kind IN ('page', 'screen'), toString(${WAY_SQL[by]}), '') AS way
    FROM events FINAL
    WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64} - {look_back:Int64})
      AND ts < fromUnixTimestamp64Milli({to:Int64})
      AND (way != '' OR (arrival != '' OR touchpoint != '') AND name NOT IN {no_contact:Array(String)})
  )
  GROUP BY identity, intDiv(at, ${DAY_MS})`
}

/** An event's name as the orders room reads it. */
const ORDER_NAME = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"

/** One row for each order, by its first placing; events that repeat it change nothing. */
function ordersSql(conversion: Conversion): string {
  const isPlaced = 'step IN {placed:Array(String)}'
  return `SELECT identity, known, [(at, ${KIND.order}, toString(order_id), if(is_ours, greatest(money.1, 0), 0), at >= {from:Int64}, is_ours)
    ]::Array(Tuple(Int64, UInt8, String, Int64, UInt8, UInt8)) AS marks
  FROM (
    SELECT order_id, argMinIf(identity, (ts, message_hash), ${isPlaced}) AS identity,
      argMinIf(identity_kind != 'anonymous', (ts, message_hash), ${isPlaced}) AS known,
      toUnixTimestamp64Milli(minIf(ts, ${isPlaced})) AS at,
      argMinIf((ifNull(amount, 0), currency), (ts, message_hash), ${isPlaced}) AS money,
      money.2 IN ('', {currency:String}) AS is_ours
    FROM (
      SELECT identity, identity_kind, order_id, ts, message_hash, amount, currency, ${ORDER_NAME} AS step FROM events FINAL
      WHERE shop = {shop:UInt32} AND order_id != '' AND ts >= fromUnixTimestamp64Milli({from:Int64} - {look_back:Int64})
        AND (step IN {taken:Array(String)} OR ${isPlaced} AND ts < fromUnixTimestamp64Milli({to:Int64}))
    )
    GROUP BY order_id
    HAVING countIf(${isPlaced}) > 0${conversion === 'bought_out' ? ' AND countIf(step IN {taken:Array(String)}) > 0' : ''}
  )`
}

/** Persons' marks → journeys → legs. An order's mark has its id where a visit's has its way. */
function legsSql(persons: string): string {
  const visits = `arrayMap(leg -> arrayFilter(m -> m.2 = ${KIND.visit}, leg), legs)`
  const isOther = 'NOT (m.3 = before.3 AND m.1 - before.1 < {same_visit:Int64})'
  const before = "arraySlice(arrayPushFront(one, (toInt64(-1), 0, '', 0, 0, 0)), 1, length(one))"
  const ways = `arrayMap(one -> arrayMap(m -> m.3, arrayFilter((m, before) -> m.3 != '' AND ${isOther}, one, ${before})), ${visits})`
  const path = 'arrayLast(one -> notEmpty(one), arraySlice(ways, 1, at))'
  const isNull = `length(legs) = 1 AND leg[-1].2 != ${KIND.order} AND arrayExists(m -> m.2 = ${KIND.visit} AND m.1 >= {from:Int64}, leg)`
  return `SELECT person, known, arrayJoin(arrayMap((leg, at) -> (
      arrayStringConcat(${path}, {separator:String}), leg[-1].5, leg[-1].5 AND NOT leg[-1].6, if(leg[-1].5 = 1, leg[-1].4, 0),
      ${isNull}, leg[-1].1, leg[-1].3
    ), legs, arrayEnumerate(legs))) AS leg
  FROM (
    SELECT person, known, legs, ${ways} AS ways FROM (
      SELECT person, known, arrayReverseSplit(m -> m.2 = ${KIND.order}, arrayJoin(arraySplit((m, gap) -> gap > {silence:Int64}, marks,
        arrayMap((m, before) -> m.1 - before, marks, arraySlice(arrayPushFront(arrayMap(m -> m.1, marks), marks[1].1), 1, length(marks)))))) AS legs
      FROM (${persons})
    )
  )`
}
