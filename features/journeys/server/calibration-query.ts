import { personsJoin } from '../../people/server/reads.ts'
import { inPeriod, type MapPlan, type Query } from './map-plan.ts'
import type { OrderNames } from './order-names.ts'
import type { CodedStandard } from './registry-codes.ts'
import { segmentCondition } from './segment.ts'

/** Persons with the same measured value at one touchpoint: how many, and what those of them who spoke said, −1 … 1. */
export interface CalibrationRow {
  touchpoint: string
  measure: string
  value: number
  n: number
  said: number[]
}

/** Of so many persons who spoke the curve is learned; more would cost time and change nothing. */
const LEARN_FROM = 1500

/**
 * Per person the mean of what a standard measured and of what they said at the same touchpoint, folded by the measured
 * value (to three digits, so that the rows stay few). Who is learned from is drawn by the person's hash: the same
 * persons each time.
 */
export function calibrationQuery(
  plan: MapPlan,
  names: OrderNames,
  standards: readonly CodedStandard[],
): Query {
  const { touchpoints } = plan.codes
  const { join, person } = personsJoin()
  const segment = segmentCondition(plan.segment, names)
  return {
    sql: `SELECT touchpoint, pair.1 AS measure, value, toUInt32(count()) AS n, arrayFilter(s -> s > -2, groupArray(heard)) AS said
FROM (
  SELECT touchpoint, pair, value, if(isNaN(said) OR row_number() OVER (PARTITION BY touchpoint, pair, isNaN(said) ORDER BY cityHash64(person)) > ${LEARN_FROM}, -9, said) AS heard
  FROM (
    SELECT person, touchpoint, arrayJoin(values) AS pair, sums / counts AS said,
      exp10(floor(log10(greatest(abs(pair.2), 1e-6))) - 2) AS digit, round(pair.2 / digit) * digit AS value
    FROM (
      SELECT person, touchpoint, sum(valences) AS sums, sum(spoken) AS counts,
        arrayFilter(v -> v.1 != '', groupArray((measure, if(tries = 0, 0, measures / tries)))) AS values
      FROM (
        SELECT ${person} AS person, e.touchpoint AS touchpoint, e.measure AS measure, sum(e.valences) AS valences, sum(e.spoken) AS spoken,
          sum(e.measures) AS measures, sum(e.tries) AS tries
        FROM (
          SELECT identity, touchpoint, measure, sum(ifNull(valence, 0)) AS valences, count(valence) AS spoken,
            sum(ifNull(measured, 0)) AS measures, count(measured) AS tries
          FROM events FINAL
          WHERE shop = {shop:UInt32} AND ${inPeriod()} AND touchpoint IN {calibrated:Array(String)}
            AND (valence IS NOT NULL OR measure IN {calibrated_by:Array(String)} AND measured IS NOT NULL)
          GROUP BY identity, touchpoint, measure
        ) AS e ${join}
        ${segment.sql === '' ? '' : `WHERE ${segment.sql}`}
        GROUP BY person, touchpoint, measure
      )
      GROUP BY person, touchpoint
    )
  )
)
GROUP BY touchpoint, pair.1, value`,
    params: {
      shop: plan.shop,
      ...plan.period,
      ...segment.params,
      calibrated: [...new Set(standards.map(({ code }) => touchpoints[code - 1]?.key ?? ''))],
      calibrated_by: [...new Set(standards.map(({ measure }) => measure))],
    },
  }
}
