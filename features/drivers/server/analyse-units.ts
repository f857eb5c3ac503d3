import { DAY_MS } from '../../../kernel/time.ts'
import type { Driver, DriversAnswer } from '../contract.ts'
import { isHappening, type Refusal } from '../vocabulary.ts'
import { findAnswering } from './models/find-answering.ts'
import { findEffects } from './models/find-effects.ts'
import { findGoodwill } from './models/find-goodwill.ts'
import type { EffectsFound } from './models/units.ts'
import { scaleMoney } from './scale-money.ts'
import { sortDrivers } from './sort-drivers.ts'
import { describeAside, describeDriver, type TrialGround } from './tell-drivers.ts'
import { testOperators } from './test-operators.ts'
import { toGoodwillUnits } from './units/goodwill-facts.ts'
import { listAsked } from './units/list-asked.ts'
import { makeUnits } from './units/make-units.ts'
import type { History } from './units/read-history.ts'
import { type TableMade, toTable } from './units/to-table.ts'
import type { Unit } from './units/unit.ts'
import { FOLLOW_UP, READ_BEYOND, type UnitsGround, type UnitsPlan } from './units/units-plan.ts'

export interface UnitsRequest {
  plan: UnitsPlan
  margin: number | null
  attainable: Readonly<Record<string, number>>
  /** Each person looked at stands for so many: money and the pace of trials are of all. */
  weight: number
}

export type UnitsAnswer = Omit<DriversAnswer, 'meta' | 'margin' | 'drawn' | 'recordedUntil'>

/** Draws are the same whenever the same is asked. */
const SEED = 1

/** From histories to the answer: units, effects, and what is told of them. */
export function analyseUnits(histories: readonly History[], request: UnitsRequest): UnitsAnswer {
  const { plan, margin, attainable, weight } = request
  const { outcome } = plan
  const { units, unripe, ground } = makeUnits(histories, plan)
  const made = toTable(units, ground)
  const money = isHappening(outcome) ? { margin, attainable } : undefined
  const options = { seed: SEED, ...(money && { money }) }
  const found = testOperators(made, findEffects(made.table, options), options)
  const days = countDays(units, ground)
  const goodwillUnits = found.refusal ? undefined : toGoodwillUnits(units, made.table)
  return {
    ...{ outcome, units: units.length, persons: found.persons, mean: found.mean, unripe },
    days: Math.ceil(days),
    followUpDays: FOLLOW_UP[outcome],
    refusal: refuseShort(plan, units.length, unripe) ?? found.refusal,
    drivers: sortDrivers(
      tellAll(made, found, { weeks: days / 7, followUpDays: FOLLOW_UP[outcome] ?? 0, weight }),
    ),
    total: scaleTotal(found.total, weight),
    ...{ r2: found.r2, controls: found.controls },
    goodwill: (goodwillUnits && findGoodwill(goodwillUnits)) ?? null,
    answering: outcome === 'recommendation' ? (findAnswering(listAsked(histories, ground)) ?? null) : null,
  }
}

/** Nobody's time is over yet: a longer wait helps, not another model. */
function refuseShort(
  { outcome, period, recordedUntil }: UnitsPlan,
  units: number,
  unripe: number,
): { reason: Refusal; n: number; needed: number } | undefined {
  const followUp = FOLLOW_UP[outcome]
  if (followUp === null || units > 0 || unripe === 0) return undefined
  const days = Math.max(0, Math.floor((recordedUntil - period.from) / DAY_MS))
  // It isn't the period that is short: the shop has just begun, or doesn't tell how orders end.
  if (days >= followUp + READ_BEYOND[outcome].after) return undefined
  return { reason: 'short_period', n: days, needed: followUp }
}

function tellAll(made: TableMade, found: EffectsFound, trial: TrialGround): Driver[] {
  const described = [...made.described, ...made.operators.map((one) => one.described)]
  return [
    ...found.drivers.flatMap((driver, at) => {
      const of = described[at]
      return of ? [describeDriver(of, driver, trial)] : []
    }),
    ...made.aside.map(describeAside),
  ]
}

/** Days in which units began whose time is over; a shop may be younger than the period. */
function countDays(units: readonly Unit[], { period, recordedUntil, outcome }: UnitsGround): number {
  const end = Math.min(period.to, recordedUntil - (FOLLOW_UP[outcome] ?? 0) * DAY_MS)
  const first = units.reduce((least, { at }) => Math.min(least, at), end)
  return Math.max(1, (end - Math.max(period.from, first)) / DAY_MS)
}

function scaleTotal(total: EffectsFound['total'], weight: number): DriversAnswer['total'] {
  return total && { effect: total.effect, money: scaleMoney(total.money, weight) }
}
