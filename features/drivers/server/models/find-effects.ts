import {
  countPersons,
  EVENTS_PER_COEFFICIENT,
  isOdd,
  type Refused,
  refuseUnits,
  type Survey,
  surveyPredictor,
} from './check-units.ts'
import { describeDrivers } from './describe-drivers.ts'
import { findMoney } from './find-money.ts'
import { findImportance, fitModel } from './fit-model.ts'
import { listGivingWay } from './give-way.ts'
import { judgeDrivers } from './judge-effect.ts'
import { FINEST, type ModelColumns, makeColumns } from './make-columns.ts'
import type { EffectsFound, EffectsOptions, FoundDriver, UnitTable } from './units.ts'

/**
 * What each predictor does to the outcome, all else alike, with its interval, what it costs and the plain difference beside it;
 * or why nothing can be said. Rows may come in any order; persons' numbers must not change between askings, since they decide
 * which groups the bootstrap draws.
 */
export function findEffects(table: UnitTable, options: EffectsOptions): EffectsFound {
  const n = table.outcome.length
  const clusters = countPersons(table.cluster, table.persons)
  const refusal = refuseUnits(table) ?? refuseOdd(table)
  if (refusal) return refuseAll(table, clusters, refusal, [])
  const surveys = table.predictors.map((predictor) => surveyPredictor(predictor, table))
  const { model, left } = makeAffordable(table, surveys)
  const few = refuseFew(table, left, model)
  if (few) return refuseAll(table, clusters, few, surveys)
  const fitted = fitModel(table, left, model, clusters, options)
  if (!fitted) {
    const needed = model.columns.length * EVENTS_PER_COEFFICIENT
    return refuseAll(table, clusters, { reason: 'few_units', n: clusters, needed }, surveys)
  }
  // What gives the outcome exactly was made from it.
  if (fitted.r2 > 1 - 1e-9)
    return refuseAll(table, clusters, { reason: 'told_apart', n, needed: null }, surveys)
  const { drivers, curveUnits } = describeDrivers(
    fitted,
    findImportance(fitted, options.seed),
    options.isWithoutCurves ?? false,
  )
  const money = findMoney(fitted, judgeDrivers(drivers, table), options)
  return {
    units: n,
    persons: clusters,
    mean: meanOf(table.outcome),
    refusal: null,
    ...money,
    r2: fitted.r2,
    controls: model.controls,
    curveUnits,
  }
}

function refuseOdd({ predictors }: UnitTable): Refused | undefined {
  const odd = predictors.filter(isOdd).length
  return odd > 0 ? { reason: 'odd_values', n: odd, needed: null } : undefined
}

interface Affordable {
  model: ModelColumns
  /** With those marked that gave way. */
  left: readonly Survey[]
}

/**
 * Where data are few less is told apart, first of the levels, then of the controls; then less is looked at; and only then
 * nothing is told.
 */
function makeAffordable(table: UnitTable, surveys: readonly Survey[]): Affordable {
  const n = table.outcome.length
  const waiting = listGivingWay(table, surveys)
  let grain = FINEST
  let left = surveys
  for (;;) {
    const model = makeColumns(table, left, grain)
    const few = refuseFew(table, left, model)?.reason
    if (few === 'few_events' && !grain.hasOneLevel) grain = { ...grain, hasOneLevel: true }
    else if (few === 'few_units' && grain.rare < n / 4) grain = { ...grain, rare: grain.rare * 2 }
    else {
      const next = few && waiting.shift()
      if (next === undefined) return { model, left }
      left = left.with(next, { ...(left[next] as Survey), leftOut: 'gave_way' })
    }
  }
}

function refuseFew(
  { outcome, family }: UnitTable,
  surveys: readonly Survey[],
  { columns }: ModelColumns,
): Refused | undefined {
  const n = outcome.length
  if (!surveys.some(({ leftOut }) => leftOut === null)) return { reason: 'no_predictors', n: 0, needed: 1 }
  const events = family === 'share' ? outcome.reduce((sum, value) => sum + value, 0) : n
  const rarer = family === 'share' ? Math.min(events, n - events) : n
  const needed = EVENTS_PER_COEFFICIENT * columns.filter(({ role }) => role === 'level').length
  if (rarer < needed) return { reason: 'few_events', n: rarer, needed }
  const neededUnits = EVENTS_PER_COEFFICIENT * columns.length
  return n < neededUnits ? { reason: 'few_units', n, needed: neededUnits } : undefined
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** No figure at all; of the predictors only why one would be left out in any case. */
function refuseAll(
  table: UnitTable,
  persons: number,
  refusal: Refused,
  surveys: readonly Survey[],
): EffectsFound {
  const drivers = surveys.map((survey, at): FoundDriver => {
    const { key, levels } = table.predictors[at] as UnitTable['predictors'][number]
    const { known, exposed, knownPersons, exposedPersons, leftOut } = survey
    return {
      at,
      key,
      known,
      exposed,
      knownPersons,
      exposedPersons,
      effect: null,
      p: null,
      q: null,
      verdict: 'unsure',
      naive: null,
      isConfounded: false,
      curve: null,
      levels: levels.map(({ level }) => ({ level, units: 0, persons: 0, effect: null, naive: null })),
      importance: 0,
      money: null,
      attainable: 1,
      residualVariance: 0,
      leftOut,
      twin: null,
    }
  })
  const mean = refusal.reason === 'odd_values' || table.outcome.length === 0 ? null : meanOf(table.outcome)
  return {
    units: table.outcome.length,
    persons,
    mean,
    refusal,
    drivers,
    total: null,
    r2: null,
    controls: [],
    curveUnits: 0,
  }
}
