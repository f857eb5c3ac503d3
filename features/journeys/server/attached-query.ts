import { personsJoin } from '../../people/server/reads.ts'
import { bordersQuery } from './borders-query.ts'
import { MARKS } from './contacts-query.ts'
import type { MapPlan, Query } from './map-plan.ts'
import { stageParams } from './map-query.ts'
import type { OrderNames } from './order-names.ts'
import { addPlaces } from './person-lines.ts'
import type { CodedTouchpoint } from './registry-codes.ts'
import { segmentCondition } from './segment.ts'

/** A statement with a row for each identity: `pairs`, an array of (mark, whatever goes with it). */
export interface Attached extends Query {
  /** The type of what goes with a mark. */
  type: string
}

/**
 * A row for each thing of `attached` that stands in the stage: `person`, its `place` and `mark`, and as `thing` what
 * goes with it. Places are told as on the map, by the state of the person's orders at that moment.
 */
export function attachedQuery(plan: MapPlan, names: OrderNames, stage: number, attached: Attached): Query {
  const borders = bordersQuery(names)
  const segment = segmentCondition(plan.segment, names)
  const { join, person } = personsJoin()
  const persons = `SELECT person, pairs.1 AS marks, pairs.2 AS things, 0 AS events FROM (
    SELECT ${person} AS person, arraySort(pair -> pair.1, groupArrayArray(e.pairs)) AS pairs
    FROM (
      SELECT identity, pairs FROM (${attached.sql})
      UNION ALL
      SELECT identity, arrayMap(m -> (m, defaultValueOfTypeName('${attached.type}')), arrayFilter(m -> m > 0, [${MARKS.join(', ')}])) AS pairs FROM (${borders.sql})
    ) AS e ${join}
    ${segment.sql === '' ? '' : `WHERE ${segment.sql}`}
    GROUP BY person
  )`
  return {
    sql: `SELECT person, found.1 AS mark, found.2 AS place, found.3 AS thing
FROM (
  SELECT person, arrayJoin(arrayFilter(f -> intDiv(f.2, 1024) = ${stage}, arrayZip(marks, places, things))) AS found
  FROM (${addPlaces(persons, false)})
)`,
    params: {
      shop: plan.shop,
      ...plan.period,
      ...attached.params,
      ...borders.params,
      ...segment.params,
      ...placeParams(plan),
    },
  }
}

/** What `addPlaces` looks up. */
function placeParams(plan: MapPlan): Record<string, unknown> {
  const { touchpoints } = plan.codes
  return { silence: 0, codes: [0, ...touchpoints.map(({ code }) => code)], ...stageParams(plan) }
}

/** SQL and parameters that number touchpoints as the plan does; 0 for all others. */
export function codesOf(only: readonly CodedTouchpoint[]): Query {
  return {
    sql: 'transform(touchpoint, {only_keys:Array(String)}, {only_codes:Array(UInt16)}, 0)',
    params: {
      only_keys: ['', ...only.map(({ key }) => key)],
      only_codes: [0, ...only.map(({ code }) => code)],
    },
  }
}
