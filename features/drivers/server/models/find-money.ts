import { createPrng } from '../../../../kernel/prng.ts'
import type { Estimate, Money } from '../../contract.ts'
import { type Amounts, bootstrapMoney, type Gain } from './bootstrap-money.ts'
import type { Survey } from './check-units.ts'
import { type FittedModel, mendedColumnsOf } from './fit-model.ts'
import type { StageFit } from './fit-stages.ts'
import { findJointEffect } from './joint-effect.ts'
import { groupPersons } from './sparse-rows.ts'
import type { EffectsFound, EffectsOptions, FoundDriver, Predictor } from './units.ts'

/** Failures that the shop can mend: not what customers choose, not what helps, and no operator is “mended”. */
export function isMendable({ kind, isChosen, isGood, key }: Predictor): boolean {
  return !isChosen && !isGood && kind !== 'met' && !key.startsWith('operator.')
}

/** Money of each driver that costs, and of all that harm for certain, mended together. */
export function findMoney(
  fitted: FittedModel,
  drivers: readonly FoundDriver[],
  options: EffectsOptions,
): Pick<EffectsFound, 'drivers' | 'total'> {
  const predictorOf = (at: number) => fitted.table.predictors[at] as Predictor
  const told = drivers.map((driver) => ({
    ...driver,
    attainable: options.money?.attainable[predictorOf(driver.at).key] ?? 1,
  }))
  const mendable = told.filter(({ effect, at }) => effect !== null && isMendable(predictorOf(at)))
  const mended = mendable
    .filter(({ verdict }) => verdict === 'harms')
    .map(({ at, attainable }) => ({
      rank: predictorOf(at).stageRank,
      columns: mendedColumnsOf(fitted, at).map(({ place }) => ({ place, at, share: attainable })),
    }))
  const total = findJointEffect(fitted, mended)
  const amounts = options.money && findAmounts(fitted, options.seed)
  if (!options.money || !amounts || fitted.table.family !== 'share')
    return { drivers: told, total: total && { effect: total, money: null } }
  const gains = bootstrapMoney(
    {
      sums: fitted.groupSums,
      kept: fitted.kept.columns,
      gains: mendable.map((driver) => gainOf(fitted, driver, amounts)),
      total: [...fitted.stages.values()].map(({ rank, size }) => ({
        size,
        mended: mended
          .filter((one) => one.rank === rank)
          .flatMap(({ columns }) => columns.filter(({ place }) => place < size)),
      })),
      amounts: amounts.of(),
    },
    createPrng(`money ${options.seed}`),
  )
  const { margin } = options.money
  const moneyOf = (revenue: Estimate | undefined): Money | null =>
    revenue ? { revenue, margin: margin === null ? null : scale(revenue, margin) } : null
  const byDriver = new Map(mendable.map(({ at }, place) => [at, moneyOf(gains[place])]))
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

/** Of fewer orders the mean is one of chance: that of all orders is nearer. */
const LEAST_ORDERS = 30

function gainOf(
  fitted: FittedModel,
  { at, attainable }: FoundDriver,
  amounts: NonNullable<ReturnType<typeof findAmounts>>,
): Gain {
  const { stageRank } = fitted.table.predictors[at] as Predictor
  const { size } = fitted.stages.get(stageRank) as StageFit
  const { exposure } = fitted.surveys[at] as Survey
  const places = mendedColumnsOf(fitted, at).flatMap(({ place }) => (place < size ? [place] : []))
  const own = amounts.of((row) => exposure[row] === 1)
  const orders = own.count.reduce((sum, one) => sum + one, 0)
  return { at, places, size, attainable, amounts: orders < LEAST_ORDERS ? amounts.of() : own }
}

/** Amounts of orders by groups of persons. Undefined where no amounts, or odd ones, are known. */
function findAmounts({ table, groupSums: { groups } }: FittedModel, seed: number) {
  const { row: rows, amount } = table.amounts
  if (amount.length === 0 || !amount.every((one) => Math.abs(one) < 1e15)) return undefined
  const groupOf = groupPersons(table.persons, groups, seed)
  return {
    of(isIn: (row: number) => boolean = () => true): Amounts {
      const [sum, count] = [new Float64Array(groups), new Float64Array(groups)]
      for (let at = 0; at < amount.length; at++) {
        const row = rows[at] as number
        if (!isIn(row)) continue
        const group = groupOf[table.cluster[row] as number] as number
        sum[group] = (sum[group] as number) + (amount[at] as number)
        count[group] = (count[group] as number) + 1
      }
      return { sum, count }
    },
  }
}
