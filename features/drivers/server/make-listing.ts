import { isHappening } from '../vocabulary.ts'
import { type Marks, toMarks } from './marks.ts'
import { makeUnits } from './units/make-units.ts'
import { isExposed, listPredictors } from './units/predictors.ts'
import type { History } from './units/read-history.ts'
import type { Unit } from './units/unit.ts'
import type { UnitsPlan } from './units/units-plan.ts'

/** Who is behind the drivers of a question: small enough to be remembered, a hundred drivers of 150,000 units being ten megabytes. */
export interface Listing {
  /** The ids of those who have a unit, in their order, each `ID_LENGTH` letters. No names: these are read whenever they are shown. */
  ids: string
  /** Of each unit, the latest first, those of the same moment in the order of ids: whose it is, and when. */
  persons: Uint32Array
  at: Float64Array
  /** Of the units: the outcome didn't come, or is below the middle. */
  isLost: Marks
  drivers: Map<string, { isKnown: Marks; isExposed: Marks }>
}

export const ID_LENGTH = 36

/** Histories must come in the order of their persons. */
export function makeListing(histories: readonly History[], plan: UnitsPlan): Listing {
  const { units, ground } = makeUnits(histories, plan)
  const order = Uint32Array.from(units, (_, unit) => unit).sort(
    (a, b) => unitAt(units, b).at - unitAt(units, a).at || unitAt(units, a).person - unitAt(units, b).person,
  )
  const middle = isHappening(plan.outcome) ? 0.5 : median(units.map(({ outcome }) => outcome))
  const mark = createMarker(order)
  const isLost = mark((unit) => unitAt(units, unit).outcome < middle)
  const drivers: Listing['drivers'] = new Map()
  for (const { predictor } of listPredictors(units, ground).all) {
    // Of two with the same key the first is meant, as it always was.
    if (drivers.has(predictor.key)) continue
    drivers.set(predictor.key, {
      isKnown: mark((unit) => Boolean(predictor.known[unit])),
      isExposed: mark((unit) => isExposed(predictor, unit)),
    })
  }
  const at = Float64Array.from(order, (unit) => unitAt(units, unit).at)
  return { ...numberPersons(histories, units, order), at, isLost, drivers }
}

/** So many bytes are held. */
export function sizeOfListing({ ids, persons, at, isLost, drivers }: Listing): number {
  const marks = new Set([isLost, ...[...drivers.values()].flatMap((one) => [one.isKnown, one.isExposed])])
  const sizes = [...marks].map(({ byteLength }) => byteLength)
  const keys = [...drivers.keys()].reduce((sum, key) => sum + key.length, 0)
  return sizes.reduce((sum, size) => sum + size, ids.length + keys + persons.byteLength + at.byteLength)
}

const unitAt = (units: readonly Unit[], place: number) => units[place] as Unit

/** Equal marks are held once: what drivers say is known of a unit is nearly always that of many. */
function createMarker(order: Uint32Array): (is: (unit: number) => boolean) => Marks {
  const known = new Map<string, Marks>()
  return (is) => {
    const made = toMarks(order.length, (place) => is(order[place] as number))
    const key = Buffer.from(made.buffer).toString('latin1')
    const same = known.get(key)
    if (same && same.constructor === made.constructor) return same
    known.set(key, made)
    return made
  }
}

function numberPersons(histories: readonly History[], units: readonly Unit[], order: Uint32Array) {
  const numbers = new Map<number, number>()
  const ids: string[] = []
  for (const { person } of units) {
    if (numbers.has(person)) continue
    numbers.set(person, numbers.size)
    ids.push((histories[person]?.person ?? '').padEnd(ID_LENGTH))
  }
  const persons = Uint32Array.from(order, (unit) => numbers.get(unitAt(units, unit).person) as number)
  return { ids: ids.join(''), persons }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
