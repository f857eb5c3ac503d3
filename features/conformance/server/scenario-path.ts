import type { Registry, ScenarioStep, Touchpoint } from '../../touchpoints/contract.ts'
import type { PathStep } from '../contract.ts'
import type { IntendedPath } from './models/align-path.ts'

/** The class of contacts that the path doesn't name; 0 is none, the path's own begin behind it. */
export const BESIDE = 1

/** A scenario as numbers, by the shop's registry as it is now. */
export interface CodedScenario {
  path: IntendedPath
  steps: PathStep[]
  /** By the numbers of `path.stages`. */
  stages: string[]
  /** Touchpoints that make contacts, and the number that stands for each; of one instant the lower number comes first. */
  keys: string[]
  values: number[]
  /**
   * True when a touchpoint's class depends on the state of the person's orders: a number is the touchpoint's then, and
   * `places` (number · 4 + state) has the class in `classes`. Else the number is the class itself.
   */
  hasStates: boolean
  places: number[]
  classes: number[]
  /** Touchpoints where something said is a contact too, not only a word about one. */
  opinions: string[]
}

/** States of a person's orders: none, one on its way, one received within 60 days. */
const STATES = 3
export const STATE_FACTOR = 4

interface Placed {
  key: string
  /** Steps that it may make, by state. */
  steps: number[][]
}

/** Which contact may make which step: those that stand in its stage, of its touchpoints if it names any. */
export function codeScenario(scenario: readonly ScenarioStep[], registry: Registry): CodedScenario {
  const order = new Map(registry.stages.map(({ key }, at) => [key, at]))
  const shown = registry.touchpoints.filter(({ isOn, stage }) => isOn && order.has(stage))
  const placed = shown
    .map((touchpoint) => ({ key: touchpoint.key, steps: placeTouchpoint(touchpoint, scenario, order) }))
    .sort((a, b) => findFirst(a) - findFirst(b))
  const classes = numberClasses(placed)
  const classOf = (steps: readonly number[]) => classes.get(steps.join()) as number
  const hasStates = placed.some(({ steps }) => steps.some((one) => one.join() !== steps[0]?.join()))
  const stages = [...new Set(scenario.map(({ stage }) => stage))]
  const home = registry.touchpoints.find(({ key }) => key === 'survey')?.stage ?? 'opinion'
  const made = new Set(placed.flatMap(({ steps }) => steps.flat()))
  const isGone = (step: number) => !made.has(step)
  return {
    path: {
      classes: [
        [],
        ...[...classes.keys()].map((steps) => (steps === '' ? [] : steps.split(',').map(Number))),
      ],
      required: [false, ...scenario.map(({ isOptional }, at) => !isOptional && !isGone(at + 1))],
      stages: [0, ...scenario.map(({ stage }) => stages.indexOf(stage))],
    },
    steps: scenario.map((step, at) => ({ ...step, isGone: isGone(at + 1) })),
    stages,
    keys: placed.map(({ key }) => key),
    values: placed.map(({ steps }, at) => (hasStates ? at + 1 : classOf(steps[0] as number[]))),
    hasStates,
    places: placed.flatMap(({ steps }, at) => steps.map((_, state) => (at + 1) * STATE_FACTOR + state)),
    classes: placed.flatMap(({ steps }) => steps.map(classOf)),
    opinions: shown.filter(({ stage }) => stage === home).map(({ key }) => key),
  }
}

/**
 * By state of the orders, the steps that a contact at the touchpoint may make. A step that names the touchpoint under a
 * stage where it never stands means it wherever it stands.
 */
function placeTouchpoint(
  { key, stage, stageWhileOrdered, stageAfterReceipt }: Touchpoint,
  scenario: readonly ScenarioStep[],
  order: ReadonlyMap<string, number>,
): number[][] {
  const stages = [stage, stageWhileOrdered, stageAfterReceipt]
    .slice(0, STATES)
    .map((one) => (one !== null && order.has(one) ? one : stage))
  return stages.map((here) =>
    scenario.flatMap((step, at) => {
      const isNamed = step.touchpoints.includes(key)
      const stands = step.stage === here && (isNamed || step.touchpoints.length === 0)
      return stands || (isNamed && !stages.includes(step.stage)) ? [at + 1] : []
    }),
  )
}

/** Those along the path first, in its order. */
const findFirst = ({ steps }: Placed) => Math.min(...steps.flat(), 1_000)

/** A number for each distinct list of steps, in the order of the path. */
function numberClasses(placed: readonly Placed[]): Map<string, number> {
  const classes = new Map([['', BESIDE]])
  for (const { steps } of placed)
    for (const one of steps) if (!classes.has(one.join())) classes.set(one.join(), classes.size + 1)
  return classes
}
