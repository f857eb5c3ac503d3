import type { Estimate } from '../../contract.ts'
import { goesEitherWay, isOneEach, LEAST_EXPOSED, type Survey } from './check-units.ts'
import { type Combined, combineEffects, compareGroups } from './combine-effects.ts'
import { compareLevels } from './compare-levels.ts'
import { findCurves } from './find-curves.ts'
import { findFreedom } from './find-freedom.ts'
import { isLevelTold } from './find-twins.ts'
import {
  type FittedModel,
  freedomOf,
  levelsOf,
  mendedColumnsOf,
  missedColumnsOf,
  partsWithin,
  reasonOf,
} from './fit-model.ts'
import type { StageFit } from './fit-stages.ts'
import type { FoundDriver, LevelName, Predictor } from './units.ts'

const NO_CURVES = { curves: new Map<number, Estimate>(), units: 0 }

/** Effects without money, q and verdict, in the order of the predictors. */
export function describeDrivers(
  fitted: FittedModel,
  shares: Float64Array,
  isWithoutCurves: boolean,
): { drivers: FoundDriver[]; curveUnits: number } {
  const { curves, units } = isWithoutCurves ? NO_CURVES : findCurves(fitted)
  const residualVariance = findResidualVariance(fitted)
  const drivers = fitted.table.predictors.map((predictor, at): FoundDriver => {
    const survey = fitted.surveys[at] as Survey
    const leftOut = reasonOf(fitted, at)
    const effect = leftOut === null ? findEffect(fitted, at) : undefined
    const twin = leftOut === 'twin' ? (fitted.twins.get(at) ?? null) : null
    return {
      at,
      key: predictor.key,
      known: survey.known,
      exposed: survey.exposed,
      knownPersons: survey.knownPersons,
      exposedPersons: survey.exposedPersons,
      effect: effect?.estimate ?? null,
      p: effect?.p ?? null,
      q: null,
      verdict: 'unsure',
      naive: leftOut === null ? compareNaively(fitted, at) : null,
      isConfounded: false,
      curve: curves.get(at) ?? null,
      levels: describeLevels(fitted, at, leftOut === null, effect?.estimate ?? null),
      importance: shares[at] as number,
      money: null,
      attainable: 1,
      residualVariance,
      leftOut,
      twin: twin === null ? null : (fitted.table.predictors[twin] as Predictor).key,
    }
  })
  return { drivers, curveUnits: units }
}

/** The mean effect on those exposed, as it was for them: what each level adds, times how much of it they had. */
function findEffect(fitted: FittedModel, at: number): Combined | undefined {
  const survey = fitted.surveys[at] as Survey
  const stage = fitted.stages.get((fitted.table.predictors[at] as Predictor).stageRank) as StageFit
  if (missedColumnsOf(fitted, at).length === 0) return undefined
  const parts = mendedColumnsOf(fitted, at)
    .filter(({ place }) => place < stage.size)
    .map(({ column, place }) => ({
      place,
      weight: (fitted.sums.products[(column * (column + 1)) / 2] as number) / survey.exposed,
    }))
  return tellEffect(fitted, stage, parts, freedomOf(fitted, survey))
}

function tellEffect(
  { rows }: FittedModel,
  stage: StageFit,
  parts: readonly { place: number; weight: number }[],
  usual: number,
): Combined {
  return combineEffects(stage.theta, stage.covariance, parts, findFreedom(rows, stage, parts, usual))
}

function describeLevels(
  fitted: FittedModel,
  at: number,
  isTold: boolean,
  whole: Estimate | null,
): FoundDriver['levels'] {
  const predictor = fitted.table.predictors[at] as Predictor
  const { stageRank, levels, known } = predictor
  const stage = fitted.stages.get(stageRank)
  const places = new Map<LevelName, number>(levelsOf(fitted, at).map(({ level, place }) => [level, place]))
  const survey = fitted.surveys[at] as Survey
  const parts = partsWithin(fitted, at)
  const part = parts.find((one) => reasonOf(fitted, one) === null)
  if (isTold && stage && part !== undefined) return describeHalves(fitted, at, part, stage)
  const plain = isTold && predictor.kind === 'standard' ? compareLevels(fitted.table, predictor) : []
  return levels.map(({ level, values }, own) => {
    const isAll = levels.length === 1 && level !== 'between'
    const { units, persons } = isAll
      ? { units: survey.exposed, persons: survey.exposedPersons }
      : countAffected(values, known, fitted)
    const place = places.get(level)
    const column = place === undefined ? -1 : (fitted.kept.columns[place] as number)
    const isEnough =
      isTold &&
      stage &&
      place !== undefined &&
      units >= LEAST_EXPOSED &&
      goesEitherWay(fitted.table, (row) => known[row] === 1 && values[row] !== 0) &&
      isLevelTold(fitted.sums, stage, column, place)
    const usual = Math.max(1, Math.min(persons, survey.unexposedPersons) - 1)
    const tell = () => (isEnough ? tellEffect(fitted, stage, [{ place, weight: 1 }], usual).estimate : null)
    // Its own column stands for those outside the parts alone.
    const effect = parts.length > 0 ? whole : tell()
    return { level, units, persons, effect, naive: plain[own] ?? null }
  })
}

/** Those of whom both hold, and those of whom only the first does: cases that were solved, and the others. */
function describeHalves(
  fitted: FittedModel,
  at: number,
  part: number,
  stage: StageFit,
): FoundDriver['levels'] {
  const [whole, half] = [at, part].map((one) => fitted.surveys[one] as Survey) as [Survey, Survey]
  const [own, added] = [at, part].map((one) => missedColumnsOf(fitted, one)[0]?.place)
  const usual = freedomOf(fitted, whole)
  const tellOf = (units: number, isHalf: boolean, places: (number | undefined)[]) => {
    const parts = places.flatMap((place) =>
      place !== undefined && place < stage.size ? [{ place, weight: 1 }] : [],
    )
    const isIn = (row: number) => whole.exposure[row] === 1 && (half.exposure[row] === 1) === isHalf
    const isEnough =
      units >= LEAST_EXPOSED && parts.length === places.length && goesEitherWay(fitted.table, isIn)
    return isEnough ? tellEffect(fitted, stage, parts, usual).estimate : null
  }
  const rest = { units: whole.exposed - half.exposed, persons: whole.exposedPersons - half.exposedPersons }
  return [
    {
      ...{ level: 'missed' as const, units: half.exposed, persons: half.exposedPersons, naive: null },
      effect: tellOf(half.exposed, true, [own, added]),
    },
    { level: 'badly' as const, ...rest, effect: tellOf(rest.units, false, [own]), naive: null },
  ]
}

function countAffected(values: Float64Array, known: Float64Array, { table }: FittedModel) {
  if (isOneEach(table.cluster, table.persons)) {
    let units = 0
    for (let row = 0; row < values.length; row++) if (known[row] === 1 && values[row] !== 0) units++
    return { units, persons: units }
  }
  const seen = new Uint8Array(table.persons)
  let units = 0
  for (let row = 0; row < values.length; row++) {
    if (known[row] !== 1 || values[row] === 0) continue
    units++
    seen[table.cluster[row] as number] = 1
  }
  return { units, persons: seen.reduce((sum, one) => sum + one, 0) }
}

function compareNaively({ table, surveys }: FittedModel, at: number): Estimate | null {
  const { naive } = table.predictors[at] as Predictor
  const group = naive ?? (surveys[at] as Survey).exposure
  return compareGroups(table.outcome, group, table.cluster, table.persons)?.estimate ?? null
}

function findResidualVariance({ table, r2 }: FittedModel): number {
  const n = table.outcome.length
  const mean = table.outcome.reduce((sum, value) => sum + value, 0) / n
  return ((1 - r2) * table.outcome.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / n
}
