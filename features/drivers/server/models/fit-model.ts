import { createPrng } from '../../../../kernel/prng.ts'
import type { Survey } from './check-units.ts'
import { findTwins } from './find-twins.ts'
import {
  findResiduals,
  fitStage,
  type Kept,
  keepColumns,
  keepPlaces,
  type StageFit,
  sizeOfStage,
} from './fit-stages.ts'
import { addUpGroups, type GroupSums, pickProducts, type Sums, sumGroups } from './group-sums.ts'
import type { Column, ModelColumns } from './make-columns.ts'
import { shareExplained, takeAway } from './share-explained.ts'
import { makeSparseRows, type SparseRows } from './sparse-rows.ts'
import type { EffectsOptions, UnitTable } from './units.ts'

/** All that was fitted, from which each figure of the answer is read. */
export interface FittedModel {
  table: UnitTable
  surveys: readonly Survey[]
  columns: readonly Column[]
  /** By the places of the kept columns. */
  rows: SparseRows
  groupSums: GroupSums
  sums: Sums
  kept: Kept
  /** Projections of the outcome on the kept columns. */
  right: Float64Array
  /** By rank; the last one is the widest. */
  stages: ReadonlyMap<number, StageFit>
  widest: StageFit
  /** Persons that have units. */
  clusters: number
  /** By predictor; see `findTwins`. */
  twins: ReadonlyMap<number, number | null>
  r2: number
}

/** Least squares on the outcome itself, a model for each stage. Undefined where there are fewer persons than columns. */
export function fitModel(
  table: UnitTable,
  surveys: readonly Survey[],
  { columns, sources }: ModelColumns,
  clusters: number,
  { seed, money }: EffectsOptions,
): FittedModel | undefined {
  const whole = makeSparseRows(table, sources, columns.length, seed)
  const groupSums = addUpGroups(whole, money !== undefined)
  const sums = sumGroups(groupSums)
  const kept = keepColumns(sums, columns)
  const rows = keepPlaces(whole, kept)
  const right = Float64Array.from(kept.columns, (column) => sums.projections[column] as number)
  const stages = new Map<number, StageFit>()
  const ranks = new Set(columns.filter(({ role }) => role === 'level').map(({ rank }) => rank))
  for (const rank of ranks) {
    const size = sizeOfStage(kept, columns, rank)
    const stage = fitStage(rows, kept, right, rank, size, clusters)
    if (!stage) return undefined
    stages.set(rank, stage)
  }
  const widest = [...stages.values()].at(-1)
  if (!widest) return undefined
  const twins = findTwins(columns, kept, sums, stages, surveys)
  const r2 = findR2(rows, widest)
  return { table, surveys, columns, rows, groupSums, sums, kept, right, stages, widest, clusters, twins, r2 }
}

function findR2(rows: SparseRows, { theta }: StageFit): number {
  const mean = rows.outcome.reduce((sum, value) => sum + value, 0) / rows.n
  const all = rows.outcome.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const rest = findResiduals(rows, theta).reduce((sum, value) => sum + value * value, 0)
  return 1 - rest / all
}

/** Why there is no effect of a predictor; null: there is one. */
export function reasonOf({ surveys, twins }: FittedModel, predictor: number) {
  return (surveys[predictor] as Survey).leftOut ?? (twins.has(predictor) ? 'twin' : null)
}

/** The kept columns of a predictor's levels. */
export function levelsOf({ columns, kept }: FittedModel, predictor: number) {
  return kept.columns.flatMap((column, place) => {
    const { role, predictor: own, level } = columns[column] as Column
    return role === 'level' && own === predictor && level ? [{ column, place, level }] : []
  })
}

/** The kept columns of those exposed, also of one that is only controlled for: between good and bad nothing was missed. */
export function missedColumnsOf({ columns, kept }: FittedModel, predictor: number) {
  return kept.columns.flatMap((column, place) => {
    const { role, predictor: own, level } = columns[column] as Column
    const isMissed = role === 'control' || (role === 'level' && level !== 'between')
    return isMissed && own === predictor ? [{ column, place }] : []
  })
}

/**
 * Predictors that have columns of their own for a part of those exposed to this one, told or not: with them in the model its own
 * column stands for the others alone.
 */
export function partsWithin(fitted: FittedModel, predictor: number): number[] {
  const { predictors } = fitted.table
  const { key } = predictors[predictor] as UnitTable['predictors'][number]
  return predictors.flatMap(({ within }, at) =>
    within === key && missedColumnsOf(fitted, at).length > 0 ? [at] : [],
  )
}

/** All that would be gone with it: without a case there is none to be solved either. */
export function mendedColumnsOf(fitted: FittedModel, predictor: number) {
  return [predictor, ...partsWithin(fitted, predictor)].flatMap((at) => missedColumnsOf(fitted, at))
}

/** By predictor, its part of what all drivers explain beyond the controls; 0 of those left out. */
export function findImportance(fitted: FittedModel, seed: number): Float64Array {
  const { kept, right, sums, table, widest } = fitted
  const shares = new Float64Array(table.predictors.length)
  const terms = table.predictors
    .map((_, predictor) => ({ predictor, levels: levelsOf(fitted, predictor) }))
    .filter(({ predictor, levels }) => reasonOf(fitted, predictor) === null && levels.length > 0)
  const own = new Set(terms.flatMap(({ levels }) => levels.map(({ place }) => place)))
  const places = [...kept.columns.keys()].slice(0, widest.size)
  const order = [...places.filter((place) => !own.has(place)), ...places.filter((place) => own.has(place))]
  const base = order.length - own.size
  const left = takeAway(
    pickProducts(
      sums,
      order.map((place) => kept.columns[place] as number),
    ),
    Float64Array.from(order, (place) => right[place] as number),
    order.length,
    base,
  )
  const columnsOf = terms.map(({ levels }) => levels.map(({ place }) => order.indexOf(place) - base))
  shareExplained(left, columnsOf, createPrng(`importance ${seed}`)).forEach((share, at) => {
    shares[(terms[at] as { predictor: number }).predictor] = share
  })
  return shares
}

/** Few exposed make an error uncertain itself, so its degrees of freedom are at most those of the smaller side. */
export function freedomOf({ clusters }: FittedModel, { exposedPersons, unexposedPersons }: Survey): number {
  return Math.max(1, Math.min(exposedPersons, unexposedPersons, clusters) - 1)
}
