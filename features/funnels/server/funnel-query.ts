import type { TimeRange } from '../../../kernel/time.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { FunnelStep } from '../contract.ts'
import type { StepOrder, Unit } from '../vocabulary.ts'
import type { Breakdown } from './breakdown.ts'
import { addChains } from './chains-sql.ts'
import { MEASUREMENT_EVENTS, stepSql } from './step-sql.ts'

export interface Query {
  sql: string
  params: Record<string, unknown>
}

/** What is asked of the store. */
export interface FunnelPlan {
  shop: number
  /** Half-open, ms since 1970: an attempt begins in it. */
  period: TimeRange
  steps: readonly FunnelStep[]
  order: StepOrder
  windowMs: number
  per: Unit
  segment?: Query
  by?: Breakdown
}

/** So long a silence ends a visit. */
const SESSION_SILENCE_MS = 30 * 60_000
/** A moment is its time, then the first step that the event may make: 0 … 63, 64 for none. */
const RANKS = 128

/** Every step: how many came so far, and quantiles of how long it took them, ms. */
export function funnelQuery(plan: FunnelPlan): Query {
  const units = unitsQuery(plan)
  return {
    sql: `SELECT line.1 AS step, count() AS n, countIf(known) AS known, quantilesExact(0.25, 0.5, 0.75, 0.9)(line.2) AS took
FROM (
SELECT known, arrayJoin(arrayFilter(l -> l.2 >= 0, arrayZip(range(1, ${plan.steps.length + 1}), took))) AS line
FROM (${units.sql})
)
GROUP BY step ORDER BY step`,
    params: units.params,
  }
}

/** Every value of the breakdown, the most frequent first: how many came to each step. */
export function groupsQuery(plan: FunnelPlan, limit: number): Query {
  const units = unitsQuery(plan)
  return {
    sql: `SELECT value, sumForEach(arrayMap(d -> toUInt64(d >= 0), took)) AS n
FROM (${units.sql})
WHERE took[1] >= 0 GROUP BY value ORDER BY n[1] DESC, value LIMIT {groups:UInt32}`,
    params: { ...units.params, groups: limit },
  }
}

export interface PersonsPage {
  after: { at: number; person: string } | undefined
  limit: number
}

/** Persons who came to a step (counted from 1), or who came to it and not to `next`; the latest first. */
export function personsQuery(
  plan: FunnelPlan,
  spot: { step: number; next: number | undefined },
  page: PersonsPage,
): Query {
  const units = unitsQuery(plan)
  const left = spot.next === undefined ? '' : ` AND took[${spot.next}] < 0`
  const after = page.after === undefined ? '' : ' HAVING (at, person) < ({after_at:Int64}, {after:UUID})'
  return {
    sql: `SELECT person, {from:Int64} - 1 + max(times[${spot.step}]) AS at
FROM (${units.sql})
WHERE took[${spot.step}] >= 0${left}
GROUP BY person${after} ORDER BY at DESC, person DESC LIMIT {limit:UInt32}`,
    params: {
      ...units.params,
      limit: page.limit,
      ...(page.after && { after_at: page.after.at, after: page.after.person }),
    },
  }
}

/**
 * A row for each person or visit: `took`, by step, ms from the first step to this one or −1; `times`, when that was,
 * ms from the period's beginning, counted from 1; `value` of the breakdown.
 */
export function unitsQuery(plan: FunnelPlan): Query {
  const { shop, period, steps, windowMs, order, per, segment, by } = plan
  const conditions = steps.map((step, index) => stepSql(step, index + 1))
  const marked = conditions.map(({ sql }, index) => `bitShiftLeft(toUInt64(${sql}), ${index})`).join(' + ')
  const isWhole = order === 'strict' || per === 'session'
  const contact = "kind IN ('page', 'screen', 'track') AND name NOT IN {measurements:Array(String)}"
  const asked = [...conditions.map(({ sql }) => sql), ...(isWhole ? [`(${contact})`] : []), by?.needs ?? '']
  const { join, person } = personsJoin()
  const marks = `SELECT person, known, value, ${splitSql(per, order)} AS unit FROM (
SELECT ${person} AS person, ${by?.ofPerson ?? "''"} AS value,
  max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
  arraySort(groupArrayIf((e.at * ${RANKS} + e.rank, e.mask), e.mask > 0${isWhole ? ' OR e.is_contact' : ''})) AS marks
FROM (
SELECT identity, toUnixTimestamp64Milli(ts) - {from:Int64} + 1 AS at, ${marked} AS mask,
  toInt64(bitCount(bitAnd(bitNot(mask), mask - 1))) AS rank, ${by?.ofEvent ?? "''"} AS value,
  identity_kind != 'anonymous' AS known, ${isWhole ? contact : '0'} AS is_contact
FROM events FINAL
WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({until:Int64})
  AND (${asked.filter((one) => one !== '').join(' OR ')})
) AS e ${join}
${segment ? `WHERE ${person} IN (${segment.sql})` : ''}
GROUP BY person HAVING notEmpty(marks)
)`
  return {
    sql: addChains(marks, plan),
    params: {
      shop,
      from: period.from,
      // An attempt that begins on the last day has its whole window too.
      until: order === 'any' ? period.to : period.to + windowMs,
      span: period.to - period.from,
      window: windowMs,
      measurements: MEASUREMENT_EVENTS,
      ...(per === 'session' && { silence: SESSION_SILENCE_MS }),
      ...Object.assign({}, ...conditions.map(({ params }) => params)),
      ...by?.params,
      ...segment?.params,
    },
  }
}

/** A person's marks, or a row for each of their visits. Events that make no step only cut visits, unless nothing may lie between. */
function splitSql(per: Unit, order: StepOrder): string {
  if (per === 'person') return 'marks'
  const time = (mark: string) => `intDiv(${mark}.1, ${RANKS})`
  const before = 'arrayPushFront(arrayPopBack(marks), marks[1])'
  const visits = `arrayJoin(arraySplit((m, b) -> ${time('m')} - ${time('b')} > {silence:Int64}, marks, ${before}))`
  return order === 'strict' ? visits : `arrayFilter(m -> m.2 > 0, ${visits})`
}
