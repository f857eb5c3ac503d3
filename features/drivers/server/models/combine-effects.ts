import { studentQuantile, studentTails } from '../../../../kernel/stats/distributions.ts'
import type { Estimate } from '../../contract.ts'
import { isOneEach } from './check-units.ts'
import type { SquareMatrix } from './cholesky.ts'
import { varies } from './varies.ts'

export interface Combined {
  estimate: Estimate
  error: number
  p: number
}

/** Σ wⱼ θⱼ over some places, with its 95 % interval by Student's t. */
export function combineEffects(
  theta: Float64Array,
  covariance: SquareMatrix,
  parts: readonly { place: number; weight: number }[],
  df: number,
): Combined {
  const size = theta.length
  let value = 0
  let variance = 0
  for (const a of parts) {
    value += a.weight * (theta[a.place] as number)
    for (const b of parts) variance += a.weight * b.weight * (covariance[a.place * size + b.place] as number)
  }
  return tell(value, Math.sqrt(Math.max(0, variance)), df)
}

export function tell(value: number, error: number, df: number): Combined {
  const half = studentQuantile(0.975, df) * error
  const p = error > 0 ? studentTails(value / error, df) : value === 0 ? 1 : 0
  return { estimate: { value, low: value - half, high: value + half }, error, p }
}

/**
 * The mean where `group` is 1 minus where it is 0 (neither: not compared), errors going together within persons. Undefined where all
 * of a side are alike: their error would be reckoned as nothing.
 */
export function compareGroups(
  outcome: Float64Array,
  group: Float64Array | Int8Array,
  cluster: Int32Array,
  persons: number,
): Combined | undefined {
  const count = [0, 0]
  const sum = [0, 0]
  for (let row = 0; row < outcome.length; row++) {
    const side = group[row] as number
    if (side !== 0 && side !== 1) continue
    count[side] = (count[side] as number) + 1
    sum[side] = (sum[side] as number) + (outcome[row] as number)
  }
  const [without, exposed] = count as [number, number]
  if ([0, 1].some((side) => !varies(outcome, (row) => group[row] === side))) return undefined
  const means = [(sum[0] as number) / without, (sum[1] as number) / exposed] as const
  const { squares, clusters } = isOneEach(cluster, persons)
    ? addUpUnits(outcome, group, means, count as [number, number])
    : addUpPersons(outcome, group, cluster, persons, means, count as [number, number])
  if (clusters < 3) return undefined
  return tell(means[1] - means[0], Math.sqrt((squares * clusters) / (clusters - 1)), clusters - 1)
}

type Pair = readonly [number, number]

/** Σ of the squared parts of the difference that each unit has, where units are persons. */
function addUpUnits(
  outcome: Float64Array,
  group: Float64Array | Int8Array,
  means: Pair,
  [without, exposed]: Pair,
) {
  let squares = 0
  for (let row = 0; row < outcome.length; row++) {
    const side = group[row] as number
    if (side === 1) squares += (((outcome[row] as number) - means[1]) / exposed) ** 2
    else if (side === 0) squares += (((outcome[row] as number) - means[0]) / without) ** 2
  }
  return { squares, clusters: without + exposed }
}

/** The same of persons, whose units go together. */
function addUpPersons(
  outcome: Float64Array,
  group: Float64Array | Int8Array,
  cluster: Int32Array,
  persons: number,
  means: Pair,
  [without, exposed]: Pair,
) {
  const scores = new Float64Array(persons)
  const seen = new Uint8Array(persons)
  for (let row = 0; row < outcome.length; row++) {
    const side = group[row] as number
    if (side !== 0 && side !== 1) continue
    const person = cluster[row] as number
    const part = ((outcome[row] as number) - means[side as 0 | 1]) / (side === 1 ? exposed : -without)
    scores[person] = (scores[person] as number) + part
    seen[person] = 1
  }
  const clusters = seen.reduce((all, one) => all + one, 0)
  return { squares: scores.reduce((all, one) => all + one * one, 0), clusters }
}
