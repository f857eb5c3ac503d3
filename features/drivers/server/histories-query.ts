import type { TimeRange } from '../../../kernel/time.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { Query, ReportGround } from '../../reports/server/reads.ts'
import type { DriversSettings } from '../contract.ts'
import type { Outcome } from '../vocabulary.ts'
import { SAYS_BY_NAME } from './units/pack-event.ts'
import { LONGEST_TEXT, SAYS } from './units/packed.ts'

export interface HistoriesPlan {
  shop: number
  /** The shop's; what orders in another one came to isn't known in it. */
  currency: string
  outcome: Outcome
  /** In which somebody must have done what the outcome asks for, and what is read of them. */
  period: TimeRange
  read: TimeRange
  facts: DriversSettings['facts']
  /** Of all persons, the share that is read. */
  share: number
  whom: ReportGround['persons']
}

/** An event's name, lower case, words separated by one space. */
const NAME = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"
const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')"
const SAYS_SQL = `transform(${NAME}, {said:Array(String)}, {says:Array(UInt8)}, toUInt8(0))`

const cut = (sql: string) => `substringUTF8(${sql}, 1, ${LONGEST_TEXT})`
/** Numbers and yes or no are texts too; a thing that isn't there is none. */
const rawText = (path: string) =>
  `if(JSONType(properties, ${path}) IN ('Array', 'Object', 'Null'), '', JSONExtract(properties, ${path}, 'String'))`
const textOf = (path: string) => cut(rawText(path))
const property = (name: string) => textOf(`'${name}'`)
const firstOf = (...texts: string[]) => `coalesce(${texts.map((one) => `nullIf(${one}, '')`).join(', ')}, '')`
const numberOf = (path: string) => `toFloat64OrNull(${rawText(path)})`

/** Who did what units of the outcome are made of. Which of them is a unit, the units themselves decide. */
const RELEVANT: Record<Outcome, string> = {
  ordered: `(touchpoint != '' OR arrival != '') AND says NOT IN (${SAYS.feedback}, ${SAYS.measured})`,
  bought_out: `says = ${SAYS.placed}`,
  repeat: `says = ${SAYS.received}`,
  // Whoever received something was asked too, and may have kept silent.
  recommendation: `(says = ${SAYS.received} OR says = ${SAYS.feedback} AND JSONExtractString(properties, 'kind') = 'nps')`,
  rating: `says = ${SAYS.feedback} AND isNotNull(valence)`,
}

/** Of how many persons and events a statement would tell, and up to when anything is recorded. */
export function sizeQuery(plan: Omit<HistoriesPlan, 'share'>): Query {
  const { join, person } = personsJoin()
  const whom = plan.whom(person)
  return {
    sql: `SELECT count() AS persons, sum(events) AS events,
  (SELECT toUnixTimestamp64Milli(max(ts)) FROM events WHERE shop = {shop:UInt32}) AS last
FROM (
  SELECT ${person} AS person, sum(e.n) AS events, max(e.has) AS is_relevant
  FROM (
    SELECT identity, count() AS n, max(${within('period')} AND ${RELEVANT[plan.outcome]}) AS has
    FROM (SELECT *, ${SAYS_SQL} AS says FROM events WHERE shop = {shop:UInt32} AND ${within('read')})
    GROUP BY identity
  ) AS e ${join}
  WHERE ${whom.sql} GROUP BY person HAVING is_relevant
)`,
    params: { ...paramsOf(plan), ...whom.params },
  }
}

/**
 * A row for each person, in no order: everything recorded of them that may matter, packed. The JavaScript of `units/` makes
 * units of that; what is packed here is held equal to `packEvent`.
 */
export function historiesQuery(plan: HistoriesPlan): Query {
  const { join, person } = personsJoin()
  const whom = plan.whom(person)
  const lot = plan.share < 1 ? `cityHash64(${person}, 'drivers') % 1000000 < {share:UInt32}` : '1'
  return {
    sql: `SELECT ${person} AS person, max(e.known OR links.person != ${NOBODY}) AS known, groupArrayArray(e.packed) AS events
FROM (
  SELECT identity, max(identity_kind != 'anonymous') AS known, max(${within('period')} AND ${RELEVANT[plan.outcome]}) AS has,
    groupArray(${packedSql()}) AS packed
  FROM (
    SELECT *, device, ${SAYS_SQL} AS says, ${factsSql(plan.facts)} AS facts
    FROM events FINAL WHERE shop = {shop:UInt32} AND ${within('read')}${plan.share < 1 ? ` AND ${drawnSql()}` : ''}
      AND (says > 0 OR facts > 0 OR touchpoint != '' OR arrival != '' OR measure != '' OR isNotNull(valence))
  )
  GROUP BY identity
) AS e ${join}
WHERE ${whom.sql} AND ${lot}
GROUP BY person HAVING max(e.has)`,
    params: {
      ...paramsOf(plan),
      currency: plan.currency,
      ...(plan.share < 1 && { share: Math.max(1, Math.round(plan.share * 1e6)) }),
      ...whom.params,
    },
  }
}

/** Identities of the drawn persons, so that nobody else's events are packed. */
function drawnSql(): string {
  const { join, person } = personsJoin({ events: 'd', links: 'drawn_links' })
  return `identity IN (SELECT d.identity FROM (SELECT DISTINCT identity FROM events WHERE shop = {shop:UInt32} AND ${within('read')}) AS d ${join}
    WHERE cityHash64(${person}, 'drivers') % 1000000 < {share:UInt32})`
}

const within = (range: 'period' | 'read') =>
  `ts >= fromUnixTimestamp64Milli({${range}_from:Int64}) AND ts < fromUnixTimestamp64Milli({${range}_to:Int64})`

function paramsOf({ shop, period, read, facts }: Omit<HistoriesPlan, 'share'>): Query['params'] {
  return {
    shop,
    ...{ period_from: period.from, period_to: period.to, read_from: read.from, read_to: read.to },
    said: [...SAYS_BY_NAME.keys()],
    says: [...SAYS_BY_NAME.values()],
    ...Object.fromEntries(
      facts.flatMap(({ event, property: name, equals, atLeast }, at) => [
        [`fact_event_${at}`, event],
        ...(name ? [[`fact_property_${at}`, name]] : []),
        ...(equals !== null ? [[`fact_equals_${at}`, equals]] : []),
        ...(atLeast !== null ? [[`fact_least_${at}`, atLeast]] : []),
      ]),
    ),
  }
}

/** The shop's own facts as bits. Names stand in parameters alone. */
function factsSql(facts: HistoriesPlan['facts']): string {
  const bits = facts.map((fact, at) => {
    const value = `{fact_property_${at}:String}`
    const isEvent = `${NAME} = trimBoth(replaceRegexpAll(lower({fact_event_${at}:String}), '[\\\\s_-]+', ' '))`
    const holds = !fact.property
      ? '1'
      : fact.equals !== null
        ? `${textOf(value)} = {fact_equals_${at}:String}`
        : fact.atLeast !== null
          ? `ifNull(${numberOf(value)} >= {fact_least_${at}:Float64}, 0)`
          : `${rawText(value)} != ''`
    return `if(${isEvent} AND ${holds}, ${2 ** at}, 0)`
  })
  return `toUInt32(${bits.join(' + ') || '0'})`
}

function packedSql(): string {
  const about = `multiIf(says IN (${SAYS.opened}, ${SAYS.resolved}), ${property('case_id')}, ${firstOf(property('contact_id'), property('of'))})`
  const isMeasured = "measure != '' AND isNotNull(measured)"
  const score = `${numberOf("'score'")} * 10 / ifNull(nullIf(${numberOf("'scale_max'")}, 0), 10)`
  const value = `multiIf(says = ${SAYS.placed}, if(currency IN ('', {currency:String}), toFloat64(amount), NULL), says = ${SAYS.feedback} AND JSONExtractString(properties, 'kind') = 'nps', ${score}, valence)`
  return `(toUnixTimestamp64Milli(ts), says, toString(touchpoint), toString(arrival), order_id, ${about},
      if(${isMeasured}, toString(measure), ''), if(${isMeasured}, measured, NULL), ${value}, ${textsSql()}, facts)`
}

function textsSql(): string {
  const of = (...names: string[]) => names.map(property).join(', ')
  const product = "'products', 1"
  const category = firstOf(textOf(`${product}, 'category'`), property('category'))
  const card = [textOf(`${product}, 'photos'`), textOf(`${product}, 'description_length'`)].join(', ')
  const source = `multiIf(arrival = '', toString(channel), utm_source = '', toString(arrival), concat(arrival, ' ', utm_source))`
  return `multiIf(
        says = ${SAYS.nothing}, [toString(device), ${property('category')}, ${source}],
        says = ${SAYS.started}, [${of('channel', 'topic')}],
        says = ${SAYS.answered}, [${of('by', 'operator')}],
        says = ${SAYS.feedback}, [${of('kind', 'operator')}],
        says = ${SAYS.resolved}, [${of('solved')}],
        says = ${SAYS.packed}, [${of('insert')}],
        says = ${SAYS.promised}, [${of('promised_on')}],
        says = ${SAYS.placed}, [${of('payment_method', 'delivery_method', 'region')}, ${category}, ${card}],
        [])`
}
