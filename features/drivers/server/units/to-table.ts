import { isHappening } from '../../vocabulary.ts'
import type { Control, Predictor, UnitTable } from '../models/units.ts'
import type { Aside, Described } from './describe.ts'
import { listPredictors, type PredictorMade } from './predictors.ts'
import { CONTROLS, type ControlName, rankOfControl, type Unit } from './unit.ts'
import type { UnitsGround } from './units-plan.ts'

export interface TableMade {
  table: UnitTable
  /** Of the table's predictors, in their order. */
  described: Described[]
  /** Each operator against all the others: one by one, since together they are everybody. */
  operators: PredictorMade[]
  /** Listed with the reason, and given to no model. */
  aside: Aside[]
}

/** The units as the models read them. */
export function toTable(units: readonly Unit[], ground: UnitsGround): TableMade {
  const { predictors, operators, aside } = listPredictors(units, ground)
  const { cluster, persons } = numberPersons(units)
  const money = units.flatMap(({ amount }, at) => (amount > 0 ? [[at, amount] as const] : []))
  return {
    table: {
      outcome: Float64Array.from(units, ({ outcome }) => outcome),
      cluster,
      persons,
      family: isHappening(ground.outcome) ? 'share' : 'value',
      predictors: predictors.map(({ predictor }) => predictor),
      controls: listControls(units, ground),
      amounts: {
        row: Int32Array.from(money, ([at]) => at),
        amount: Float64Array.from(money, ([, amount]) => amount),
      },
    },
    described: predictors.map(({ described }) => described),
    operators,
    aside,
  }
}

/** Persons with a unit, from 0 on. */
function numberPersons(units: readonly Unit[]): { cluster: Int32Array; persons: number } {
  const numbers = new Map<number, number>()
  const cluster = Int32Array.from(units, ({ person }) => {
    const number = numbers.get(person) ?? numbers.size
    numbers.set(person, number)
    return number
  })
  return { cluster, persons: numbers.size }
}

/** So many values of a control are told apart; the rarer ones are one. */
const MOST_VALUES = 40
export const OTHERS = '…'

function listControls(units: readonly Unit[], ground: UnitsGround): Control[] {
  return CONTROLS.flatMap((name) => {
    const control = makeControl(units, name)
    return control ? { ...control, stageRank: rankOfControl(ground, name) } : []
  })
}

function makeControl(units: readonly Unit[], name: ControlName): Omit<Control, 'stageRank'> | undefined {
  const counts = new Map<string, number>()
  for (const { controls } of units) {
    const value = controls[name] ?? ''
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  if (counts.size < 2) return undefined
  const common = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST_VALUES)
  const labels = common.map(([value]) => value)
  if (counts.size > labels.length) labels.push(OTHERS)
  const places = new Map(labels.map((label, at) => [label, at]))
  const codes = Int32Array.from(
    units,
    ({ controls }) => places.get(controls[name] ?? '') ?? labels.length - 1,
  )
  return { name, codes, labels }
}

/** The same units with one operator as predictor, and no operators among the controls. */
export function tableOfOperator(table: UnitTable, operator: Predictor): UnitTable {
  return {
    ...table,
    predictors: [...table.predictors, operator],
    controls: table.controls.filter(({ name }) => name !== 'operator'),
  }
}
