import { personsJoin } from '../../people/server/reads.ts'
import type { Query } from '../../reports/server/reads.ts'
import { EFFECT_DAYS } from '../vocabulary.ts'
import type { Audience } from './models/figures.ts'
import { DIMENSION_SQL, LATE_FACTS, personsQuery, type Whom, whomSql } from './persons-query.ts'
import type { WeeksPlan } from './weeks-plan.ts'

/** Codes of audiences: everybody, then those chosen in their order; from here on a dimension's known values. */
export const EVERYBODY_CODE = 0
export const KNOWN_CODE = 100
/** From here on two audiences at once, or one and a dimension's known values: 1000 + 256 × lower code + higher one. */
const BOTH_CODE = 1_000
export const bothCode = (one: number, other: number) =>
  BOTH_CODE + 256 * Math.min(one, other) + Math.max(one, other)
/** The newest weeks in which audiences are laid on each other. */
export const BOTH_WEEKS = 8
const VISIT_CODE = 2_000
/** Steps of ln(1 + value ÷ scale) in which times are counted: two in a hundred. */
export const STEPS = 50

/** The number of an instant's week, as weeks-plan.ts counts them. */
const WEEK = (at: string) => `toInt32(intDiv(toInt32(toDate(${at}, {zone:String})) + 3, 7))`
const DIMENSIONS = [...Object.keys(DIMENSION_SQL), 'visit']
export const knownCode = (dimension: string) => KNOWN_CODE + DIMENSIONS.indexOf(dimension)

/** Numbers of a week, in the order of the statement. */
export type PackedWeek = [
  week: number,
  n: number,
  followed: number,
  ordered: number,
  said: PackedSums,
  kept: PackedSums,
  speed: PackedSums,
  quantiles: [median: number, upper: number],
]
type PackedSums = [n: number, sum: number, squares: number]
export interface LineRow {
  place: number
  audience: number
  packed: PackedWeek[]
}

/**
 * All weekly figures in one pass: events fold to identities by week and place, these to persons, whose weeks are spread
 * over the audiences they belong to. A row for each place and audience.
 */
export function weeklyQuery(plan: WeeksPlan, whom: Whom, audiences: readonly Audience[]): Query {
  const cells = cellsQuery(plan, whom)
  const persons = personsQuery(plan, whom)
  const mean = (of: string) => `${of}_sum / ${of}_n`
  const sums = (of: string) =>
    `countIf(${of}_n > 0), sumIf(${mean(of)}, ${of}_n > 0), sumIf(${mean(of)} * ${mean(of)}, ${of}_n > 0)`
  return {
    sql: `SELECT place, audience, groupArray((week, n, followed, ordered, said, kept, speed, quantiles)) AS packed
FROM (
  SELECT week, place, audience, count() AS n, sum(is_followed) AS followed, sum(is_followed AND has_ordered) AS ordered,
    (${sums('said')}) AS said, (${sums('kept')}) AS kept, (${sums('time')}) AS speed, quantilesExactArray(0.5, 0.75)(times) AS quantiles
  FROM (
    SELECT week, place, said_n, said_sum, kept_n, kept_sum, time_n, time_sum, times, is_followed, has_ordered, arrayJoin(mine) AS audience
    FROM (
      SELECT week, place, said_n, said_sum, kept_n, kept_sum, time_n, time_sum, times, at + {follow:Int64} <= {now:Int64} AS is_followed,
        arrayExists(o -> o >= at AND o < at + {follow:Int64}, orders) AS has_ordered,
        arrayMap(one -> one.1, arrayFilter(one -> one.2 <= week, owned)) AS own,
        arrayFilter(a -> a > ${EVERYBODY_CODE} AND a < ${KNOWN_CODE}, own) AS followed,
        arrayConcat(own, if(first_week < week, {returning:Array(UInt16)}, {new:Array(UInt16)}),
          if(place = ${VISIT_CODE} AND week >= {both_from:Int32},
            arrayConcat(arrayFlatten(arrayMap(a -> arrayMap(b -> toUInt16(${BOTH_CODE} + 256 * a + b), arrayFilter(b -> b > a, own)), followed)),
              arrayMap(a -> toUInt16(${BOTH_CODE} + 256 * least(a, visit) + greatest(a, visit)), followed)), emptyArrayUInt16())) AS mine,
        if(first_week < week, {returning:Array(UInt16)}, {new:Array(UInt16)})[1] AS visit
      FROM (${cells.sql}) AS cells
      LEFT ANY JOIN (${audiencesOf(persons.sql)}) AS facts ON facts.person = cells.person
    )
  )
  GROUP BY week, place, audience
)
GROUP BY place, audience`,
    params: {
      ...cells.params,
      ...persons.params,
      ...audienceParams(audiences),
      follow: EFFECT_DAYS * 86_400_000,
      both_from: plan.firstWeek + plan.weeks - BOTH_WEEKS,
    },
  }
}

/** A row for each person: their audiences (everybody among them), each with the week from which on it is known that they are of it. */
function audiencesOf(persons: string): string {
  return `SELECT person, ${WEEK('fromUnixTimestamp64Milli(first)')} AS first_week, orders, ${ownedSql()} AS owned FROM (${persons})`
}

/**
 * The codes of a person's audiences: of each dimension that is known, that it is, and which value if it is followed. Nobody is of a
 * region before their first order told it: in the newest weeks those who will order later aren't known yet, so that any region
 * would seem to order more of late.
 */
function ownedSql(): string {
  const codes = Object.entries(DIMENSION_SQL).flatMap(([name, sql]) => {
    const since = LATE_FACTS.some((fact) => fact === name)
      ? WEEK(`fromUnixTimestamp64Milli(least(${name}_at, {now:Int64}))`)
      : 'toInt32(0)'
    return [
      // Whoever came without a mark is known to have none.
      [`if(${name === 'origin' ? DIMENSION_SQL.source : sql} != '', ${knownCode(name)}, 0)`, since],
      [
        `transform(concat('${name}:', ${sql}), {audiences:Array(String)}, {audience_codes:Array(UInt16)}, 0)`,
        since,
      ],
    ]
  })
  const list = codes.map(([code, since]) => `(toUInt16(${code}), ${since})`).join(', ')
  return `arrayConcat([(toUInt16(${EVERYBODY_CODE}), toInt32(0))], arraySort(arrayFilter(one -> one.1 > 0, [${list}])))`
}

function audienceParams(audiences: readonly Audience[]) {
  const codeOf = (key: string) => audiences.findIndex((one) => one.key === key) + 1
  const visit = (value: string) => [codeOf(`visit:${value}`), knownCode('visit')].filter((code) => code > 0)
  return {
    audiences: ['', ...audiences.map(({ key }) => key)],
    audience_codes: [0, ...audiences.map((_, at) => at + 1)],
    returning: visit('returning'),
    new: visit('new'),
  }
}

/** A row for each person, week and place: when they were there first, and what was said and measured. */
function cellsQuery(plan: WeeksPlan, whom: Whom): Query {
  const { join, person } = personsJoin()
  const condition = whomSql(whom, person)
  return {
    sql: `SELECT ${person} AS person, e.week AS week, e.place AS place, min(e.at) AS at,
  sum(e.said_n) AS said_n, sum(e.said_sum) AS said_sum, sum(e.kept_n) AS kept_n, sum(e.kept_sum) AS kept_sum,
  sum(e.time_n) AS time_n, sum(e.time_sum) AS time_sum, groupArrayArray(e.times) AS times
FROM (
  SELECT identity, week, place, min(at) AS at,
    countIf(is_own AND valence IS NOT NULL) AS said_n, sumIf(ifNull(valence, 0), is_own) AS said_sum,
    countIf(is_own AND outcome >= 0) AS kept_n, sumIf(outcome / 2, is_own AND outcome >= 0) AS kept_sum,
    countIf(is_own AND step >= 0) AS time_n, sumIf(step / ${STEPS}, is_own AND step >= 0) AS time_sum,
    groupArrayIf(step, is_own AND step >= 0) AS times
  FROM (
    SELECT identity, week, at, valence, outcome, step, own, standard,
      arrayJoin(arrayDistinct(arrayFilter(p -> p > 0, [way, own, way_group, own_group, standard]))) AS place, place = own OR place = standard AS is_own
    FROM (${momentsSql()})
  )
  GROUP BY identity, week, place
) AS e ${join}
WHERE ${condition.sql}
GROUP BY person, week, place`,
    params: { ...condition.params, ...momentParams(plan) },
  }
}

/** Events as numbers: the ways by which visits came and what events are, with their groups, outcomes and times. */
function momentsSql(): string {
  const list = (name: string, type: string) => `{${name}:Array(${type})}`
  const codeOf = (column: string) =>
    `transform(${column}, ${list('keys', 'String')}, ${list('codes', 'UInt16')}, 0)`
  const groupOf = (code: string) =>
    `transform(${code}, ${list('codes', 'UInt16')}, ${list('groups', 'UInt16')}, 0)`
  const of = (name: string, otherwise: string) =>
    `transform(pair, ${list('pairs', 'String')}, ${list(name, 'Float64')}, ${otherwise})`
  return `SELECT identity, toUnixTimestamp64Milli(ts) AS at, valence,
      ${WEEK('ts')} AS week,
      ${codeOf('arrival')} AS way, ${codeOf('touchpoint')} AS own, ${groupOf('way')} AS way_group,
      ${groupOf('own')} AS own_group,
      concat(touchpoint, '.', measure) AS pair, ${of('signs', '0.')} AS sign, sign * measured AS badness,
      if(measure = '' OR measured IS NULL OR NOT isFinite(measured) OR sign = 0, -1,
        multiIf(badness <= ${of('goods', '0.')}, 2, badness <= ${of('bads', '0.')}, 1, 0)) AS outcome,
      ${of('scales', '0.')} AS scale,
      transform(pair, ${list('apart', 'String')}, ${list('apart_codes', 'UInt16')}, 0) AS standard,
      toInt16(if(outcome < 0 OR scale <= 0, -1, least(30000, round(log1p(greatest(ifNull(measured, 0), 0) / scale) * ${STEPS})))) AS step
    FROM events FINAL
    WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
      AND (arrival != '' OR touchpoint != '')`
}

function momentParams({ shop, timeZone, period, places }: WeeksPlan) {
  const apart = places.filter(({ group }) => group === '')
  const whole = places.filter(({ group }) => group !== '')
  const pairs = whole.flatMap(({ key, standards }) =>
    standards.map((one) => ({
      ...one,
      pair: `${key}.${one.measure}`,
      scale: scaleOf(places, key, one.measure),
    })),
  )
  // An array without a value has no type.
  return {
    shop,
    ...period,
    zone: timeZone,
    keys: ['', ...whole.map(({ key }) => key)],
    codes: [0, ...whole.map(({ code }) => code)],
    groups: [0, ...whole.map(({ groupCode }) => groupCode)],
    apart: ['', ...apart.map(({ key }) => key)],
    apart_codes: [0, ...apart.map(({ code }) => code)],
    pairs: ['', ...pairs.map(({ pair }) => pair)],
    signs: [0, ...pairs.map(({ sign }) => sign)],
    goods: [0, ...pairs.map(({ good }) => good)],
    bads: [0, ...pairs.map(({ bad }) => bad)],
    scales: [0, ...pairs.map(({ scale }) => scale)],
  }
}

/** Times of a touchpoint with several standards are told of each standard by itself; 0: no time. */
function scaleOf(places: WeeksPlan['places'], key: string, measure: string): number {
  const place = places.find((one) => one.key === `${key}.${measure}`) ?? places.find((one) => one.key === key)
  return place?.timed === measure ? (place.speed?.scale ?? 0) : 0
}
