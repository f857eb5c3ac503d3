import type { CheckedFilter } from '../../../../kernel/filter/checked.ts'
import type { FilterableEvent } from '../../../../kernel/filter/fields.ts'
import { type Asked, type Test, toTest } from '../../../../kernel/filter/to-predicate.ts'
import { isOfPath, type PathTest, toPathTest } from './path-test.ts'
import { isAlways, isNever, isOfKnown, type Known, listConditions, specialise } from './specialise.ts'

export interface Rule<Answer> {
  answer: Answer
  filter: CheckedFilter
}

interface Remaining<Answer> {
  answer: Answer
  test: Test
  /** What the path alone says: yes, no, or undefined where more must be asked. */
  testPath: PathTest
}

/** The rules that may still hold for events of one kind, channel and name, in their order. */
interface Plan<Answer> {
  rules: Remaining<Answer>[]
  /** The answer when none of them does: that of a rule which needs no asking, if there is one. */
  otherwise: Answer | undefined
  asksForPath: boolean
  number: number
}

/** The same once the path is known too. */
type PathPlan<Answer> = Pick<Plan<Answer>, 'rules' | 'otherwise'>

/** Enough for every name that a shop's code sends; names that are made up for each event only cost time. */
const MAX_PLANS = 5_000
const MAX_PATHS = 20_000

/**
 * Finds the first rule that holds. Kind, channel and name settle most rules, so what remains of them is worked out
 * once for each combination; what a path settles is remembered too.
 */
export function compileRules<Answer>(rules: readonly Rule<Answer>[]): (asked: Asked) => Answer | undefined {
  const findPlan = createPlans(rules)
  const findPathPlan = createPathPlans<Answer>()
  return (asked) => {
    const plan = findPlan(asked.event)
    return ask(plan.asksForPath ? findPathPlan(plan, asked) : plan, asked)
  }
}

function ask<Answer>({ rules, otherwise }: PathPlan<Answer>, asked: Asked): Answer | undefined {
  for (const { answer, test } of rules) if (test(asked)) return answer
  return otherwise
}

function createPathPlans<Answer>() {
  const known = new Map<string, PathPlan<Answer>>()
  return (plan: Plan<Answer>, asked: Asked): PathPlan<Answer> => {
    const key = `${plan.number} ${asked.event.path}`
    const found = known.get(key)
    if (found) return found
    if (known.size >= MAX_PATHS) known.clear()
    const made = settlePath(plan, asked)
    known.set(key, made)
    return made
  }
}

function settlePath<Answer>(plan: Plan<Answer>, asked: Asked): PathPlan<Answer> {
  const rules: Remaining<Answer>[] = []
  for (const rule of plan.rules) {
    const said = rule.testPath(asked)
    if (said) return { rules, otherwise: rule.answer }
    if (said === undefined) rules.push(rule)
  }
  return { rules, otherwise: plan.otherwise }
}

function createPlans<Answer>(rules: readonly Rule<Answer>[]) {
  const plans = new Map<string, Plan<Answer>>()
  const byAnswers = new Map<string, Plan<Answer>>()
  const byRest = new Map<string, Plan<Answer>>()
  const tests = listKnownTests(rules)

  /** Names that all conditions answer alike share a plan, so that made-up names don't each need one of their own. */
  function findByAnswers(event: Known): Plan<Answer> {
    const asked = { event: event as FilterableEvent, documents: {} }
    const key = tests.map((test) => (test(asked) ? '1' : '0')).join('')
    const known = byAnswers.get(key)
    if (known) return known
    if (byAnswers.size >= MAX_PLANS) byAnswers.clear()
    const made = findByRest(event)
    byAnswers.set(key, made)
    return made
  }

  /** Most channels leave the same rules open, so what their paths settle is worked out once. */
  function findByRest(event: Known): Plan<Answer> {
    const rest = listRest(rules, event)
    const key = JSON.stringify(rest.map(({ rule, filter }) => [rules.indexOf(rule), filter]))
    const known = byRest.get(key)
    if (known) return known
    if (byRest.size >= MAX_PLANS) byRest.clear()
    const made = makePlan(rest)
    byRest.set(key, made)
    return made
  }

  return ({ kind, channel, name }: Known): Plan<Answer> => {
    const key = `${kind}\0${channel}\0${name}`
    const known = plans.get(key)
    if (known) return known
    if (plans.size >= MAX_PLANS) plans.clear()
    const found = findByAnswers({ kind, channel, name })
    plans.set(key, found)
    return found
  }
}

function listKnownTests<Answer>(rules: readonly Rule<Answer>[]): Test[] {
  const conditions = rules.flatMap(({ filter }) => listConditions(filter)).filter(isOfKnown)
  return [...new Map(conditions.map((one) => [JSON.stringify(one), toTest(one)])).values()]
}

/** What is left to ask of each rule; nothing follows one that holds anyway. */
function listRest<Answer>(rules: readonly Rule<Answer>[], known: Known) {
  const left: { rule: Rule<Answer>; filter: CheckedFilter }[] = []
  for (const rule of rules) {
    const filter = specialise(rule.filter, known)
    if (isNever(filter)) continue
    left.push({ rule, filter })
    if (isAlways(filter)) break
  }
  return left
}

let made = 0

function makePlan<Answer>(rest: readonly { rule: Rule<Answer>; filter: CheckedFilter }[]): Plan<Answer> {
  const last = rest.at(-1)
  const otherwise = last && isAlways(last.filter) ? last.rule.answer : undefined
  const open = rest.filter(({ filter }) => !isAlways(filter))
  return {
    rules: open.map(({ rule, filter }) => ({
      answer: rule.answer,
      test: toTest(filter),
      testPath: toPathTest(filter),
    })),
    otherwise,
    asksForPath: open.some(({ filter }) => listConditions(filter).some(isOfPath)),
    number: made++,
  }
}
