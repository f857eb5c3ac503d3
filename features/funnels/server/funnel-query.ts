import type { TimeRange } from '../../../kernel/time.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { Query } from '../../reports/server/reads.ts'
import type { FunnelStep } from '../contract.ts'
import type { StepOrder, Unit } from '../vocabulary.ts'
import type { Breakdown } from './breakdown.ts'
import { addChains, findRequired } from './chains-sql.ts'
import { type MarkSql, markSql } from './marks-sql.ts'
import { type PersonsPage, pageQuery } from './persons-page.ts'
import { SESSION_SILENCE_MS } from './site-visits.ts'
import { MEASUREMENT_EVENTS, stepSql } from './step-sql.ts'
import { binSql } from './time-bins.ts'

/** What is asked of the store. */
export interface FunnelPlan {
  shop: number
  /** Half-open, ms since 1970: an attempt begins in it. */
  period: TimeRange
  /** Nothing that happened then or later counts, so that two periods are looked at after the same time. */
  until?: number
  steps: readonly FunnelStep[]
  order: StepOrder
  windowMs: number
  per: Unit
  /** The condition that keeps the persons looked at. */
  persons?: (person: string) => Query
  by?: Breakdown
}

/**
 * Every step that somebody came to: how many, quantiles of how long it took them (ms) and how these times spread, and
 * what is needed to know the shares of visits with their scatter between persons.
 */
export function funnelQuery(plan: FunnelPlan): Query {
  const persons = personsOf(plan)
  const lengths =
    plan.per === 'person'
      ? '[tooks[1][place.1]]'
      : 'arrayFilter(d -> d >= 0, arrayMap(d -> d[place.1], tooks))'
  // Beside each step the one before it that can't be left out: its share is of that.
  const places = plan.steps.map((_, index) => `(${index + 1}, ${findRequired(plan.steps, index + 1) ?? 1})`)
  return {
    sql: `SELECT place.1 AS step, sum(counts[place.1]) AS n, count() AS persons, sumIf(counts[place.1], known) AS known,
  sum(counts[place.1] * counts[place.1]) AS squares, sum(counts[place.1] * counts[1]) AS with_first,
  sum(counts[place.1] * counts[place.2]) AS with_previous,
  quantilesExactArray(0.25, 0.5, 0.75, 0.9)(lengths) AS took, sumMap(arrayMap(d -> ${binSql('d')}, lengths), arrayMap(d -> toUInt64(1), lengths)) AS bins
FROM (
SELECT known, counts, place, ${lengths} AS lengths
FROM (
SELECT known, counts, tooks, arrayJoin(arrayFilter(p -> counts[p.1] > 0, [${places.join(', ')}])) AS place
FROM (${persons.sql})
)
)
GROUP BY step ORDER BY step`,
    params: persons.params,
  }
}

/** Every value of the breakdown, the most frequent first: how many came to each step, with their scatter. */
export function groupsQuery(plan: FunnelPlan, limit: number): Query {
  const persons = personsOf(plan)
  return {
    sql: `SELECT value, sumForEach(counts) AS n, sumForEach(arrayMap(c -> toUInt64(c > 0), counts)) AS persons,
  sumForEach(arrayMap(c -> c * c, counts)) AS squares, sumForEach(arrayMap(c -> c * counts[1], counts)) AS with_first
FROM (${persons.sql})
WHERE counts[1] > 0 GROUP BY value ORDER BY n[1] DESC, value LIMIT {groups:UInt32}`,
    params: { ...persons.params, groups: limit },
  }
}

/** A row for each person: of how many of their units (themselves, or their visits) each step was made, and how long each took. */
function personsOf(plan: FunnelPlan): Query {
  const { sql, params } = unitsQuery(plan)
  const counts = 'arrayMap(d -> toUInt64(d >= 0), took)'
  return {
    sql:
      plan.per === 'person'
        ? `SELECT known, value, ${counts} AS counts, [took] AS tooks FROM (${sql})`
        : `SELECT max(known) AS known, any(value) AS value, sumForEach(${counts}) AS counts, groupArray(took) AS tooks
FROM (${sql}) GROUP BY person`,
    params,
  }
}

export interface PersonsSpot {
  /** The step's place, from 1. */
  step: number
  /** Only who didn't come to this one. */
  next?: number
  /** Only of these values of the breakdown, or of all but these. */
  values?: { list: readonly string[]; isOutside: boolean }
}

/** Persons who came to a step, or who came to it and not to `next`; the latest first. */
export function personsQuery(plan: FunnelPlan, spot: PersonsSpot, page: PersonsPage): Query {
  const units = unitsQuery(plan)
  const { step, next, values } = spot
  const left = next === undefined ? '' : ` AND took[${next}] < 0`
  const group = values ? ` AND value ${values.isOutside ? 'NOT ' : ''}IN {values:Array(String)}` : ''
  const rows = `SELECT person, {from:Int64} - 1 + max(times[${step}]) AS at
FROM (${units.sql})
WHERE took[${step}] >= 0${left}${group}
GROUP BY person`
  return pageQuery({ sql: rows, params: { ...units.params, ...(values && { values: values.list }) } }, page)
}

/**
 * A row for each person or visit: `took`, by step, ms from the first step to this one or −1; `times`, when that was,
 * ms from the period's beginning, counted from 1; `value` of the breakdown.
 */
export function unitsQuery(plan: FunnelPlan): Query {
  const { shop, period, steps, windowMs, order, per, by } = plan
  const conditions = steps.map((step, index) => stepSql(step, index + 1))
  const marked = conditions.map(({ sql }, index) => `bitShiftLeft(toUInt64(${sql}), ${index})`).join(' + ')
  const isWhole = order === 'strict' || per === 'session'
  const contact = "kind IN ('page', 'screen', 'track') AND name NOT IN {measurements:Array(String)}"
  const asked = [...conditions.map(({ sql }) => sql), ...(isWhole ? [`(${contact})`] : []), by?.needs ?? '']
  const { join, person } = personsJoin()
  const persons = plan.persons?.(person)
  const mark = markSql(plan)
  const marks = `SELECT person, known, value, ${splitSql(plan, mark)} AS unit FROM (
SELECT ${person} AS person, ${by?.ofPerson ?? "''"} AS value,
  max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
  arraySort(groupArrayIf(${mark.make}, e.mask > 0${isWhole ? ' OR e.is_contact' : ''})) AS marks
FROM (
SELECT identity, toUnixTimestamp64Milli(ts) - {from:Int64} + 1 AS at, ${marked} AS mask,
  toInt64(bitCount(bitAnd(bitNot(mask), mask - 1))) AS rank, ${by?.ofEvent ?? "''"} AS value,
  identity_kind != 'anonymous' AS known, ${isWhole ? contact : '0'} AS is_contact
FROM events FINAL
WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({until:Int64})
  AND (${asked.filter((one) => one !== '').join(' OR ')})
) AS e ${join}
${persons ? `WHERE ${persons.sql}` : ''}
GROUP BY person HAVING notEmpty(marks)
)`
  return {
    sql: addChains(marks, plan),
    params: {
      shop,
      from: period.from,
      // An attempt that begins on the last day has its whole window too.
      until: Math.min(plan.until ?? Number.MAX_SAFE_INTEGER, period.to + (order === 'any' ? 0 : windowMs)),
      span: period.to - period.from,
      window: windowMs,
      measurements: MEASUREMENT_EVENTS,
      ...(per === 'session' && { silence: SESSION_SILENCE_MS }),
      ...Object.assign({}, ...conditions.map(({ params }) => params)),
      ...by?.params,
      ...persons?.params,
    },
  }
}

/** A person's marks, or a row for each of their visits. Events that make no step only cut visits, unless nothing may lie between. */
function splitSql({ per, order }: FunnelPlan, { timeOf, maskOf }: MarkSql): string {
  if (per === 'person') return 'marks'
  const before = 'arrayPushFront(arrayPopBack(marks), marks[1])'
  const visits = `arrayJoin(arraySplit((m, b) -> ${timeOf('m')} - ${timeOf('b')} > {silence:Int64}, marks, ${before}))`
  return order === 'strict' ? visits : `arrayFilter(m -> ${maskOf('m')} > 0, ${visits})`
}
