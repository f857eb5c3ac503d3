import { personsJoin } from '../../people/server/reads.ts'
import type { Query } from '../../reports/server/reads.ts'
import {
  FOLLOWED_MS,
  LOOK_BACK_MS,
  type MixPlan,
  OWNED_MS,
  planParams,
  RETURNS_WITHIN_MS,
} from './mix-plan.ts'

/** One order of the period with everything that belongs to its journey. */
export interface OrderRow {
  person: string
  order_id: string
  placed: number
  known: 0 | 1
  /** Bits of the ways of care (vocabulary.ts). */
  mix: number
  said_n: number
  /** −1 … 1, added up. */
  said_sum: number
  asked_n: number
  /** Recommendations, 0 … 10, added up. */
  asked_sum: number
  problem: 0 | 1
  /** Ordered before, within the year before the period or in it. */
  returning: 0 | 1
  category: string
  /** Minor units; 0 in another currency than the shop's. */
  amount: number
  foreign: 0 | 1
  /** Sent and come to an end, and whether that was the customer's taking it. */
  settled: 0 | 1
  bought: 0 | 1
}

const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')"
/** An event's name as the orders room reads it. */
const STEP = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"
/** What a fact adds to an order: moment, ways, said (sum, count), recommendation (sum, count), problem. */
const FACT = 'Tuple(Int64, UInt16, Float64, UInt32, Float64, UInt32, UInt8)'

const CARE = `if(name IN {no_contact:Array(String)}, 0, greatest(
      transform(touchpoint, {fixed:Array(String)}, {fixed_bits:Array(UInt16)}, 0),
      if(touchpoint IN {care:Array(String)} AND touchpoint != '',
        transform(channel, {talks:Array(String)}, {talk_bits:Array(UInt16)}, transform(touchpoint, {care:Array(String)}, {usual:Array(UInt16)}, 0)), 0)))`

/**
 * One row for each order placed in the period. What carries its id belongs to it for 60 days after receipt, whoever
 * sent it; what carries no order's id belongs to the person's next order of the same journey.
 */
export function ordersQuery(plan: MixPlan): Query {
  const { join, person } = personsJoin()
  const mine = plan.persons(person)
  const buyers = buyersSql(plan)
  const everyone = `SELECT ${person} AS person, max(e.known OR links.person != ${NOBODY}) AS known,
    arraySort(groupArrayArray(e.orders)) AS orders, groupArrayArray(e.facts) AS facts, arraySort(groupArrayArray(e.edges)) AS edges
  FROM (
    SELECT identity, known, [(placed, order_id, mix, said_sum, said_n, asked_sum, asked_n, problem, category, amount, foreign, settled, bought)] AS orders,
      []::Array(${FACT}) AS facts, [placed] AS edges
    FROM (${orderFactsSql()})
    UNION ALL
    SELECT identity, 0 AS known, [] AS orders, facts, edges FROM (${contactsSql(buyers.sql)})
  ) AS e ${join}
  WHERE ${mine.sql}
  GROUP BY person HAVING arrayExists(o -> o.1 >= {from:Int64}, orders)`
  return { sql: legsSql(everyone), params: { ...planParams(plan), ...mine.params, ...buyers.params } }
}

/** Every order known by its placing, from a year before the period on, with what carries its id. */
function orderFactsSql(): string {
  const isPlaced = 'step IN {placed_names:Array(String)}'
  const first = (what: string) => `argMinIf(${what}, (ts, message_hash), ${isPlaced})`
  const has = (names: string) => `countIf(step IN {${names}_names:Array(String)}) > 0`
  const own = `arrayFilter(f -> f.1 < if(received > 0, received, placed) + ${OWNED_MS}, facts)`
  return `SELECT order_id, identity, known, placed, category, settled, bought,
    if(foreign, 0, greatest(money.1, 0)) AS amount, money.2 NOT IN ('', {currency:String}) AS foreign,
    arrayReduce('groupBitOr', arrayMap(f -> f.2, own)) AS mix,
    arraySum(f -> f.3, own) AS said_sum, arraySum(f -> f.4, own) AS said_n,
    arraySum(f -> f.5, own) AS asked_sum, arraySum(f -> f.6, own) AS asked_n, arrayExists(f -> f.7 > 0, own) AS problem
  FROM (
    SELECT order_id, ${first('identity')} AS identity, ${first("identity_kind != 'anonymous'")} AS known,
      toUnixTimestamp64Milli(minIf(ts, ${isPlaced})) AS placed, ${first('(ifNull(amount, 0), currency)')} AS money,
      ${first('category')} AS category, toUnixTimestamp64Milli(minIf(ts, step IN {received_names:Array(String)})) AS received,
      ${has('received')} AS bought, bought OR ${has('refused')} OR ${has('cancelled')} AND ${has('shipped')} AS settled,
      groupArrayIf((at, care, said, is_said, asked, is_asked, is_bad)::${FACT}, at >= {from:Int64} - ${LOOK_BACK_MS} AND care + is_said + is_asked + is_bad > 0) AS facts,
      ${own} AS own
    FROM (${ownEventsSql()})
    GROUP BY order_id HAVING countIf(${isPlaced}) > 0
  )
  WHERE placed < {to:Int64}`
}

/** Facts of an event repeat with it, so they are asked for before repeats are merged. */
function ownEventsSql(): string {
  const score = "JSONExtractFloat(properties, 'score')"
  const top = "if(JSONHas(properties, 'scale_max'), JSONExtractFloat(properties, 'scale_max'), 10)"
  const isScore = `JSONType(properties, 'score') IN ('Int64', 'UInt64', 'Double') AND ${score} >= 0 AND ${score} <= ${top} AND ${top} > 0`
  const isFault = `(JSONExtractBool(properties, 'fault') OR multiSearchAnyCaseInsensitiveUTF8(JSONExtractString(properties, 'reason'), {faults:Array(String)}))`
  return `SELECT order_id, identity, identity_kind, ts, message_hash, amount, currency, ${STEP} AS step, toUnixTimestamp64Milli(ts) AS at,
    ${CARE} AS care, ifNull(valence, 0) AS said, valence IS NOT NULL AS is_said,
    name = 'Feedback Given' AND valence IS NULL AND JSONExtractString(properties, 'kind') = 'nps' AND ${isScore} AS is_asked,
    if(is_asked, ${score} * 10 / ${top}, 0) AS asked,
    if(step IN {placed_names:Array(String)}, leftUTF8(trimBoth(JSONExtractString(properties, 'products', 1, 'category')), 80), '') AS category,
    ${isBad()} OR step IN {problem_names:Array(String)} OR touchpoint = 'complaint'
      OR step IN arrayConcat({refused_names:Array(String)}, {returned_names:Array(String)}) AND ${isFault} AS is_bad
  FROM events FINAL
  PREWHERE shop = {shop:UInt32} AND order_id != '' AND ts >= fromUnixTimestamp64Milli({from:Int64} - ${RETURNS_WITHIN_MS})
    AND ts < fromUnixTimestamp64Milli({to:Int64} + ${FOLLOWED_MS})`
}

const isBad = () => "(measure = 'days_late' AND measured > 0 OR measure = 'price_same' AND measured < 1)"

/** Identities of the persons who ordered in the period; others' contacts needn't be read. */
function buyersSql(plan: MixPlan): Query {
  const { join, person } = personsJoin({ links: 'own' })
  const mine = plan.persons(person)
  const all = `SELECT person, groupArray(identity) AS ids FROM identity_links FINAL WHERE shop = {shop:UInt32} AND deleted = 0 GROUP BY person`
  const buyers = `SELECT DISTINCT ${person} AS person FROM (
      SELECT argMin(identity, (ts, message_hash)) AS identity, min(ts) AS placed FROM (
        SELECT order_id, identity, ts, message_hash, ${STEP} AS step FROM events
        PREWHERE shop = {shop:UInt32} AND order_id != '' AND ts >= fromUnixTimestamp64Milli({from:Int64} - ${RETURNS_WITHIN_MS}) AND ts < fromUnixTimestamp64Milli({to:Int64})
        WHERE step IN {placed_names:Array(String)}
      ) GROUP BY order_id HAVING placed >= fromUnixTimestamp64Milli({from:Int64})
    ) AS e ${join} WHERE ${mine.sql}`
  return {
    sql: `(SELECT arrayJoin(arrayPushBack(theirs.ids, b.person)) FROM (${buyers}) AS b LEFT ANY JOIN (${all}) AS theirs ON theirs.person = b.person)`,
    params: mine.params,
  }
}

/** What buyers did that carries no order's id, by days: a day breaks a silence twice at most. */
function contactsSql(buyers: string): string {
  return `SELECT identity,
    groupArrayIf((at, care, said, is_said, 0, 0, is_bad)::${FACT}, order_id = '' AND care + is_said + is_bad > 0) AS facts,
    if(countIf(is_contact) > 0, [minIf(at, is_contact), maxIf(at, is_contact)], []) AS edges
  FROM (
    SELECT identity, order_id, toUnixTimestamp64Milli(ts) AS at, ${CARE} AS care, ifNull(valence, 0) AS said,
      valence IS NOT NULL AS is_said, ${isBad()} AS is_bad,
      (arrival != '' OR touchpoint != '') AND name NOT IN {no_contact:Array(String)} AS is_contact
    FROM events FINAL
    PREWHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64} - ${LOOK_BACK_MS})
      AND ts < fromUnixTimestamp64Milli({to:Int64}) AND identity IN ${buyers}
    WHERE is_contact OR is_said OR is_bad
  )
  GROUP BY identity, intDiv(at, 86400000)`
}

/** Persons → their orders of the period, each with the facts since the order before it and since the journey began. */
function legsSql(everyone: string): string {
  const starts =
    'arrayFilter((at, gap, i) -> i = 1 OR gap > {silence:Int64}, edges, arrayDifference(edges), arrayEnumerate(edges))'
  const before = 'arrayPushFront(arrayPopBack(arrayMap(o -> o.1, orders)), toInt64(-1))'
  const begin = (order: string, last: string) =>
    `greatest(${last} + 1, arrayMax(arrayFilter(s -> s <= ${order}.1, starts)))`
  return `SELECT person, known, o.2 AS order_id, o.1 AS placed,
    bitOr(o.3, arrayReduce('groupBitOr', arrayMap(f -> f.2, leg))) AS mix,
    o.5 + arraySum(f -> f.4, leg) AS said_n, o.4 + arraySum(f -> f.3, leg) AS said_sum,
    o.7 AS asked_n, o.6 AS asked_sum, o.8 OR arrayExists(f -> f.7 > 0, leg) AS problem, one.2 > 1 AS returning,
    o.9 AS category, o.10 AS amount, o.11 AS foreign, o.12 AS settled, o.13 AS bought
  FROM (
    SELECT person, known, one.1 AS o, one, arrayFilter(f -> f.1 >= one.3 AND f.1 <= o.1, facts) AS leg
    FROM (
      SELECT person, known, facts, ${starts} AS starts,
        arrayJoin(arrayFilter(x -> x.1.1 >= {from:Int64}, arrayMap((o, i, last) -> (o, i, ${begin('o', 'last')}), orders, arrayEnumerate(orders), ${before}))) AS one
      FROM (${everyone})
    )
  )`
}
