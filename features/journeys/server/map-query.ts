import { personsJoin } from '../../people/server/reads.ts'
import { JOURNEY_SILENCE_MS } from '../../reports/server/reads.ts'
import { bordersQuery } from './borders-query.ts'
import { contactsQuery, MARKS } from './contacts-query.ts'
import type { MapPlan, Query } from './map-plan.ts'
import type { OrderNames } from './order-names.ts'
import { addLines, LINE } from './person-lines.ts'
import { segmentCondition } from './segment.ts'

/** n persons, the sum of their x, of its square, and of their y; the middle y of those whose x is 1. */
export interface MapRow {
  line: number
  key: number
  n: number
  sum: number
  squares: number
  other: number
  middle: number
}

/**
 * The whole map in one pass: events fold to persons, a person's marks to some lines, and these to the lines of the answer, some hundreds whatever the number of events.
 */
export function mapQuery(plan: MapPlan, names: OrderNames): Query {
  const persons = personsQuery(plan, names)
  return {
    sql: `SELECT row.1 AS line, row.2 AS key, count() AS n, sum(row.3) AS sum, sum(row.3 * row.3) AS squares,
  sum(row.4) AS other, quantileExactIf(0.5)(row.4, row.1 = ${LINE.next} AND row.3 = 1) AS middle
FROM (${addLines(persons.sql)})
GROUP BY line, key`,
    params: persons.params,
  }
}

/** A row for each person of the period (or of some touchpoints in it) with all marks in the order of time. */
export function personsQuery(plan: MapPlan, names: OrderNames, only?: readonly string[]): Query {
  const contacts = contactsQuery(plan.codes, only)
  const borders = bordersQuery(names)
  const segment = segmentCondition(plan.segment, names)
  const { join, person } = personsJoin()
  const marks = MARKS.map((column) => `groupArrayIf(e.${column}, e.${column} > 0)`)
  return {
    sql: `SELECT ${person} AS person, sum(e.events) AS events,
    max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known,
    sum(e.waiting) AS waiting, arraySort(arrayConcat(${marks.join(', ')})) AS marks
  FROM (${contacts.sql} UNION ALL SELECT identity, 0 AS events, 0 AS known, 0 AS waiting, ${MARKS.join(', ')} FROM (${borders.sql})) AS e ${join}
  ${segment.sql === '' ? '' : `WHERE ${segment.sql}`}
  GROUP BY person HAVING events > 0`,
    params: {
      shop: plan.shop,
      ...plan.period,
      silence: JOURNEY_SILENCE_MS,
      ...contacts.params,
      ...borders.params,
      ...segment.params,
      ...stageParams(plan),
    },
  }
}

export function stageParams({ codes: { touchpoints } }: MapPlan): Record<string, unknown> {
  return {
    stage_of: [0, ...touchpoints.map(({ stage }) => stage)],
    stage_ordered: [0, ...touchpoints.map(({ whileOrdered }) => whileOrdered)],
    stage_received: [0, ...touchpoints.map(({ afterReceipt }) => afterReceipt)],
  }
}
