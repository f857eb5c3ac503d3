import type { CheckedFilter } from '../../../../kernel/filter/checked.ts'
import type { FilterableEvent } from '../../../../kernel/filter/fields.ts'
import { type Asked, type Test, toTest } from '../../../../kernel/filter/to-predicate.ts'
import { isAlways, isNever, isOfKnown, type Known, listConditions, specialise } from './specialise.ts'

export interface Rule<Answer> {
  answer: Answer
  filter: CheckedFilter
}

/** The rules that may still hold for events of one kind, channel and name, in their order. */
interface Plan<Answer> {
  rules: { answer: Answer; test: Test }[]
  /** The answer when none of them does: that of a rule which needs no asking, if there is one. */
  otherwise: Answer | undefined
  /** Answers by path, where the rules ask for nothing but the path. */
  byPath: Map<string, Answer | undefined> | undefined
}

/** Enough for every name that a shop's code sends; names that are made up for each event only cost time. */
const MAX_PLANS = 5_000
const MAX_PATHS = 2_000

/**
 * Finds the first rule that holds. Kind, channel and name settle most rules, so what remains of them is worked out
 * once for each combination; what a path answers is remembered too.
 */
export function compileRules<Answer>(rules: readonly Rule<Answer>[]): (asked: Asked) => Answer | undefined {
  const findPlan = createPlans(rules)
  return (asked) => {
    const plan = findPlan(asked.event)
    if (plan.rules.length === 0) return plan.otherwise
    return plan.byPath ? askByPath(plan, plan.byPath, asked) : ask(plan, asked)
  }
}

function ask<Answer>({ rules, otherwise }: Plan<Answer>, asked: Asked): Answer | undefined {
  for (const { answer, test } of rules) if (test(asked)) return answer
  return otherwise
}

function askByPath<Answer>(
  plan: Plan<Answer>,
  known: Map<string, Answer | undefined>,
  asked: Asked,
): Answer | undefined {
  const { path } = asked.event
  const answer = known.get(path)
  if (answer !== undefined || known.has(path)) return answer
  if (known.size >= MAX_PATHS) known.clear()
  const found = ask(plan, asked)
  known.set(path, found)
  return found
}

function createPlans<Answer>(rules: readonly Rule<Answer>[]) {
  const plans = new Map<string, Plan<Answer>>()
  const byAnswers = new Map<string, Plan<Answer>>()
  const tests = listKnownTests(rules)

  /** Names that all conditions answer alike share a plan, so that made-up names don't each need one of their own. */
  function findByAnswers(event: Known): Plan<Answer> {
    const asked = { event: event as FilterableEvent, documents: {} }
    const key = tests.map((test) => (test(asked) ? '1' : '0')).join('')
    const known = byAnswers.get(key)
    if (known) return known
    if (byAnswers.size >= MAX_PLANS) byAnswers.clear()
    const made = makePlan(rules, event)
    byAnswers.set(key, made)
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

function makePlan<Answer>(rules: readonly Rule<Answer>[], known: Known): Plan<Answer> {
  const left: Rule<Answer>[] = []
  let otherwise: Answer | undefined
  for (const { answer, filter } of rules) {
    const rest = specialise(filter, known)
    if (isNever(rest)) continue
    if (isAlways(rest)) {
      otherwise = answer
      break
    }
    left.push({ answer, filter: rest })
  }
  return {
    rules: left.map(({ answer, filter }) => ({ answer, test: toTest(filter) })),
    otherwise,
    byPath: left.every(({ filter }) => listConditions(filter).every(isOfPath)) ? new Map() : undefined,
  }
}

function isOfPath(condition: CheckedFilter): boolean {
  if (condition.type !== 'text' && condition.type !== 'exists') return false
  return condition.of.kind === 'text' && condition.of.column === 'path'
}
