import type { Survey } from './check-units.ts'
import type { UnitTable } from './units.ts'

/**
 * Predictors that may give way to the others where data are few, the first one first: what customers choose, then what fewest
 * met or escaped, since of those least would be seen. The outcome has no say in it, so that what is left isn't flattered. Of what
 * the shop does at least half stays: a model without most of what is known would be a plain comparison under another name.
 */
export function listGivingWay({ predictors }: UnitTable, surveys: readonly Survey[]): number[] {
  const size = (at: number) => {
    const { exposedPersons, unexposedPersons } = surveys[at] as Survey
    return Math.min(exposedPersons, unexposedPersons)
  }
  const all = [...predictors.keys()]
    .filter((at) => surveys[at]?.leftOut === null)
    .sort((a, b) => size(a) - size(b) || a - b)
  const chosen = all.filter((at) => predictors[at]?.isChosen)
  const rest = all.filter((at) => !predictors[at]?.isChosen)
  return [...chosen, ...rest.slice(0, Math.floor(rest.length / 2))]
}
