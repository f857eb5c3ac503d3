import { attachedQuery, codesOf } from './attached-query.ts'
import { inPeriod, type MapPlan, type Query } from './map-plan.ts'
import type { OrderNames } from './order-names.ts'
import { MARK, mark, readCode } from './packed.ts'
import { touchpointsIn } from './persons-query.ts'
import { badnessEdges, signOf } from './reading-bins.ts'
import type { CodedStandard } from './registry-codes.ts'

/** Readings of one standard at one touchpoint: in a bin (from 1), or all of them (bin 0). */
export interface ReadingsRow {
  /** Place of the standard in `measuredIn`, from 1. */
  standard: number
  bin: number
  n: number
  persons: number
  middles: [number, number, number]
}

/** Standards by which anything that can stand in the stage is measured. */
export function measuredIn(plan: MapPlan, stage: number): CodedStandard[] {
  const here = new Set(touchpointsIn(plan, stage).map(({ code }) => code))
  return plan.codes.standards.filter(({ code }) => here.has(code))
}

/** How many readings of each standard of the stage lie between which values. Bins count from the best to the worst. */
export function readingsQuery(plan: MapPlan, names: OrderNames, stage: number): Query {
  const standards = measuredIn(plan, stage)
  const codes = codesOf(touchpointsIn(plan, stage))
  const at = mark('toUnixTimestamp64Milli(ts) - {from:Int64}', MARK.fact, codes.sql, '0')
  const attached = {
    type: 'Tuple(LowCardinality(String), Float64)',
    sql: `SELECT identity, groupArray((${at}, (measure, assumeNotNull(measured)))) AS pairs FROM events FINAL
  WHERE shop = {shop:UInt32} AND ${inPeriod()} AND touchpoint IN {only_keys:Array(String)} AND measure IN {reading_measures:Array(String)} AND measured IS NOT NULL
  GROUP BY identity`,
    params: codes.params,
  }
  const found = attachedQuery(plan, names, stage, attached)
  return {
    sql: `SELECT standard, bin, count() AS n, uniqExact(person) AS persons, quantilesExact(0.5, 0.75, 0.9)(reading) AS middles
FROM (
  SELECT person, reading, standard, 1 + arrayCount(e -> reading * {reading_signs:Array(Int8)}[standard] > e, {reading_edges:Array(Array(Float64))}[standard]) AS bin
  FROM (
    SELECT person, thing.2 AS reading,
      indexOf({reading_standards:Array(String)}, concat(toString(${readCode('mark')}), ' ', thing.1)) AS standard
    FROM (${found.sql})
  )
  WHERE standard > 0
)
GROUP BY GROUPING SETS ((standard), (standard, bin))`,
    params: {
      ...found.params,
      reading_measures: [...new Set(standards.map(({ measure }) => measure))],
      reading_standards: standards.map(({ code, measure }) => `${code} ${measure}`),
      reading_signs: standards.map(({ standard }) => signOf(standard)),
      reading_edges: standards.map(({ standard }) => badnessEdges(standard)),
    },
  }
}
