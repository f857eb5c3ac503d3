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
    const found = make(history, person, ground)
    units.push(...found.units)
    unripe += found.unripe
  }
  return { units, unripe, ground }
}
