import type { Outcome } from '../../vocabulary.ts'
import type { History } from './read-history.ts'
import type { Unit, UnitsFound } from './unit.ts'
import { unitsOfBuyers, unitsOfRecommendations } from './units-of-buyers.ts'
import { unitsOfMarks } from './units-of-marks.ts'
import { unitsOfOrdered } from './units-of-ordered.ts'
import { unitsOfParcels } from './units-of-parcels.ts'
import { layGround, type UnitsGround, type UnitsPlan } from './units-plan.ts'

const MAKERS: Record<Outcome, (history: History, person: number, ground: UnitsGround) => UnitsFound> = {
  ordered: unitsOfOrdered,
  bought_out: unitsOfParcels,
  repeat: unitsOfBuyers,
  recommendation: unitsOfRecommendations,
  rating: unitsOfMarks,
}

/** Nobody has so many events within the days that are read: an id that many share, or a robot. */
export const MOST_OF_PERSON = 20_000

/** Histories must come in one and the same order, that of their persons, for equal answers. */
export function makeUnits(
  histories: readonly History[],
  plan: UnitsPlan,
): UnitsFound & { ground: UnitsGround } {
  const ground = layGround(plan)
  const make = MAKERS[plan.outcome]
  const units: Unit[] = []
  let unripe = 0
  for (const [person, history] of histories.entries()) {
    if (history.events.length > MOST_OF_PERSON) continue
    const found = make(history, person, ground)
    // One by one: a person with a hundred thousand orders would be too many arguments.
    for (const unit of found.units) units.push(unit)
    unripe += found.unripe
  }
  return { units, unripe, ground }
}
