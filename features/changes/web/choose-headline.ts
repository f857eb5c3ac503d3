import { FLOOR_NUMBER } from '../../../kernel/stats/floors.ts'
import type { TrendPoint } from '../contract.ts'

/** A week further back than so many before the last one says nothing of how it is now; orders are known two weeks later. */
const RECENT_WEEKS = 4

/** The newest week that is told, unless it is long ago. Of few persons only its range is named. */
export function chooseHeadline(points: readonly TrendPoint[]) {
  const point = points.slice(-1 - RECENT_WEEKS).findLast(({ value }) => value !== null)
  if (point?.value == null) return undefined
  return {
    ...{ point, isLast: point === points.at(-1) },
    number: point.n >= FLOOR_NUMBER ? point.value : undefined,
    range: point.low === null || point.high === null ? undefined : { low: point.low, high: point.high },
  }
}
