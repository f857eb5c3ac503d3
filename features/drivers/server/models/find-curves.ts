import { studentQuantile } from '../../../../kernel/stats/distributions.ts'
import type { Estimate } from '../../contract.ts'
import type { Survey } from './check-units.ts'
import { type FittedModel, freedomOf, missedLevelsOf, reasonOf } from './fit-model.ts'
import { keepPlaces } from './fit-stages.ts'
import { findMarginalEffects, fitCurve, listTellable, MOST_CURVE_ROWS, takePart } from './margins.ts'
import type { SparseRows } from './sparse-rows.ts'

/** A second look by a logistic curve, stage by stage, each from where the one before came to; by predictor. */
export function findCurves(fitted: FittedModel): { curves: Map<number, Estimate>; units: number } {
  const curves = new Map<number, Estimate>()
  if (fitted.table.family !== 'share') return { curves, units: 0 }
  const part = takePart(fitted.rows, MOST_CURVE_ROWS)
  const ground = { ...part, columns: listTellable(part.rows) }
  let start: Float64Array | undefined
  for (const { rank, size } of fitted.stages.values()) {
    const own = fitted.table.predictors.flatMap(({ stageRank }, at) =>
      stageRank === rank && reasonOf(fitted, at) === null ? [at] : [],
    )
    const fit = own.length > 0 ? fitTellable(ground, size, start) : undefined
    if (!fit) continue
    const { curve, rows, columns } = fit
    ground.columns = columns
    if (!curve.isFirth) start = curve.theta
    const places = own.map((at) => {
      const levels = missedLevelsOf(fitted, at).map(({ place }) => columns.indexOf(place))
      return levels.includes(-1) ? [] : levels
    })
    findMarginalEffects(rows, curve, places).forEach((margin, index) => {
      const at = own[index] as number
      if (!margin || !Number.isFinite(margin.error)) return
      const half = studentQuantile(0.975, freedomOf(fitted, fitted.surveys[at] as Survey)) * margin.error
      curves.set(at, { value: margin.value, low: margin.value - half, high: margin.value + half })
    })
  }
  return { curves, units: part.rows.n }
}

interface CurveGround {
  rows: SparseRows
  persons: number
  /** Places that the curve may use. */
  columns: number[]
}

/** Columns that run away are left out, so that the others get their slopes; those that a model was begun with stay out. */
const TRIES = 5

function fitTellable(
  { rows: whole, persons, columns: given }: CurveGround,
  size: number,
  from?: Float64Array,
) {
  let columns = given
  let start = from
  for (let round = 0; round < TRIES; round++) {
    const rows = keepPlaces(whole, { columns })
    const width = columns.filter((place) => place < size).length
    const curve = fitCurve(rows, persons, width, start)
    if (!curve) return undefined
    if (!('ranAway' in curve)) return { curve, rows, columns }
    const { ranAway } = curve
    columns = columns.filter((_, at) => !ranAway.includes(at))
    start = undefined
  }
  return undefined
}
