import type { Estimate } from '../../contract.ts'
import { isOneEach } from './check-units.ts'
import { compareGroups, tell } from './combine-effects.ts'
import type { Predictor, UnitTable } from './units.ts'
import { varies } from './varies.ts'

type Levels = Predictor['levels']

/** The plain difference between those of each level and those for whom all was kept: what a level's effect is against. */
export function compareLevels(table: UnitTable, { known, levels }: Predictor): (Estimate | null)[] {
  if (isOneEach(table.cluster, table.persons)) return compareUnits(table.outcome, known, levels)
  return levels.map(({ values }) => {
    const isIn = (row: number) => levels.some((one) => one.values[row] !== 0)
    const group = known.map((is, row) =>
      is !== 1 ? Number.NaN : values[row] !== 0 ? 1 : isIn(row) ? Number.NaN : 0,
    )
    return compareGroups(table.outcome, group, table.cluster, table.persons)?.estimate ?? null
  })
}

/** The same where units are persons, of which there may be a million: all levels in one pass, errors from sums of squares. */
function compareUnits(outcome: Float64Array, known: Float64Array, levels: Levels): (Estimate | null)[] {
  const kept = levels.length
  const [count, sum, squares] = [0, 1, 2].map(() => new Float64Array(kept + 1)) as [Sums, Sums, Sums]
  const add = (at: number, y: number) => {
    count[at] = (count[at] as number) + 1
    sum[at] = (sum[at] as number) + y
    squares[at] = (squares[at] as number) + y * y
  }
  for (let row = 0; row < outcome.length; row++) {
    if (known[row] !== 1) continue
    const y = outcome[row] as number
    let isKept = true
    for (let level = 0; level < kept; level++) {
      if ((levels[level] as Levels[number]).values[row] === 0) continue
      isKept = false
      add(level, y)
    }
    if (isKept) add(kept, y)
  }
  const mean = (at: number) => (sum[at] as number) / (count[at] as number)
  const spread = (at: number) =>
    Math.max(0, (squares[at] as number) - (sum[at] as number) * mean(at)) / (count[at] as number) ** 2
  const isKept = (row: number) => levels.every(({ values }) => values[row] === 0)
  const hasBoth = varies(outcome, (row) => known[row] === 1 && isKept(row))
  return levels.map(({ values }, at) => {
    const n = (count[at] as number) + (count[kept] as number)
    if (!hasBoth || !varies(outcome, (row) => known[row] === 1 && values[row] !== 0)) return null
    const error = Math.sqrt(((spread(at) + spread(kept)) * n) / (n - 1))
    return tell(mean(at) - mean(kept), error, n - 1).estimate
  })
}

type Sums = Float64Array
