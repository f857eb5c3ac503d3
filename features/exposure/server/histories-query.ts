import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { Query, ReportGround } from '../../reports/server/reads.ts'
import { isHappening, type Outcome } from '../vocabulary.ts'

/** With what chance a person with the outcome in the period is taken, and one without it. */
export interface DrawChances {
  with: number
  without: number
}

export interface HistoriesPlan {
  shop: number
  timeZone: string
  touchpoint: string
  outcome: Outcome
  /** Days of the shop, half-open: what is read, and in which of them the outcome is looked for. */
  read: { from: number; to: number }
  asked: { from: number; to: number }
  /** Moments of what is read, ms since 1970. */
  moments: { from: number; to: number }
  /** Of all persons, the share that is read at all. */
  share: number
  chances: DrawChances
  whom: ReportGround['persons']
}

/** Events that only measure or only say something are no contacts. */
const NO_CONTACTS = ['Standard Measured', 'Page Measured', 'Feedback Given']
const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')"

/** An event's name as the orders room reads it. */
const STEP = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"
const IS_NPS = "(name = 'Feedback Given' AND JSONExtractString(properties, 'kind') = 'nps')"
/** On a scale of 0 … 10, whatever the scale it was asked on. */
const NPS = `if(${IS_NPS}, JSONExtract(properties, 'score', 'Nullable(Float64)') * 10 / ifNull(nullIf(JSONExtract(properties, 'scale_max', 'Nullable(Float64)'), 0), 10), NULL)`

/**
 * A row for each drawn person: the days on which something of them was recorded. Persons with the outcome and without it
 * are drawn apart, each by the same lot whenever it is asked. Nothing is sorted: a chance needs no ranks.
 */
export function historiesQuery(plan: HistoriesPlan): Query {
  const { join, person } = personsJoin()
  const whom = plan.whom(person)
  const lot = plan.share < 1 ? `cityHash64(${person}, 'exposure') % 1000000 < {share:UInt32}` : '1'
  const happens = isHappening(plan.outcome)
  const has = happens
    ? 'arrayExists(o -> o.2 >= {asked_from:Int32} AND o.2 < {asked_to:Int32}, orders)'
    : 'arrayExists(d -> d.4 > 0 AND d.1 >= {asked_from:Int32} AND d.1 < {asked_to:Int32}, days)'
  return {
    sql: `SELECT ${person} AS person, max(e.known OR links.person != ${NOBODY}) AS known,
  argMinIf(e.channel, e.first, e.seen + e.other > 0) AS channel, max(e.phone) AS phone, sum(e.seen + e.other) AS contacts,
  groupArray((e.day, e.seen, e.other, e.marks, e.sum)) AS days, groupArrayArray(e.orders) AS orders, toUInt8(${has}) AS has
FROM (${identityDaysSql(plan.outcome)}) AS e ${join}
WHERE ${whom.sql} AND ${lot}
GROUP BY person HAVING contacts > 0 AND cityHash64(person) % 1000000 < if(has, {chance_with:UInt32}, {chance_without:UInt32})${happens ? '' : ' AND has'}`,
    params: {
      shop: plan.shop,
      from: plan.moments.from,
      to: plan.moments.to,
      zone: plan.timeZone,
      touchpoint: plan.touchpoint,
      no_contacts: NO_CONTACTS,
      asked_from: plan.asked.from,
      asked_to: plan.asked.to,
      chance_with: Math.ceil(plan.chances.with * 1e6),
      chance_without: Math.ceil(plan.chances.without * 1e6),
      ...(happens && { placed: listEventNames(['placed']) }),
      ...(plan.share < 1 && { share: Math.max(1, Math.round(plan.share * 1e6)) }),
      ...whom.params,
    },
  }
}

/** Identities by day: far fewer rows than events for the join to look up. */
function identityDaysSql(outcome: Outcome): string {
  const happens = isHappening(outcome)
  const mark = outcome === 'recommendation' ? NPS : 'valence'
  const orders = happens
    ? "groupUniqArrayIf((if(order_id = '', 0, toInt64(cityHash64(order_id) % 4294967295) + 1), day), is_order)"
    : 'emptyArray()'
  return `SELECT identity, day, max(identity_kind != 'anonymous') AS known, sum(is_seen) AS seen, sum(others) AS other,
  ${happens ? '0' : 'countIf(isNotNull(mark))'} AS marks, ${happens ? '0.' : 'sumIf(assumeNotNull(mark), isNotNull(mark))'} AS sum,
  max(device = 'phone') AS phone, minIf(ts, is_contact) AS first, argMinIf(way, ts, is_contact) AS channel,
  ${happens ? orders : "CAST([], 'Array(Tuple(Int64, Int32))')"} AS orders
FROM (
SELECT identity, identity_kind, ts, device, channel AS way, toInt32(toDate(ts, {zone:String})) AS day,
  ${happens ? `order_id, ${STEP} IN {placed:Array(String)} AS is_order` : `${mark} AS mark`},
  (arrival != '' OR touchpoint != '') AND name NOT IN {no_contacts:Array(String)} AS is_contact,
  is_contact AND (touchpoint = {touchpoint:String} OR arrival = {touchpoint:String}) AS is_seen,
  is_contact * ((touchpoint NOT IN ('', {touchpoint:String})) + (arrival NOT IN ('', {touchpoint:String}))) AS others
FROM events FINAL
WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
  AND (is_contact OR ${happens ? 'is_order' : 'isNotNull(mark)'})
)
GROUP BY identity, day`
}

/**
 * About how many identities there are, how many persons of those asked for, and how many of them with the outcome, from
 * the store's sketches: how many must be left out. No FINAL: chances need no exact counts, weights follow the chances.
 */
export function sizeQuery({ shop, outcome, moments, askedFrom, whom }: SizeQuestion): Query {
  const { join, person } = personsJoin()
  const kept = whom(person)
  // Of everybody identities are near enough, and spare the join.
  const isAll = kept.sql === '1'
  const counted = isAll ? 'e.identity' : person
  const condition = {
    ...{ order: `${STEP} IN {placed:Array(String)}`, repeat: `${STEP} IN {placed:Array(String)}` },
    ...{ attitude: 'isNotNull(valence)', recommendation: "name = 'Feedback Given'" },
  }[outcome]
  return {
    sql: `SELECT uniqCombined(e.identity) AS identities, uniqCombinedIf(${counted}, ${kept.sql}) AS persons,
  uniqCombinedIf(${counted}, ${kept.sql} AND ts >= fromUnixTimestamp64Milli({asked_from:Int64}) AND ${condition}) AS having
FROM events AS e ${isAll ? '' : join}
WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})`,
    params: { ...kept.params, shop, ...moments, asked_from: askedFrom, placed: listEventNames(['placed']) },
  }
}

type SizeQuestion = Pick<HistoriesPlan, 'shop' | 'outcome' | 'moments' | 'whom'> & { askedFrom: number }
