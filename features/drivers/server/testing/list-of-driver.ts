import { isHappening } from '../../vocabulary.ts'
import type { ListedPerson, ListQuestion } from '../take-from-listing.ts'
import { makeUnits } from '../units/make-units.ts'
import { isExposed, listPredictors } from '../units/predictors.ts'
import type { History } from '../units/read-history.ts'
import type { UnitsPlan } from '../units/units-plan.ts'

/** For tests, by looking for one driver alone: its persons, the latest first, each once; null where there is no such driver among these units. */
export function listOfDriver(
  histories: readonly History[],
  plan: UnitsPlan,
  { driver, kind, after, limit }: ListQuestion,
): ListedPerson[] | null {
  const { units, ground } = makeUnits(histories, plan)
  const made = listPredictors(units, ground).all.find(({ predictor }) => predictor.key === driver)
  if (!made) return null
  const { known } = made.predictor
  const latest = new Map<number, number>()
  const middle = isHappening(plan.outcome) ? 0.5 : median(units.map(({ outcome }) => outcome))
  for (const [at, unit] of units.entries()) {
    if (!known[at]) continue
    if (
      isExposed(made.predictor, at) !== (kind !== 'unexposed') ||
      (kind === 'lost' && unit.outcome >= middle)
    )
      continue
    latest.set(unit.person, Math.max(latest.get(unit.person) ?? Number.NEGATIVE_INFINITY, unit.at))
  }
  return [...latest]
    .map(([person, at]) => ({ at, person: histories[person]?.person ?? '' }))
    .filter((one) => !after || compare(one, after) > 0)
    .sort(compare)
    .slice(0, limit)
}

/** The latest first. */
function compare(a: ListedPerson, b: ListedPerson): number {
  return b.at - a.at || (a.person < b.person ? -1 : a.person > b.person ? 1 : 0)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
