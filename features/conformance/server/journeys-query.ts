import type { TimeRange } from '../../../kernel/time.ts'
import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import { type GroundSide, JOURNEY_SILENCE_MS, type Query } from '../../reports/server/reads.ts'
import { ORDERED } from './models/align-path.ts'
import { BESIDE, type CodedScenario, STATE_FACTOR } from './scenario-path.ts'

const DAY_MS = 86_400_000
/** Journeys that opened in the period are followed so far behind its end. */
export const FOLLOW_MS = 90 * DAY_MS
/** Another order counts as a repeated one if it comes so soon after the journey's first. */
export const AGAIN_MS = 60 * DAY_MS
/** An order that nothing ends is open for so long; one that was received owns the time after it for as long. */
export const OWNED_MS = 60 * DAY_MS
const ORDER_LOOK_BACK_MS = 120 * DAY_MS
/** More distinct sequences than this are refused. */
export const MAX_PATHS = 1_000_000

/** Nothing in these statements is dear enough to be worth leaving rows out of: that would cost a quarter more. */
export const SETTINGS = { short_circuit_function_evaluation: 'disable' as const }

export interface JourneysPlan {
  shop: number
  scenario: CodedScenario
  side: GroundSide
  now: number
}

/**
 * A person's history is a sorted array of marks: ms since the beginning of what is read, counted from 1, then what it is,
 * then a value. An order that is placed at the instant of a contact comes before it.
 */
const MARK = { begin: 0, order: 1, contact: 2, said: 3, end: 4 } as const
const BORDER = { opened: 1, received: 2 } as const
const KIND_BITS = 17
const TIME_BITS = 20
const mark = (at: string, kind: number, value: string) =>
  `bitShiftLeft(toUInt64(${at}), ${TIME_BITS}) + ${kind * 2 ** KIND_BITS} + ${value}`
const timeOf = (m: string) => `toInt64(bitShiftRight(${m}, ${TIME_BITS}))`
const kindOf = (m: string) => `bitAnd(bitShiftRight(${m}, ${KIND_BITS}), 7)`
const numberOf = (m: string) => `bitAnd(${m}, ${2 ** KIND_BITS - 1})`
const isKind = (kind: number, value: number) =>
  `(bitAnd(m, ${2 ** TIME_BITS - 1}) = ${kind * 2 ** KIND_BITS + value})`
const isContact = (m: string) => `${kindOf(m)} IN (${MARK.order}, ${MARK.contact})`
/** What was said stands on a grid of 1/5040, from 0 (bad) to 10080 (good). */
const GRID = 5040

/** An event's name as the orders room reads it. */
const ORDER_NAME = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"

/** The path table: journeys by their sequence, the most frequent first. */
export function pathsQuery(plan: JourneysPlan): Query {
  const { sql, params } = journeysQuery(plan)
  return {
    sql: `SELECT path, over, count() AS journeys, sum(j.known) AS known, countIf(j.nth = 1) AS persons, sum(2 * j.nth - 1) AS squares, countIf(j.beside > 0) AS withBeside,
  sum(j.contacts) AS contacts, sum(j.beside) AS beside, sum(j.again_of) AS againOf, sum(j.again) AS again, sum(j.said_of) AS saidOf, sum(j.low) AS low
FROM (${sql}) AS j
GROUP BY path, over ORDER BY journeys DESC, path, over LIMIT {limit:UInt32}`,
    params: { ...params, limit: MAX_PATHS + 1 },
  }
}

export interface JourneysPage {
  after: { at: number; person: string } | undefined
  limit: number
  /** Only journeys with one of these tokens in their path. */
  tokens?: readonly number[]
}

/** Journeys one by one, the latest first. */
export function journeyListQuery(plan: JourneysPlan, { after, limit, tokens }: JourneysPage): Query {
  const { sql, params } = journeysQuery(plan)
  const conditions = [
    ...(tokens ? ['hasAny(path, {tokens:Array(UInt16)})'] : []),
    ...(after ? ['(at, person) < ({after_at:Int64}, {after:UUID})'] : []),
  ]
  return {
    sql: `SELECT person, at, path, over, 1 AS journeys, known, nth = 1 AS persons, 2 * nth - 1 AS squares, beside > 0 AS withBeside, contacts, beside,
  again_of AS againOf, again, said_of AS saidOf, low
FROM (${sql})
${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
ORDER BY at DESC, person DESC LIMIT {limit:UInt32}`,
    params: {
      ...params,
      limit,
      ...(tokens && { tokens }),
      ...(after && { after_at: after.at, after: after.person }),
    },
  }
}

/** A row for each journey that opened in the period. */
export function journeysQuery(plan: JourneysPlan): Query {
  const { scenario, side, shop, now } = plan
  const { join, person } = personsJoin()
  const persons = side.persons(person)
  const marks = `SELECT ${person} AS person, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
    arraySort(groupArrayArray(e.marks)) AS marks
  FROM (${contactsSql()} UNION ALL ${ordersSql(scenario.hasStates)}) AS e ${join}
  WHERE ${persons.sql}
  GROUP BY person HAVING notEmpty(marks)`
  return {
    sql: foldSql(marks, scenario.hasStates),
    params: { ...persons.params, shop, ...timeParams(side.period, now), ...scenarioParams(scenario) },
  }
}

function timeParams({ from, to }: TimeRange, now: number): Record<string, number> {
  const until = Math.max(from, Math.min(to + FOLLOW_MS, now))
  return { start: from - JOURNEY_SILENCE_MS, from, to, until, silence: JOURNEY_SILENCE_MS }
}

/** A list of the store needs a value to have a type: code 0 is nobody's. */
function scenarioParams({ keys, values, hasStates, places, classes, opinions }: CodedScenario) {
  return {
    keys: ['', ...keys],
    values: [0, ...values],
    opinions: ['', ...opinions],
    measurements: ['Standard Measured', 'Page Measured'],
    placed: listEventNames(['placed']),
    taken: listEventNames(['received']),
    ...(hasStates && {
      places: [0, ...places],
      classes: [0, ...classes],
      ended: listEventNames(['received', 'refused', 'returned', 'cancelled']),
      order_names: listEventNames([
        ...(['placed', 'confirmed', 'paid', 'payment', 'packed', 'shipped', 'arrived'] as const),
        ...(['received', 'refused', 'returned', 'cancelled'] as const),
      ]),
    }),
  }
}

/** A row for each identity: the way by which a visit came, the contact itself, what was said. */
function contactsSql(): string {
  const valueOfKey = (column: string) =>
    `transform(${column}, {keys:Array(String)}, {values:Array(UInt16)}, 0)`
  // Three lists that are put together once cost less than a small list of each event.
  return `SELECT identity, max(identity_kind != 'anonymous') AS known, arrayConcat(
      groupArrayIf(${mark('at', MARK.contact, 'way')}, way > 0), groupArrayIf(${mark('at', MARK.contact, 'code')}, code > 0 AND is_contact),
      groupArrayIf(${mark('at', MARK.said, `toUInt64(round((ifNull(valence, 0) + 1) * ${GRID}))`)}, valence IS NOT NULL)
    ) AS marks
  FROM (
    SELECT identity, identity_kind, valence, toUnixTimestamp64Milli(ts) - {start:Int64} + 1 AS at,
      ${valueOfKey('arrival')} AS way, ${valueOfKey('touchpoint')} AS code,
      name NOT IN {measurements:Array(String)} AND (name != 'Feedback Given' OR touchpoint IN {opinions:Array(String)}) AS is_contact
    FROM events FINAL
    WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({start:Int64}) AND ts < fromUnixTimestamp64Milli({until:Int64})
      AND (arrival != '' OR touchpoint != '' OR valence IS NOT NULL)
  )
  GROUP BY identity`
}

/**
 * A row for each order: when it was placed and received, and on demand the borders of the time that it owns. Repeated
 * events change no first moment, so the engine need not look for them.
 */
function ordersSql(hasStates: boolean): string {
  const first = (names: string) => `toUnixTimestamp64Milli(minIf(ts, step IN {${names}:Array(String)}))`
  const at = (moment: string) => `greatest(${moment}, {start:Int64}) - {start:Int64} + 1`
  const one = (moment: string, value: number) =>
    `if(${moment} < {start:Int64}, 0, ${mark(at(moment), MARK.order, String(value))})`
  const border = (moment: string, kind: number, value: number, isOutside: string) =>
    `if(${isOutside}, 0, ${mark(at(moment), kind, String(value))})`
  const borders = [
    border('opened', MARK.begin, BORDER.opened, 'ended < {start:Int64}'),
    border('ended', MARK.end, BORDER.opened, 'ended < {start:Int64}'),
    border('received', MARK.begin, BORDER.received, 'received = 0 OR released < {start:Int64}'),
    border('released', MARK.end, BORDER.received, 'received = 0 OR released < {start:Int64}'),
  ]
  const names = hasStates ? 'order_names' : ['placed', 'taken']
  const isAsked =
    typeof names === 'string'
      ? `step IN {${names}:Array(String)}`
      : names.map((list) => `step IN {${list}:Array(String)}`).join(' OR ')
  return `SELECT identity, known, arrayFilter(m -> m > 0, [${[one('ordered', 1), one('received', 2), ...(hasStates ? borders : [])].join(', ')}]) AS marks
  FROM (
    SELECT argMin(identity, (ts, message_hash)) AS identity, argMin(identity_kind != 'anonymous', (ts, message_hash)) AS known,
      ${first('placed')} AS ordered, ${first('taken')} AS received${
        hasStates
          ? `, toUnixTimestamp64Milli(min(ts)) AS opened, ${first('ended')} AS end,
      if(end = 0, opened + ${OWNED_MS}, end) AS ended, received + ${OWNED_MS} AS released`
          : ''
      }
    FROM (
      SELECT identity, identity_kind, order_id, ts, message_hash, ${ORDER_NAME} AS step FROM events
      WHERE shop = {shop:UInt32} AND order_id != '' AND ts >= fromUnixTimestamp64Milli({start:Int64} - ${ORDER_LOOK_BACK_MS})
        AND ts < fromUnixTimestamp64Milli({until:Int64}) AND (${isAsked})
    )
    GROUP BY order_id
  )`
}

/**
 * Persons' marks → journeys. An order placed or received is a contact with the shop, whether a touchpoint claims it or
 * not; what was said belongs to the journey that it follows. A subquery for each step: the engine writes out every name
 * that stands for an expression of the same subquery, again and again.
 */
function foldSql(persons: string, hasStates: boolean): string {
  const owns = (border: number) =>
    `arrayCumSum(m -> toInt8${isKind(MARK.begin, border)} - toInt8${isKind(MARK.end, border)}, marks)`
  const states = hasStates
    ? `arrayMap((o, r) -> multiIf(o > 0, 1, r > 0, 2, 0), ${owns(BORDER.opened)}, ${owns(BORDER.received)}) AS states,`
    : ''
  const classOf = hasStates
    ? `transform(${numberOf('m')} * ${STATE_FACTOR} + s, {places:Array(UInt16)}, {classes:Array(UInt16)}, 0)`
    : numberOf('m')
  const tokens = `arrayMap((m${hasStates ? ', s' : ''}) -> toUInt16(multiIf(${kindOf('m')} = ${MARK.contact}, ${classOf},
      ${kindOf('m')} = ${MARK.order}, ${ORDERED - 1} + ${numberOf('m')}, 0)), marks${hasStates ? ', states' : ''})`
  const moment = (time: string) => `({start:Int64} - 1 + ${time})`
  return `SELECT person, known, at, path, contacts, beside, nth, said_of, low,
  ${moment('last')} + {silence:Int64} <= {until:Int64} AS over,
  ordered > 0 AND ${moment('ordered')} + ${AGAIN_MS} <= {until:Int64} AS again_of,
  again_of AND arrayExists(t -> t > ordered AND t <= ordered + ${AGAIN_MS}, orders) AS again
FROM (
  SELECT person, known, orders, nth, ${moment(timeOf('leg[1]'))} AS at,
    arrayCompact(arrayFilter(t -> t > ${BESIDE}, leg_tokens)) AS path,
    arrayCount(t -> t > 0 AND t < ${ORDERED}, leg_tokens) AS contacts, countEqual(leg_tokens, ${BESIDE}) AS beside,
    ${timeOf(`arrayLast(m -> ${isContact('m')}, leg)`)} AS last, ${timeOf(`arrayFirst(m -> ${isKind(MARK.order, 1)}, leg)`)} AS ordered,
    arrayMap(m -> toInt64(${numberOf('m')}) - ${GRID}, arrayFilter(m -> ${kindOf('m')} = ${MARK.said}, leg)) AS said,
    notEmpty(said) AS said_of, arraySum(said) < 0 AS low
  FROM (
    SELECT person, known, orders, one.1 AS leg, one.2 AS leg_tokens, one.3 AS nth FROM (
      SELECT person, known, orders, arrayFilter(one -> one.1, legs) AS inside,
        arrayJoin(arrayZip(arrayMap(one -> one.2, inside), arrayMap(one -> one.3, inside), arrayEnumerate(inside))) AS one
      FROM (
        SELECT person, known, orders, arrayMap((leg, leg_tokens) -> (
            ${isContact('leg[1]')} AND ${moment(timeOf('leg[1]'))} >= {from:Int64} AND ${moment(timeOf('leg[1]'))} < {to:Int64}, leg, leg_tokens
          ), arraySplit((m, s) -> s, marks, starts), arraySplit((t, s) -> s, tokens, starts)) AS legs
        FROM (
          SELECT person, known, marks, ${tokens} AS tokens,
            arrayMap(m -> ${timeOf('m')}, arrayFilter(m -> ${isKind(MARK.order, 1)}, marks)) AS orders,
            arrayMap((t, before) -> t > 0 AND (before = 0 OR t - before > {silence:Int64}), times,
              arrayPushFront(arrayPopBack(arrayFill(t -> t > 0, times)), toInt64(0))) AS starts
          FROM (
            SELECT person, known, marks, ${states}
              arrayMap(m -> if(${isContact('m')}, ${timeOf('m')}, 0), marks) AS times
            FROM (${persons})
          )
        )
      )
    )
  )
)`
}
