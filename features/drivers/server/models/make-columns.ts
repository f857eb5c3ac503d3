import { LEAST_EXPOSED, type Survey } from './check-units.ts'
import type { Control, LevelName, Predictor, UnitTable } from './units.ts'

/** What is told apart; less of it where data are few. */
export interface Grain {
  /** Values of a control that fewer units have are put together. */
  rare: number
  /** All that was missed is one, however badly, and what lies between is as kept. */
  hasOneLevel: boolean
}

export const FINEST: Grain = { rare: 30, hasOneLevel: false }

/** A column of the model: ones, a value of a control, a level of a predictor, or that it is known. */
export interface Column {
  role: 'ones' | 'control' | 'level' | 'known'
  /** The models of this stage and of later ones have it. */
  rank: number
  /** The place of its predictor; −1: none. */
  predictor: number
  level?: LevelName
}

/** Where the values of one or several columns come from, in the order of their places. */
export type Source =
  | { place: number; values: Float64Array; known: Float64Array | undefined }
  /** By code the column that is 1; −1: none. */
  | { codes: Int32Array; places: Int32Array }

export interface ModelColumns {
  columns: Column[]
  sources: Source[]
  controls: string[]
}

/**
 * The columns of the widest model, ordered by stage, so that the model of each stage is made of the first so many: within a
 * stage the controls, then the levels, then what is known, since of two that say the same the later one is dropped.
 */
export function makeColumns(
  table: UnitTable,
  surveys: readonly Survey[],
  grain: Grain = FINEST,
): ModelColumns {
  const n = table.outcome.length
  const columns: Column[] = [{ role: 'ones', rank: Number.NEGATIVE_INFINITY, predictor: -1 }]
  const sources: Source[] = [{ place: 0, values: new Float64Array(n).fill(1), known: undefined }]
  const controls: string[] = []
  const predictors = table.predictors.map((predictor, at) => ({
    predictor,
    survey: surveys[at] as Survey,
    at,
  }))
  for (const rank of listRanks(table)) {
    for (const control of table.controls.filter(({ stageRank }) => stageRank === rank)) {
      const places = placeValues(control, columns, rank, grain.rare)
      if (!places) continue
      sources.push({ codes: control.codes, places })
      controls.push(control.name)
    }
    const own = predictors.filter(({ predictor }) => predictor.stageRank === rank)
    for (const { predictor, survey, at } of own) {
      if (survey.leftOut === 'few_exposed' && isToControl(survey, table)) {
        sources.push({ place: columns.length, values: missedOf(survey), known: predictor.known })
        columns.push({ role: 'control', rank, predictor: at })
      }
      if (!hasLevels(survey)) continue
      for (const { level, values } of joinLevels(predictor, grain)) {
        sources.push({ place: columns.length, values, known: predictor.known })
        columns.push({ role: 'level', rank, predictor: at, level })
      }
    }
    for (const { predictor, survey, at } of own) {
      if (Math.min(survey.known, n - survey.known) < FINEST.rare) continue
      sources.push({ place: columns.length, values: predictor.known, known: undefined })
      columns.push({ role: 'known', rank, predictor: at })
    }
  }
  return { columns, sources, controls }
}

/** What can't be told for want of exceptions is still in the model, unless it follows from the outcome, which would then explain itself. */
function hasLevels({ leftOut, isConsequence }: Survey): boolean {
  return leftOut === null || leftOut === 'few_events' || (leftOut === 'told_apart' && !isConsequence)
}

/** Fewer of either side make a column that is those persons and nothing else. */
const LEAST_CONTROLLED = 5

/**
 * What too few met to have its effect told still makes them unlike others: a second defect that isn't controlled for would be
 * counted as the first one's doing. Not what the outcome follows from.
 */
function isToControl({ exposure, exposed, known }: Survey, { outcome, family }: UnitTable): boolean {
  if (Math.min(exposed, known - exposed) < LEAST_CONTROLLED) return false
  if (family === 'value') return true
  let reached = 0
  for (let row = 0; row < exposure.length; row++) if (exposure[row] === 1) reached += outcome[row] as number
  return reached > 0 && reached < exposed
}

const missedOf = ({ exposure }: Survey) => Float64Array.from(exposure, (one) => (one === 1 ? 1 : 0))

/** Stages in their order; those of controls alone before the first predictor come with it. */
export function listRanks({ predictors, controls }: Pick<UnitTable, 'predictors' | 'controls'>): number[] {
  return [...new Set([...predictors, ...controls].map(({ stageRank }) => stageRank))].sort((a, b) => a - b)
}

/** The commonest value is the one with which the others are compared. */
function placeValues(
  { codes, labels }: Control,
  columns: Column[],
  rank: number,
  few: number,
): Int32Array | undefined {
  const counts = new Int32Array(labels.length)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  const common = [...counts.keys()]
    .filter((code) => (counts[code] as number) >= few)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const rare = counts.reduce((sum, count) => sum + (count < few ? count : 0), 0)
  const [, ...compared] = common
  const places = new Int32Array(labels.length).fill(-1)
  for (const code of compared) {
    places[code] = columns.length
    columns.push({ role: 'control', rank, predictor: -1 })
  }
  if (rare >= few && common.length > 0) {
    for (const [code, count] of counts.entries()) if (count < few) places[code] = columns.length
    columns.push({ role: 'control', rank, predictor: -1 })
  }
  return places.some((place) => place >= 0) ? places : undefined
}

type Levels = Predictor['levels']

/** A level that too few units have is counted with the other that is missed; too few between are as kept. */
function joinLevels({ levels, known }: Predictor, { hasOneLevel }: Grain): Levels {
  const missed = levels.filter(({ level }) => level !== 'between')
  const between = levels.filter(({ level, values }) => level === 'between' && isCommon(values, known))
  const areCommon = missed.every(({ values }) => isCommon(values, known))
  const [first, second] = missed
  const joined = first && second && (hasOneLevel || !areCommon) ? [joinTwo(first, second, known)] : missed
  return hasOneLevel ? joined : [...between, ...joined]
}

/** Under the name of the one that more have. */
function joinTwo(a: Levels[number], b: Levels[number], known: Float64Array): Levels[number] {
  return {
    level: isCommon(a.values, known) ? a.level : b.level,
    values: a.values.map((value, row) => value + (b.values[row] as number)),
  }
}

function isCommon(values: Float64Array, known: Float64Array): boolean {
  let count = 0
  for (let row = 0; row < values.length && count < LEAST_EXPOSED; row++)
    if (known[row] === 1 && values[row] !== 0) count++
  return count >= LEAST_EXPOSED
}
