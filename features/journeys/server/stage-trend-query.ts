import type { MapPlan, Query } from './map-plan.ts'
import { type MapRow, personsQuery } from './map-query.ts'
import type { OrderNames } from './order-names.ts'
import {
  LOADING_OUTCOME,
  MARK,
  OUTCOME,
  readCode,
  readKind,
  readTime,
  readValue,
  VALENCE_STEPS,
} from './packed.ts'
import { addPlaces, LINE } from './person-lines.ts'
import { touchpointsOf } from './persons-query.ts'
import { type Buckets, bucketOf, bucketParams } from './stage-buckets.ts'

/** A line of the map for one part of the period, named by its beginning in ms since the period's. */
export interface TrendRow extends MapRow {
  bucket: number
}

const isFact = `${readKind('m')} = ${MARK.fact}`
const isSaid = `${isFact} AND ${readValue('m')} <= ${2 * VALENCE_STEPS}`
const isJudged = `${isFact} AND ${readValue('m')} BETWEEN ${OUTCOME} AND ${LOADING_OUTCOME + 2}`

/**
 * The lines of one stage of the map for each part of the period. Where a contact stands follows from the orders as the
 * whole period knows them; a person's own mean is taken anew in each part.
 */
export function stageTrendQuery(plan: MapPlan, names: OrderNames, stage: number, buckets: Buckets): Query {
  const only = touchpointsOf(plan, { stage, touchpoint: undefined })
  const persons = personsQuery(plan, names, only)
  const inBuckets = (condition: string) => `arrayFilter((b, m) -> ${condition}, buckets, here)`
  return {
    sql: `SELECT row.1 AS bucket, row.2 AS line, row.3 AS key, count() AS n, sum(row.4) AS sum,
  sum(row.4 * row.4) AS squares, 0 AS other, 0 AS middle
FROM (
  SELECT arrayJoin(${lines(stage)}) AS row FROM (
    SELECT here, buckets, cells,
      arrayFilter((c, m) -> ${readKind('m')} = ${MARK.contact}, cells, here) AS contacts,
      ${inBuckets(isSaid)} AS said_in, arrayMap(m -> ${readValue('m')} / ${VALENCE_STEPS} - 1, arrayFilter(m -> ${isSaid}, here)) AS said,
      ${inBuckets(isJudged)} AS kept_in, arrayMap(m -> (${readValue('m')} - ${OUTCOME}) % 10 / 2, arrayFilter(m -> ${isJudged}, here)) AS kept
    FROM (
      SELECT here, arrayMap(m -> ${bucketOf(readTime('m'))}, here) AS buckets,
        arrayMap((m, b) -> (b, toUInt32(${stage * 1024} + ${readCode('m')})), here, buckets) AS cells
      FROM (
        SELECT arrayFilter((m, p) -> intDiv(p, 1024) = ${stage}, marks, places) AS here
        FROM (${addPlaces(persons.sql, false)})
      )
      WHERE notEmpty(here)
    )
  )
)
GROUP BY bucket, line, key`,
    params: { ...persons.params, ...bucketParams(buckets) },
  }
}

const row = (line: number, bucket: string, key: string | number, x = '0') =>
  `(${bucket}, toUInt8(${line}), toUInt32(${key}), toFloat64(${x}))`
/** A person's mean of values by parts of the period. */
const means = (line: number, stage: number, buckets: string, values: string) =>
  `arrayMap(k -> ${row(line, 'k', stage, `arrayAvg(arrayFilter((v, b) -> b = k, ${values}, ${buckets}))`)}, arrayDistinct(${buckets}))`

const lines = (stage: number) => `arrayConcat(
    arrayMap(b -> ${row(LINE.stage, 'b', stage)}, arrayDistinct(buckets)),
    arrayMap(c -> ${row(LINE.place, 'c.1', 'c.2', 'greatest(countEqual(contacts, c), 1)')}, arrayDistinct(cells)),
    ${means(LINE.saidStage, stage, 'said_in', 'said')},
    ${means(LINE.keptStage, stage, 'kept_in', 'kept')}
  )`
