import { Value } from 'typebox/value'
import { AppError } from '../../../kernel/errors.ts'
import { parseFilter } from '../../../kernel/filter/parse-filter.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import { type ReadReportQuestion, readReportQuestion } from '../../reports/server/reads.ts'
import { type FunnelQuestion, FunnelStep } from '../contract.ts'
import { DEFAULT_WINDOW_DAYS, MAX_STEPS, STANDARD_STEPS } from '../vocabulary.ts'
import { readBreakdown } from './breakdown.ts'
import type { FunnelPlan } from './funnel-query.ts'

const DAY_MS = 86_400_000

/** A question that makes sense: of when and of whom, and which way. */
export interface ReadQuestion {
  report: ReadReportQuestion
  way: Pick<FunnelPlan, 'steps' | 'order' | 'windowMs' | 'per' | 'by'>
  isStandard: boolean
}

/** Reads a question with everything left out filled in. Fails with a sentence saying what to do. */
export function readQuestion(asked: FunnelQuestion, shop: ShopContext, now: number): ReadQuestion {
  const { order = 'ordered', window = DEFAULT_WINDOW_DAYS, per = 'person', by } = asked
  const steps = asked.steps === undefined ? STANDARD_STEPS : readSteps(asked.steps)
  if (order === 'any') refuseRepeated(steps)
  return {
    report: readReportQuestion(asked, shop, now),
    way: {
      steps,
      order,
      windowMs: Math.max(1, Math.round(window * DAY_MS)),
      per,
      ...(by !== undefined && { by: readBreakdown(by) }),
    },
    isStandard: asked.steps === undefined && order === 'ordered',
  }
}

/** Steps as they stand in an address: JSON. */
export function readSteps(text: string): FunnelStep[] {
  const given = parse(text)
  if (!Array.isArray(given)) throw refuse('The steps are no list. Write a JSON list of 2 to 64 steps.')
  if (given.length < 2) throw refuse('A funnel needs at least two steps.')
  if (given.length > MAX_STEPS)
    throw refuse(`A funnel may have ${MAX_STEPS} steps; this one has ${given.length}. Leave some out.`)
  const steps = given.map(readStep)
  if (steps[0]?.optional)
    throw refuse('The first step can’t be left out: everybody counted has made it. Begin with another one.')
  return steps
}

function readStep(given: unknown, index: number): FunnelStep {
  const place = `Step ${index + 1}`
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw refuse(`${place} is no object: write {"touchpoint": "cart"}, for example.`)
  const { where, ...rest } = given as FunnelStep
  if (!Value.Check(FunnelStep, rest))
    throw refuse(
      `${place} has a mistake: it may have touchpoint, stage, name, state, where, optional and label, each as documented.`,
    )
  if (where !== undefined) {
    const parsed = parseFilter(where)
    if (!parsed.ok) {
      const [problem] = parsed.problems
      throw refuse(
        `The condition of step ${index + 1} has a mistake at “${problem?.path || '/'}”: ${problem?.message}`,
      )
    }
  }
  const { touchpoint, stage, name, state } = rest
  if ([touchpoint, stage, name, state, where].every((one) => one === undefined))
    throw refuse(
      `${place} says nothing about its events. Give a touchpoint, stage, name, state or condition.`,
    )
  return where === undefined ? rest : { ...rest, where }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuse('The steps are no JSON. Write a list such as [{"touchpoint": "cart"}, {"state": "placed"}].')
  }
}

/** Without an order two equal steps would be one: whoever means "twice" means an order. */
function refuseRepeated(steps: readonly FunnelStep[]): void {
  const seen = new Set<string>()
  for (const { optional: _, label: __, ...which } of steps) {
    const text = JSON.stringify(Object.entries(which).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (seen.has(text))
      throw refuse(
        'In whatever order, a step can be asked for once. Take the repeated one out, or ask in order.',
      )
    seen.add(text)
  }
}

const refuse = (message: string) => new AppError('validation_failed', message)
