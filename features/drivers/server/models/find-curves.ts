import { studentQuantile } from '../../../../kernel/stats/distributions.ts'
import type { Estimate } from '../../contract.ts'
import type { Survey } from './check-units.ts'
import { type FittedModel, freedomOf, mendedColumnsOf, partsWithin, reasonOf } from './fit-model.ts'
import { keepPlaces } from './fit-stages.ts'
import { type Curve, findMarginalEffects, fitCurve, type Margin, MOST_CURVE_ROWS } from './margins.ts'
import type { SparseRows } from './sparse-rows.ts'
import { countPersonsOf, listTold, takePart, withoutColumns } from './told-rows.ts'

/** A second look by a logistic curve, stage by stage, each from where the one before came to; by predictor. */
export function findCurves(fitted: FittedModel): { curves: Map<number, Estimate>; units: number } {
  const curves = new Map<number, Estimate>()
  if (fitted.table.family !== 'share') return { curves, units: 0 }
  const part = takePart(fitted.rows, MOST_CURVE_ROWS)
  let ground: CurveGround = { rows: part, columns: [...fitted.kept.columns.keys()] }
  let start: Float64Array | undefined
  for (const { rank, size } of fitted.stages.values()) {
    const own = fitted.table.predictors.flatMap(({ stageRank }, at) =>
      stageRank === rank && reasonOf(fitted, at) === null ? [at] : [],
    )
    if (own.length === 0) continue
    const told = leaveOutTold(ground, size)
    if (told.columns.length < ground.columns.length) start = undefined
    const fit = fitTellable(told, size, LEAST_LEFT * part.n, start)
    if (!fit) continue
    ground = fit.ground
    const { curve, rows } = fit
    const { columns } = ground
    if (!curve.isFirth) start = curve.theta
    const placesOf = (at: number) => {
      const places = mendedColumnsOf(fitted, at).filter(({ place }) => place < size)
      const levels = places.map(({ place }) => columns.indexOf(place))
      return levels.includes(-1) ? [] : levels
    }
    findMargins(rows, curve, fitted, own, placesOf).forEach((margin, index) => {
      const at = own[index] as number
      if (!margin || !Number.isFinite(margin.error)) return
      const half = studentQuantile(0.975, freedomOf(fitted, fitted.surveys[at] as Survey)) * margin.error
      curves.set(at, { value: margin.value, low: margin.value - half, high: margin.value + half })
    })
  }
  return { curves, units: part.n }
}

/** What is a part of another one counts twice: with the other, and by itself; each way is a pass of its own. */
function findMargins(
  rows: SparseRows,
  curve: Curve,
  fitted: FittedModel,
  own: readonly number[],
  placesOf: (at: number) => number[],
): (Margin | undefined)[] {
  const hasParts = own.map((at) => partsWithin(fitted, at).length > 0)
  const pass = (isWhole: boolean) =>
    findMarginalEffects(
      rows,
      curve,
      own.map((at, index) => (hasParts[index] === isWhole ? placesOf(at) : [])),
    )
  const alone = pass(false)
  if (!hasParts.includes(true)) return alone
  const whole = pass(true)
  return own.map((_, index) => (hasParts[index] ? whole : alone)[index])
}

interface CurveGround {
  rows: SparseRows
  /** Places that the curve may use. */
  columns: number[]
}

/** Of fewer rows the curve would be one of other persons. */
const LEAST_LEFT = 0.8

/**
 * Without the columns that tell an outcome, and without the rows that have them: what these say of the other slopes is nothing, and
 * were they kept without their column, others would take its effect for theirs (as Stata's `logit` drops perfect predictors).
 */
function leaveOutTold({ rows, columns }: CurveGround, size: number): CurveGround {
  const told = listTold(rows, size).filter((place) => columns.includes(place))
  return told.length === 0 ? { rows, columns } : leaveOutTold(leaveOut({ rows, columns }, told), size)
}

function leaveOut({ rows, columns }: CurveGround, gone: readonly number[]): CurveGround {
  const all = new Set(gone)
  return { rows: withoutColumns(rows, all), columns: columns.filter((place) => !all.has(place)) }
}

/** Columns that run away are left out with their rows, so that the others get their slopes. */
const TRIES = 5

function fitTellable(given: CurveGround, size: number, least: number, from?: Float64Array) {
  let ground = given
  let start = from
  for (let round = 0; round < TRIES && ground.rows.n >= least; round++) {
    const { columns } = ground
    const rows = keepPlaces(ground.rows, { columns })
    const width = columns.filter((place) => place < size).length
    const curve = fitCurve(rows, countPersonsOf(rows), width, start)
    if (!curve) return undefined
    if (!('ranAway' in curve)) return { curve, rows, ground }
    const gone = curve.ranAway.map((at) => columns[at] as number)
    ground = leaveOutTold(leaveOut(ground, gone), size)
    start = undefined
  }
  return undefined
}
