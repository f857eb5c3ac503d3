import { FLOOR_WORD, type Readings } from '../contract.ts'
import type { MapPlan } from './map-plan.ts'
import { toBins } from './reading-bins.ts'
import { measuredIn, type ReadingsRow } from './readings-query.ts'

/** What was measured at the stage, most readings first; standards without any are left out. */
export function toReadings(plan: MapPlan, stage: number, rows: readonly ReadingsRow[]): Readings[] {
  const found = measuredIn(plan, stage).flatMap(({ code, standard }, index) => {
    const own = rows.filter((row) => row.standard === index + 1)
    const all = own.find(({ bin }) => bin === 0)
    if (!all) return []
    const isEnough = all.persons >= FLOOR_WORD
    const [half, most, nearlyAll] = all.middles
    const counts = new Map(own.filter(({ bin }) => bin > 0).map(({ bin, n }) => [bin - 1, n]))
    return {
      touchpoint: plan.codes.touchpoints[code - 1]?.key ?? '',
      standard,
      readings: all.n,
      persons: all.persons,
      quartiles: isEnough ? { half, most, nearlyAll } : null,
      bins: isEnough ? toBins(standard, counts) : [],
    }
  })
  return found.sort((a, b) => b.readings - a.readings)
}
