import type { Day } from '../../../kernel/time.ts'
import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { Return } from '../vocabulary.ts'

export interface Query {
  sql: string
  params: Record<string, unknown>
}

/** What is asked of the store. */
export interface CohortsPlan {
  shop: number
  timeZone: string
  /** First days of the persons, half-open. */
  days: { from: Day; to: Day }
  /** What happened from here on, ms since 1970, is left out: nobody is followed so far. */
  until: number
  returns: Return
  /** The stretches after the first day in which a return is looked for. */
  followed: { count: number; days: number }
  /** Persons are told apart by the channel of their first contact. */
  isSplit: boolean
  /** A condition on the person, of a segment or a sample. */
  only?: (person: string) => Query
}

/** Persons of one first day: how many, and how many came back in each stretch, and by its end. */
export interface DayRow {
  first: Day
  value: string
  n: number
  known: number
  within: number[]
  by: number[]
}

/** An event that is no contact: a measurement, or what a person answered. */
const NO_CONTACT = ['Standard Measured', 'Page Measured', 'Feedback Given']
/** An event's name as the orders room reads it. */
const ORDER_NAME = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"
const DAY = 'toUInt16(toDate(ts, {zone:String}))'
const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')"
const MAX_DAY = 65_535
/** Later than any contact: of whoever has none the channel is unknown. */
const NO_TOUCH = `(toInt64(9000000000000000), ${NOBODY})`

/** One row for each first day (and channel): counted here, put together to weeks or months by `makeCohorts`. */
export function cohortsQuery(plan: CohortsPlan): Query {
  const persons = personsQuery(plan)
  return {
    sql: `SELECT first, value, count() AS n, countIf(known) AS known, sumForEach(within) AS within, sumForEach(by) AS by
FROM (
SELECT first, known, value, if(empty(stretches), 65535, arrayMin(stretches)) AS soonest,
  arrayMap(k -> toUInt64(has(stretches, k)), range(1, {count:UInt16} + 1)) AS within,
  arrayMap(k -> toUInt64(soonest <= k), range(1, {count:UInt16} + 1)) AS by
FROM (${persons.sql})
)
GROUP BY first, value ORDER BY first, value`,
    params: persons.params,
  }
}

export interface PersonsPage {
  after: { on: Day; person: string } | undefined
  limit: number
}

/** Whose first day lies in the cohort, and whether they came back: in the stretch (`within`), by its end, or not. */
export interface CohortSpot {
  days: { from: Day; to: Day }
  stretch: number
  kind: 'all' | 'within' | 'by' | 'not_by'
}

export interface PersonRow {
  person: string
  on: Day
}

/** Persons behind a number of the table, who came first last. */
export function cohortPersonsQuery(plan: CohortsPlan, spot: CohortSpot, page: PersonsPage): Query {
  const persons = personsQuery({ ...plan, days: spot.days })
  const kinds = {
    all: '1',
    within: 'has(stretches, {stretch:UInt16})',
    by: 'arrayExists(k -> k <= {stretch:UInt16}, stretches)',
    not_by: 'NOT arrayExists(k -> k <= {stretch:UInt16}, stretches)',
  }
  const after = page.after ? ' AND (first, person) < ({after_on:UInt16}, {after:UUID})' : ''
  return {
    sql: `SELECT person, first AS on FROM (${persons.sql})
WHERE ${kinds[spot.kind]}${after} ORDER BY first DESC, person DESC LIMIT {limit:UInt32}`,
    params: {
      ...persons.params,
      stretch: spot.stretch,
      limit: page.limit,
      ...(page.after && { after_on: page.after.on, after: page.after.person }),
    },
  }
}

/**
 * A row for each person whose first day lies in the days asked for: `first`, and `stretches`, the numbers (from 1) of
 * those after it in which they came back. Days of the shop's calendar are all that counts: what happens on the first
 * day is still the beginning, whatever the clock did that day.
 */
function personsQuery(plan: CohortsPlan): Query {
  const { join, person } = personsJoin()
  const only = plan.only?.(person)
  const value = plan.isSplit ? 'argMin(e.value, e.touch)' : "''"
  return {
    sql: `SELECT person, known, value, first,
  arrayDistinct(arrayMap(d -> toUInt16(intDiv(d - first - 1, {length:UInt16}) + 1), arrayFilter(d -> d > first, days))) AS stretches
FROM (
SELECT ${person} AS person, max(e.known OR links.person != ${NOBODY}) AS known, ${value} AS value,
  min(e.begun) AS first, groupUniqArrayArray(e.days) AS days
FROM (${foldsSql(plan)}) AS e ${join}
${only ? `WHERE ${only.sql}` : ''}
GROUP BY person HAVING first >= {first_from:UInt16} AND first < {first_to:UInt16}
)`,
    params: {
      shop: plan.shop,
      zone: plan.timeZone,
      until: plan.until,
      no_contact: NO_CONTACT,
      ...(plan.returns === 'order' && { placed: listEventNames(['placed']) }),
      count: plan.followed.count,
      length: plan.followed.days,
      first_from: toStoredDay(plan.days.from),
      first_to: toStoredDay(plan.days.to),
      ...only?.params,
    },
  }
}

/** The store counts days in 16 bits; nothing is recorded outside of them, so a period may end where they do. */
const toStoredDay = (day: Day): Day => Math.min(MAX_DAY, Math.max(0, day))

/** A row for each identity: the day on which it begins, and the days that may be a return. */
function foldsSql(plan: CohortsPlan): string {
  if (plan.returns !== 'order') return contactsSql(plan)
  return plan.isSplit ? `${ordersSql(plan)} UNION ALL ${touchesSql(plan)}` : ordersSql(plan)
}

const CONTACTS = `FROM events FINAL
  WHERE shop = {shop:UInt32} AND ts < fromUnixTimestamp64Milli({until:Int64})
    AND (arrival != '' OR touchpoint != '') AND name NOT IN {no_contact:Array(String)}`
const KNOWN = "identity_kind != 'anonymous'"
/**
 * An event's place in time as one number, of which the store finds the least faster than of tuples: 44 bits of
 * milliseconds, then those of the hash, which tell events of one instant apart.
 */
const PLACE =
  'bitShiftLeft(toUInt128(toUnixTimestamp64Milli(ts)), 84) + bitShiftRight(reinterpretAsUInt128(message_hash), 44)'
const TOUCH = `argMin(toString(channel), (ts, message_hash)) AS value,
    min((toUnixTimestamp64Milli(ts), message_hash)) AS touch`

function contactsSql({ returns, isSplit }: CohortsPlan): string {
  const days =
    returns === 'visit' ? `groupUniqArrayIf(${DAY}, kind IN ('page', 'screen'))` : `groupUniqArray(${DAY})`
  return `SELECT identity, max(${KNOWN}) AS known, min(${DAY}) AS begun, ${days} AS days${isSplit ? `,\n    ${TOUCH}` : ''}
  ${CONTACTS}
  GROUP BY identity`
}

/** Who never ordered begins never: 65535 lies behind every day that is asked for. */
function touchesSql(_plan: CohortsPlan): string {
  return `SELECT identity, max(${KNOWN}) AS known, toUInt16(65535) AS begun, emptyArrayUInt16() AS days,
    ${TOUCH}
  ${CONTACTS}
  GROUP BY identity`
}

/** Each order once, on the day of its first placing; events that repeat it change nothing. */
function ordersSql({ isSplit }: CohortsPlan): string {
  return `SELECT placing.1 AS identity, max(placing.2) AS known, min(day) AS begun, groupUniqArray(day) AS days${isSplit ? `,\n    '' AS value, ${NO_TOUCH} AS touch` : ''}
  FROM (
    SELECT argMin((identity, ${KNOWN}), ${PLACE}) AS placing, toUInt16(toDate(min(ts), {zone:String})) AS day
    FROM (
      SELECT identity, identity_kind, order_id, ts, message_hash FROM events FINAL
      WHERE shop = {shop:UInt32} AND order_id != '' AND ts < fromUnixTimestamp64Milli({until:Int64})
        AND ${ORDER_NAME} IN {placed:Array(String)}
    )
    GROUP BY order_id
  )
  GROUP BY identity`
}
