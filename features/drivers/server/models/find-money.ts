import { createPrng } from '../../../../kernel/prng.ts'
import type { Estimate, Money } from '../../contract.ts'
import { bootstrapMoney, type Gain } from './bootstrap-money.ts'
import { combineEffects } from './combine-effects.ts'
import { type FittedModel, mendedColumnsOf, reasonOf } from './fit-model.ts'
import type { StageFit } from './fit-stages.ts'
import { groupPersons } from './sparse-rows.ts'
import type { EffectsFound, EffectsOptions, FoundDriver, Predictor, UnitTable } from './units.ts'

/** Failures that the shop can mend: not what customers choose, not what helps, and no operator is “mended”. */
export function isMendable({ kind, isChosen, isGood, key }: Predictor): boolean {
  return !isChosen && !isGood && kind !== 'met' && !key.startsWith('operator.')
}

/** Money of each driver that costs, and of all that can be mended together. */
export function findMoney(
  fitted: FittedModel,
  drivers: readonly FoundDriver[],
  options: EffectsOptions,
): Pick<EffectsFound, 'drivers' | 'total'> {
  const attainableOf = (at: number) =>
    options.money?.attainable[(fitted.table.predictors[at] as Predictor).key] ?? 1
  const told = drivers.map((driver) => ({ ...driver, attainable: attainableOf(driver.at) }))
  const total = findTotalEffect(fitted)
  const amounts = options.money && addUpAmounts(fitted, options.seed)
  if (!options.money || !amounts || fitted.table.family !== 'share')
    return { drivers: told, total: total && { effect: total, money: null } }
  const priced = told.filter(
    ({ effect, at }) => effect !== null && isMendable(fitted.table.predictors[at] as Predictor),
  )
  const gains = bootstrapMoney(
    {
      sums: fitted.groupSums,
      kept: fitted.kept.columns,
      gains: priced.map(({ at }) => gainOf(fitted, at, sizeOf(fitted, at), attainableOf(at))),
      total: listMended(fitted).map((at) => gainOf(fitted, at, fitted.widest.size, attainableOf(at))),
      amounts,
    },
    createPrng(`money ${options.seed}`),
  )
  const { margin } = options.money
  const moneyOf = (revenue: Estimate | undefined): Money | null =>
    revenue ? { revenue, margin: margin === null ? null : scale(revenue, margin) } : null
  const byDriver = new Map(priced.map(({ at }, place) => [at, moneyOf(gains[place])]))
  return {
    drivers: told.map((driver) => ({
      ...driver,
      money: (driver.effect?.value ?? 0) < 0 ? (byDriver.get(driver.at) ?? null) : null,
    })),
    total: total && { effect: total, money: moneyOf(gains.at(-1)) },
  }
}

function scale({ value, low, high }: Estimate, by: number): Estimate {
  return { value: value * by, low: low * by, high: high * by }
}

/** Twins together can be told, though not apart. */
function listMended(fitted: FittedModel): number[] {
  return fitted.table.predictors.flatMap((predictor, at) => {
    const reason = reasonOf(fitted, at)
    return isMendable(predictor) && (reason === null || reason === 'twin') ? [at] : []
  })
}

function sizeOf({ stages, table }: FittedModel, at: number): number {
  return (stages.get((table.predictors[at] as Predictor).stageRank) as StageFit).size
}

function gainOf(fitted: FittedModel, at: number, size: number, attainable: number): Gain {
  return { columns: mendedColumnsOf(fitted, at).filter(({ place }) => place < size), size, attainable }
}

/**
 * By how much the outcome's mean over all units would rise, were everything mended at once: by the model that has all of it, since
 * what one failure brings about by another is counted there once.
 */
function findTotalEffect(fitted: FittedModel): Estimate | null {
  const { sums, widest, table } = fitted
  const n = table.outcome.length
  const parts = listMended(fitted).flatMap((at) =>
    mendedColumnsOf(fitted, at).map(({ column, place }) => ({
      place,
      weight: -(sums.products[(column * (column + 1)) / 2] as number) / n,
    })),
  )
  if (parts.length === 0) return null
  return combineEffects(widest.theta, widest.covariance, parts, fitted.clusters - 1).estimate
}

/** Undefined where no amounts, or odd ones, are known. */
function addUpAmounts({ table, groupSums }: FittedModel, seed: number) {
  const { cluster, amount } = table.amounts
  if (amount.length === 0 || !amount.every((one) => Math.abs(one) < 1e15)) return undefined
  const groupOf = groupPersons(table.persons, groupSums.groups, seed)
  return addByGroup(cluster, amount, groupOf, groupSums.groups)
}

function addByGroup(
  cluster: UnitTable['cluster'],
  amount: Float64Array,
  groupOf: Uint16Array,
  groups: number,
) {
  const sum = new Float64Array(groups)
  const count = new Float64Array(groups)
  for (let at = 0; at < amount.length; at++) {
    const group = groupOf[cluster[at] as number] as number
    sum[group] = (sum[group] as number) + (amount[at] as number)
    count[group] = (count[group] as number) + 1
  }
  return { sum, count }
}
