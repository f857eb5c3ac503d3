import type { Driver, Trial } from '../contract.ts'
import { planTrial } from './models/plan-trial.ts'
import type { FoundDriver } from './models/units.ts'
import { scaleMoney } from './scale-money.ts'
import type { Aside, Described } from './units/describe.ts'

export interface TrialGround {
  /** Weeks that the units come from. */
  weeks: number
  followUpDays: number
  weight: number
}

const WITHOUT_BOUNDS = { from: null, to: null }

export function describeDriver(of: Described, found: FoundDriver, ground: TrialGround): Driver {
  const { effect, p, q, verdict, naive, isConfounded, curve, importance, attainable, leftOut, twin } = found
  return {
    ...tellWhat(of),
    persons: of.persons ?? found.knownPersons,
    exposed: found.exposedPersons,
    ...{ effect, p, q, verdict, naive, isConfounded, curve, importance, attainable, leftOut, twin },
    levels:
      // A case is told apart by how it ended.
      of.kind === 'standard' || found.levels.length > 1
        ? found.levels.map(({ level, persons, effect: own, naive: plain }) => ({
            ...{ level, persons, effect: own, naive: plain },
            ...(of.bounds[level] ?? WITHOUT_BOUNDS),
          }))
        : [],
    money: scaleMoney(found.money, ground.weight),
    trial: planFor(of, found, ground),
  }
}

/** One that no model was asked of. */
export function describeAside(of: Aside): Driver {
  return {
    ...tellWhat(of),
    ...{ persons: of.known, exposed: of.exposed, leftOut: of.leftOut, importance: 0, attainable: 1 },
    ...{ effect: null, p: null, q: null, naive: null, curve: null, money: null, trial: null, twin: null },
    ...{ verdict: 'unsure', isConfounded: false, levels: [] },
  }
}

/** What customers choose, and openers of a newsletter, tell an association at most. */
function tellWhat({ key, kind, event, name, stage, touchpoint, measure, unit, kept }: Described) {
  return { key, kind, event, name, stage, touchpoint, measure, unit, kept, isChosen: kind === 'met' }
}

/** What reaches customers one by one can be left out for some of them by lot. */
const BY_PERSON = ['insert', 'newsletter']
const MESSAGES = ['status_message', 'newsletter', 'confirmation']

function planFor(
  { event, touchpoint, kind }: Described,
  found: FoundDriver,
  ground: TrialGround,
): Trial | null {
  const { effect, exposedPersons, knownPersons, residualVariance, leftOut } = found
  if (!effect || leftOut !== null) return null
  const isByPerson =
    kind !== 'met' && (BY_PERSON.includes(event ?? '') || MESSAGES.includes(touchpoint ?? ''))
  // Where a place has begun, nobody can tell any more whom it would have befallen: all who come there are compared.
  const persons = isByPerson ? exposedPersons : knownPersons
  return planTrial({
    kind: isByPerson ? 'holdout' : 'staggered',
    effect: (effect.value * exposedPersons) / Math.max(1, persons),
    residualVariance,
    perWeek: (persons * ground.weight) / ground.weeks,
    followUpDays: ground.followUpDays,
  })
}
