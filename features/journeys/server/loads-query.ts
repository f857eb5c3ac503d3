import { personsJoin } from '../../people/server/reads.ts'
import { inPeriod, type MapPlan, type Query } from './map-plan.ts'
import type { OrderNames } from './order-names.ts'
import type { CodedStandard } from './registry-codes.ts'
import { segmentCondition } from './segment.ts'

/** Loadings of one page template at one touchpoint: how many, how many of them good, how many worse than bad. */
export interface LoadsRow {
  touchpoint: string
  measure: string
  template: string
  n: number
  good: number
  bad: number
}

/** Standards that are judged by page template, not by visit. */
export function templateStandards({ codes }: MapPlan): CodedStandard[] {
  return codes.standards.filter(({ standard }) => standard.basis === 'p75')
}

/**
 * Loadings by page template. A quarter of a template's loadings may be slower than good: that can be told from these
 * counts alone, without the loadings themselves. Repeated events measure the same, so the engine may leave out
 * everything else before it looks for them.
 */
export function loadsQuery(plan: MapPlan, names: OrderNames): Query {
  const { touchpoints } = plan.codes
  const standards = templateStandards(plan)
  const keyOf = (code: number) => touchpoints[code - 1]?.key ?? ''
  const sign = ({ standard }: CodedStandard) => (standard.direction === 'at_most' ? 1 : -1)
  const { join } = personsJoin()
  const segment = segmentCondition(plan.segment, names)
  const list = (name: string) => `transform(pair, {load_pairs:Array(String)}, {${name}:Array(Float64)}, 0)`
  return {
    sql: `SELECT touchpoint, measure, template, toUInt32(count()) AS n,
  toUInt32(countIf(${list('load_signs')} * measured <= ${list('load_goods')})) AS good,
  toUInt32(countIf(${list('load_signs')} * measured > ${list('load_bads')})) AS bad
FROM (
  SELECT identity, touchpoint, measure, template, measured, concat(touchpoint, '.', measure) AS pair FROM events FINAL
  PREWHERE measure IN {load_measures:Array(String)}
  WHERE shop = {shop:UInt32} AND ${inPeriod()} AND measured IS NOT NULL
) AS e ${segment.sql === '' ? '' : join}
WHERE pair IN {load_pairs:Array(String)}${segment.sql === '' ? '' : ` AND ${segment.sql}`}
GROUP BY touchpoint, measure, template`,
    params: {
      shop: plan.shop,
      ...plan.period,
      ...segment.params,
      load_measures: [...new Set(standards.map(({ measure }) => measure))],
      load_pairs: standards.map(({ code, measure }) => `${keyOf(code)}.${measure}`),
      load_signs: standards.map(sign),
      load_goods: standards.map((one) => sign(one) * one.standard.good),
      load_bads: standards.map((one) => sign(one) * one.standard.bad),
    },
  }
}
