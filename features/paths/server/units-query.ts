import type { TimeRange } from '../../../kernel/time.ts'
import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import { JOURNEY_SILENCE_MS } from '../../reports/server/reads.ts'
import type { Unit, Until } from '../vocabulary.ts'
import { CODE_LIMIT, type NodeCodes, UNKNOWN_NODE } from './node-codes.ts'
import type { Query } from './path-table-query.ts'

export interface PathPlan {
  shop: number
  /** Half-open, ms since 1970: paths begin in it and are followed to its end. */
  period: TimeRange
  /** What hasn't happened by then may still happen. */
  now: number
  unit: Unit
  until: Until
  /** The same contact again counts as a step of its own. */
  repeats: boolean
  codes: NodeCodes
  /** Money in other currencies is not added up. */
  currency: string
  /** Keeps a segment's persons, or a sample's, by a condition on what `personsJoin` gives. */
  persons?: (person: string) => Query
}

/** More rows than this are no picture: hundreds of contacts each followed by hundreds. */
export const MAX_ROWS = 200_000

const VISIT_SILENCE_MS = 30 * 60_000
/** So long a silence parts two units. */
export const silenceOf = (unit: Unit): number => (unit === 'visit' ? VISIT_SILENCE_MS : JOURNEY_SILENCE_MS)

/** Measurements and answers about contacts that are recorded as contacts already. */
const NO_CONTACT = ['Standard Measured', 'Page Measured']
const WORD_EVENT = 'Feedback Given'

/**
 * Inside the store a person's history is an array of numbers, which is what sorts fastest. Each number is a mark:
 *
 *     bits 26–63  milliseconds since the beginning of what is read
 *     bits 16–25  the first bits of the event's hash: events of one instant stand in an order that is always the same
 *     bits 14–15  what it is of the event: the way a visit came by, the contact itself, the order that it places
 *     bits  0–13  code of the node
 */
const OWN = 1
const ORDER = 2

/** SQL: parts of the mark `m`. */
export const readTime = (m: string) => `bitShiftRight(${m}, 26)`
export const readCode = (m: string) => `bitAnd(${m}, ${CODE_LIMIT - 1})`
const isOrder = (m: string) => `bitAnd(${m}, ${3 * CODE_LIMIT}) = ${ORDER * CODE_LIMIT}`

/** SQL: the steps of `array` but for those that repeat the one before. */
export const collapse = (array: string) =>
  `arrayFilter((m, b) -> ${readCode('m')} != ${readCode('b')}, ${array}, arrayPopBack(arrayPushFront(${array}, toUInt64(0))))`

/**
 * A row for each unit that begins in the period and has a contact in it: `person`, `known`, `place` among the units of
 * the person, `marks` of its contacts, `ordered` (the mark of its first order, or 0), `outcome` (0 left, 1 ordered, 2
 * open), and, if asked for, the person's `orders` as (mark, amount).
 */
export function unitsQuery(plan: PathPlan, options: { withMoney?: boolean } = {}): Query {
  const money = options.withMoney === true
  const silence = silenceOf(plan.unit)
  const persons = personsQuery(plan, money)
  const whole = `arrayFilter(leg -> ${readTime('leg[1]')} >= {silence:Int64}, arraySplit((m, b) -> ${readTime('m')} - ${readTime('b')} > {silence:Int64}, marks, arrayPushFront(arrayPopBack(marks), marks[1])))`
  const first = `arrayFirstIndex(m -> ${isOrder('m')}, leg)`
  const followed =
    plan.until === 'end'
      ? whole
      : `arrayMap(leg -> if(${first} = 0, leg, arraySlice(leg, 1, ${first})), ${whole})`
  return {
    sql: `SELECT person, known, place, ${money ? 'orders, ' : ''}arrayFilter(m -> ${readCode('m')} > 0, leg) AS marks,
  arrayFirst(m -> ${isOrder('m')}, leg) AS ordered,
  multiIf(ordered > 0, 1, ${readTime('leg[-1]')} + {silence:Int64} >= {over:Int64}, 2, 0) AS outcome
FROM (
SELECT person, known, ${money ? 'orders, ' : ''}arrayFilter(leg -> arrayExists(m -> ${readCode('m')} > 0, leg), ${followed}) AS legs
FROM (${persons.sql})
WHERE notEmpty(legs)
) ARRAY JOIN legs AS leg, arrayEnumerate(legs) AS place`,
    params: {
      ...persons.params,
      silence,
      over: Math.min(plan.period.to, plan.now) - (plan.period.from - silence),
    },
  }
}

/** A row for each person with all marks in the order of time. */
function personsQuery(plan: PathPlan, withMoney: boolean): Query {
  const { join, person } = personsJoin()
  const kept = plan.persons?.(person) ?? { sql: '1', params: {} }
  const ways = plan.codes.arrival ? [1, 2, 3] : [2, 3]
  const marks = ways.map((at) => `groupArrayIf(e.mark_${at}, e.mark_${at} > 0)`)
  return {
    sql: `SELECT ${person} AS person, max(e.is_known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
  arraySort(arrayConcat(${marks.join(', ')})) AS marks${withMoney ? ', arraySort(groupArrayIf((e.mark_3, e.value), e.mark_3 > 0)) AS orders' : ''}
FROM (${marksSql(plan, withMoney)}) AS e ${join}
WHERE ${kept.sql}
GROUP BY person`,
    params: { ...kept.params, ...marksParams(plan, withMoney) },
  }
}

function marksSql({ codes }: PathPlan, withMoney: boolean): string {
  const codeOf = (column: string, name: string) =>
    `transform(${column}, {${name}_keys:Array(String)}, {${name}_codes:Array(UInt16)}, ${UNKNOWN_NODE})`
  const own = codeOf(codes.own.column, 'own')
  const way = codes.arrival ? codeOf('arrival', 'way') : '0'
  const value = "if(currency IN ('', {currency:String}), greatest(ifNull(amount, 0), 0), 0) AS value"
  return `SELECT identity, identity_kind != 'anonymous' AS is_known,
  bitShiftLeft(toUInt64(toUnixTimestamp64Milli(ts) - {start:Int64}), 26) + bitShiftLeft(bitShiftRight(reinterpretAsUInt64(message_hash), 54), 16) AS moment,
  (arrival != '' OR touchpoint != '') AND name NOT IN {no_contact:Array(String)} AND (name != {word:String} OR stage = {opinion:String}) AS is_contact,
  order_id != '' AND ${ORDER_NAME} IN {placed:Array(String)} AS is_order,
  if(is_contact, ${way}, 0) AS way, if(is_contact, ${own}, 0) AS own,
  if(way > 0, moment + way, 0) AS mark_1, if(own > 0 OR is_contact AND way = 0, moment + ${OWN * CODE_LIMIT} + own, 0) AS mark_2,
  if(is_order, moment + ${ORDER * CODE_LIMIT}, 0) AS mark_3${withMoney ? `, ${value}` : ''}
FROM events FINAL
WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({start:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
  AND (is_contact OR is_order)`
}

/** An event's name as the orders room reads it. */
const ORDER_NAME = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"

function marksParams({ shop, period, unit, codes, currency }: PathPlan, withMoney: boolean) {
  return {
    shop,
    start: period.from - silenceOf(unit),
    to: period.to,
    no_contact: NO_CONTACT,
    word: WORD_EVENT,
    opinion: 'opinion',
    placed: listEventNames(['placed']),
    own_keys: codes.own.from,
    own_codes: codes.own.to,
    ...(codes.arrival && { way_keys: codes.arrival.from, way_codes: codes.arrival.to }),
    ...(withMoney && { currency }),
  }
}
