import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { answerReport, type GroundSide, type ReportGround, runReport } from '../../reports/server/reads.ts'
import type { FunnelAnswer, FunnelQuestion } from '../contract.ts'
import { STANDARD_STEPS } from '../vocabulary.ts'
import { type FunnelPlan, funnelQuery, groupsQuery } from './funnel-query.ts'
import { type ReadQuestion, readQuestion } from './funnel-question.ts'
import {
  type GroupRow,
  type StepRow,
  toEstimates,
  toGroups,
  toLeavingShare,
  toOtherSteps,
} from './funnel-result.ts'

const DAY_MS = 86_400_000
const MAX_GROUPS = 10
/** Places of the standard funnel, from 1. */
const [CART, ORDER] = [3, 5]

type Found = Omit<FunnelAnswer, 'meta'>

/** The answer to a question, from memory while the data's version is the same. */
export async function answerFunnel(
  deps: Deps,
  shop: ShopContext,
  asked: FunnelQuestion,
): Promise<FunnelAnswer> {
  const question = readQuestion(asked, shop, deps.now())
  const { steps, order, windowMs, per } = question.way
  const key = [steps, order, windowMs, per, asked.by]
  return answerReport<Found>(deps, shop, { kind: 'funnel', key, question: question.report }, (ground) =>
    measure(deps, shop, question, ground),
  )
}

/** What is asked of the store about one side of a question. */
export function planSide(
  { id }: Pick<ShopContext, 'id'>,
  { way }: ReadQuestion,
  { period, persons }: GroundSide,
  until?: number,
): FunnelPlan {
  return { shop: id, period, persons, ...way, ...(until !== undefined && { until }) }
}

/**
 * The other period's attempts get no more time than this period's have had: what happened there after the same time
 * is left out, or the later of two periods would always look worse. Of the same period nothing is.
 */
export function findOtherEnd(own: GroundSide, other: GroundSide, now: number): number | undefined {
  const later = own.period.from - other.period.from
  return later === 0 ? undefined : Math.max(other.period.from, now - later)
}

async function measure(deps: Deps, shop: ShopContext, question: ReadQuestion, ground: ReportGround) {
  const { steps, order, per, windowMs } = question.way
  const now = deps.now()
  const plan = planSide(shop, question, ground)
  const rows = await runReport<StepRow>(deps, funnelQuery(plan))
  const estimates = toEstimates(rows, steps, per)
  const groups = plan.by ? await runReport<GroupRow>(deps, groupsQuery(plan, MAX_GROUPS)) : []
  const first = rows.find(({ step }) => step === 1)
  const answer: Found = {
    way: {
      windowDays: windowMs / DAY_MS,
      order,
      per,
      isOver: plan.period.to + (order === 'any' ? 0 : windowMs) <= now,
      isStandard: question.isStandard,
    },
    steps: steps.map((step, index) => ({
      step,
      ...(estimates[index] as (typeof estimates)[number]).figures,
    })),
    groups: toGroups(groups, rows, steps, per),
    leaving: question.isStandard ? await measureLeaving(deps, plan, rows) : null,
    other: null,
  }
  if (ground.other) {
    const otherPlan = planSide(shop, question, ground.other, findOtherEnd(ground, ground.other, now))
    const others = await runReport<StepRow>(deps, funnelQuery({ ...otherPlan, by: undefined }))
    answer.other = {
      steps: toOtherSteps(estimates, toEstimates(others, steps, per)),
      leaving: question.isStandard ? await measureLeaving(deps, otherPlan, others) : null,
    }
  }
  return { answer, unidentifiedShare: first ? 1 - first.known / first.n : 0, n: first?.persons ?? 0 }
}

/**
 * Who came and didn't order in any way within the window: the standard funnel knows, since all between may be skipped.
 * The cart is a beginning of its own: who had something in it and didn't order after that.
 */
async function measureLeaving(
  deps: Deps,
  plan: FunnelPlan,
  rows: readonly StepRow[],
): Promise<NonNullable<FunnelAnswer['leaving']>> {
  const steps = listCartSteps()
  const cart = await runReport<StepRow>(deps, funnelQuery({ ...plan, steps, by: undefined }))
  return {
    withoutBuying: toLeavingShare(rows, plan.steps, ORDER, plan.per),
    inCart: toLeavingShare(cart, steps, 2, plan.per),
  }
}

function listCartSteps(): FunnelPlan['steps'] {
  const { optional: _, ...cart } = STANDARD_STEPS[CART - 1] as (typeof STANDARD_STEPS)[number]
  return [cart, STANDARD_STEPS[ORDER - 1] as (typeof STANDARD_STEPS)[number]]
}
