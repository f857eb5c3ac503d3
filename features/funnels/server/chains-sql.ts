import type { FunnelPlan } from './funnel-query.ts'
import { markSql } from './marks-sql.ts'

/** So many steps are reckoned in one level of the statement: each refers to the one before, and the store's patience with that ends. */
const STEPS_IN_LEVEL = 8

/**
 * SQL: rows of `units` (person, known, value, unit) with `took` and `times`; `unit` are the sorted marks of a person or visit.
 *
 * For every step there is an array as long as the marks: where an attempt comes to this step, the time at which it
 * began, else 0. Of all attempts that end at one mark only the one that began last counts: it leaves the most time, so it is
 * never worse. `arrayFill` carries a beginning on to the marks behind it; beginnings never go back in time, so the last
 * one is the latest. Each step is two plain passes over the marks.
 */
export function addChains(units: string, { steps, order }: Pick<FunnelPlan, 'steps' | 'order'>): string {
  const { timeOf, maskOf } = markSql({ steps })
  const chains = order === 'any' ? anyChains(steps) : orderedChains(steps, order === 'strict')
  const numbers = steps.map((_, index) => index + 1)
  const at = numbers.map((step) => `arrayFirstIndex(b -> b > 0, chain_${step}) AS at_${step}`)
  let level = `SELECT person, known, value, arrayMap(m -> ${timeOf('m')}, unit) AS ats, arrayMap(m -> ${maskOf('m')}, unit) AS masks
FROM (${units})`
  for (let first = 0; first < chains.length; first += STEPS_IN_LEVEL)
    level = `SELECT *,\n  ${chains.slice(first, first + STEPS_IN_LEVEL).join(',\n  ')}\nFROM (${level})`
  return `SELECT person, known, value, ${at.join(', ')},
  [${numbers.map((step) => `if(at_${step} = 0, -1, ats[at_${step}] - chain_${step}[at_${step}])`).join(', ')}] AS took,
  [${numbers.map((step) => `if(at_${step} = 0, 0, ats[at_${step}])`).join(', ')}] AS times
FROM (${level})`
}

const isStep = (step: number) => `bitTest(m, ${step - 1})`
const carried = (array: string) => `arrayFill(b -> b > 0, ${array})`

type Steps = FunnelPlan['steps']

function orderedChains(steps: Steps, isStrict: boolean): string[] {
  return steps.map((_, index) => {
    const step = index + 1
    if (step === 1)
      return `arrayMap((t, m) -> if(${isStep(1)} AND t <= {span:Int64}, t, 0), ats, masks) AS chain_1`
    const from = listSteps(steps, step).map((one) => (isStrict ? `chain_${one}` : carried(`chain_${one}`)))
    const names = from.map((_, at) => `b${at}`)
    const begun =
      from.length === 1 ? from[0] : `arrayMap((${names}) -> greatest(${names}), ${from.join(', ')})`
    return `arrayMap((t, m, b) -> if(${isStep(step)} AND b > 0 AND t - b <= {window:Int64}, b, 0), ats, masks, arrayPopBack(arrayPushFront(${begun}, 0))) AS chain_${step}`
  })
}

/** For every mark the earliest among the latest events of the steps so far: all of them lie between it and the mark. */
function anyChains(steps: Steps): string[] {
  return steps.map((_, index) => {
    const step = index + 1
    const own = carried(`arrayMap((t, m) -> if(${isStep(step)}, t, 0), ats, masks)`)
    const before = listSteps(steps, step)[0]
    const all = before === undefined ? own : `arrayMap((a, b) -> least(a, b), all_${before}, ${own})`
    return `${all} AS all_${step},
  arrayMap((t, b) -> if(b > 0 AND t - b <= {window:Int64}, b, 0), ats, all_${step}) AS chain_${step}`
  })
}

/** The last step before this one (from 1) that can't be left out, and what lies between them. */
function listSteps(steps: Steps, step: number): number[] {
  const before = findRequired(steps, step)
  if (before === undefined) return []
  return Array.from({ length: step - before }, (_, index) => before + index)
}

/** The place of the last step before this one that can't be left out, both counted from 1. */
export function findRequired(steps: Steps, step: number): number | undefined {
  const before = steps.slice(0, step - 1).findLastIndex(({ optional }) => !optional)
  return before < 0 ? undefined : before + 1
}
