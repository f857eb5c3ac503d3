import { listEventNames } from '../../orders/server/reads.ts'
import { personsJoin } from '../../people/server/reads.ts'
import type { Query } from '../../reports/server/reads.ts'
import type { WeeksPlan } from './weeks-plan.ts'

/** Of whom it is asked: the condition on a person, as the frame of reports gives it, and a part of them by lot. */
export interface Whom {
  persons(person: string): Query
  part: { number: number; of: number }
}

/** Later than anything that is recorded, and nothing known by then. */
const NEVER = 'toInt64(9e15)'
/** What may become known long after the first visit: a region with the first order. */
export const LATE_FACTS = ['city', 'region', 'age', 'category'] as const
/** An event's name as the orders room reads it. */
const STEP = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"

/** The person is one of those asked for, and of this part of them. */
export function whomSql(whom: Whom, person: string): Query {
  const { sql, params } = whom.persons(person)
  const { number, of } = whom.part
  if (of <= 1) return { sql, params }
  return {
    sql: `${sql} AND cityHash64(${person}, 'weeks') % {parts:UInt32} = {part:UInt32}`,
    params: { ...params, parts: of, part: number },
  }
}

/**
 * A row for each person with what was first known of them: their first page (how they came, and on what), region, city,
 * age where they were asked, category, when they were first seen, and when they ordered. What comes later changes
 * nothing, so that the past stays as it was.
 */
export function personsQuery(plan: WeeksPlan, whom: Whom): Query {
  const { join, person } = personsJoin()
  const condition = whomSql(whom, person)
  const known = (value: string) => `min(if(${value} != '', (at, ${value}), (${NEVER}, '')))`
  return {
    sql: `SELECT ${person} AS person, min(e.first) AS first, min(e.page).2 AS arrival, min(e.page).3 AS mark,
  min(e.page).4 AS device, min(e.page).1 < ${NEVER} AS came, groupArrayArray(e.orders) AS orders,
  ${LATE_FACTS.map((fact) => `min(e.${fact}).2 AS ${fact}, min(e.${fact}).1 AS ${fact}_at`).join(', ')}
FROM (
  SELECT identity, min(if(since = 0, at, least(at, since))) AS first,
    min(if(is_page, (at, toString(arrival), toString(utm_source), toString(device)), (${NEVER}, '', '', ''))) AS page,
    groupUniqArrayIf(1000)(at, is_order) AS orders, ${LATE_FACTS.map((fact) => `${known(fact)} AS ${fact}`).join(', ')}
  FROM (
    SELECT identity, toUnixTimestamp64Milli(ts) AS at, arrival, utm_source, device, kind IN ('page', 'screen') AS is_page,
      ${STEP} IN {placed:Array(String)} AS is_order,
      if(traits IN ('', '{}'), '', leftUTF8(JSONExtractString(traits, 'city'), 60)) AS city,
      if(traits IN ('', '{}'), '', leftUTF8(JSONExtractString(traits, 'age_group'), 60)) AS age,
      if(is_order, leftUTF8(JSONExtractString(properties, 'region'), 60), '') AS region,
      if(is_page OR name LIKE 'Product%', leftUTF8(JSONExtractString(properties, 'category'), 60), '') AS category
    FROM events FINAL
    WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({now:Int64})
  ) AS f LEFT ANY JOIN (
    SELECT identity, toUnixTimestamp64Milli(min(first_at)) AS since FROM identity_activity
    WHERE shop = {shop:UInt32} GROUP BY identity
  ) AS seen ON seen.identity = f.identity
  GROUP BY identity
) AS e ${join}
WHERE ${condition.sql}
GROUP BY person`,
    params: {
      ...condition.params,
      shop: plan.shop,
      from: plan.period.from,
      now: plan.now,
      placed: listEventNames(['placed']),
    },
  }
}

/** What is known of a person by dimension, in SQL over a row of `personsQuery`. */
export const DIMENSION_SQL = {
  device: 'device',
  source: "if(came, if(arrival = '', 'direct', arrival), '')",
  origin: "if(came AND arrival != '' AND mark != '', concat(arrival, '/', leftUTF8(mark, 60)), '')",
  region: 'region',
  city: 'city',
  age: 'age',
  category: 'category',
} as const

/** How many persons have each value, and how many of them came in the last eight weeks. */
export function audiencesQuery(plan: WeeksPlan, whom: Whom, lately: number): Query {
  const persons = personsQuery(plan, whom)
  const pairs = Object.entries(DIMENSION_SQL).map(([name, sql]) => `('${name}', ${sql})`)
  return {
    sql: `SELECT pair.1 AS dimension, pair.2 AS value, toUInt32(count()) AS persons, toUInt32(countIf(first >= {lately:Int64})) AS lately
FROM (SELECT first, arrayJoin([${pairs.join(', ')}]) AS pair FROM (${persons.sql}))
WHERE value != ''
GROUP BY dimension, value ORDER BY greatest(persons, 5 * lately) DESC, value LIMIT 40 BY dimension`,
    params: { ...persons.params, lately },
  }
}
