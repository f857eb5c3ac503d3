import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import {
  answerReport,
  type GroundSide,
  type ReportGround,
  readReportQuestion,
  runReport,
} from '../../reports/server/reads.ts'
import type {
  FlowAnswer,
  FlowQuestion,
  PathsQuestion,
  StepsAnswer,
  VariantsAnswer,
  VariantsQuestion,
} from '../contract.ts'
import { type FlowRow, flowQuery } from './flow-query.ts'
import { makeFlow } from './flow-result.ts'
import type { Query } from './path-table-query.ts'
import { planFlow, planPaths, planVariants, readPaths } from './paths-question.ts'
import { type StepRow, stepsQuery } from './steps-query.ts'
import { makeSteps } from './steps-result.ts'
import type { MadePaths } from './totals.ts'
import { MAX_ROWS, type PathPlan } from './units-query.ts'
import { identifyVariant, type VariantRow, type VariantsPlan, variantsQuery } from './variants-query.ts'
import { makeVariants, readTotals, type VariantSide } from './variants-result.ts'

/** Nothing in these statements is dear enough to be worth leaving rows out of. */
const SETTINGS = { short_circuit_function_evaluation: 'disable' as const }

/** Runs one of the room's statements in the place for heavy reports. */
export async function runPaths<Row>(deps: Deps, query: Query): Promise<Row[]> {
  const rows = await runReport<Row>(deps, query, undefined, SETTINGS)
  if (rows.length <= MAX_ROWS) return rows
  throw new AppError(
    'report_too_heavy',
    'Too many different contacts follow one another here. Look at stages or channels, or choose a shorter period.',
  )
}

/** How paths flow from contact to contact. */
export function answerFlow(deps: Deps, shop: ShopContext, asked: FlowQuestion): Promise<FlowAnswer> {
  return answer(
    deps,
    shop,
    asked,
    ['flow', asked.direction, asked.at, asked.depth, asked.top],
    async (ask) => {
      const plan = planFlow(asked, ask.plan)
      const rows = await runPaths<FlowRow>(deps, flowQuery(plan))
      const other = ask.other && (await runPaths<FlowRow>(deps, flowQuery(planFlow(asked, ask.other))))
      return makeFlow(rows, other, plan)
    },
  )
}

/** The distinct paths, the most frequent first. */
export function answerVariants(
  deps: Deps,
  shop: ShopContext,
  asked: VariantsQuestion,
): Promise<VariantsAnswer> {
  return answer(deps, shop, asked, ['variants', asked.through], async (ask) => {
    const plan = planVariants(asked, ask.plan)
    const own = await askVariants(deps, plan)
    if (!ask.other) return makeVariants(own, undefined, plan.codes)
    const other = await askVariants(deps, {
      ...planVariants(asked, ask.other),
      besides: own.rows.map(identifyVariant),
    })
    return makeVariants(await addMissing(deps, plan, own, other), other, plan.codes)
  })
}

/** What is frequent on the other side alone is a difference too, also where nobody went so here. */
async function addMissing(
  deps: Deps,
  plan: VariantsPlan,
  own: VariantSide,
  other: VariantSide,
): Promise<VariantSide> {
  const known = new Set(own.rows.map(identifyVariant))
  const frequent = other.rows.toSorted((a, b) => b.n - a.n).slice(0, plan.top)
  const missing = frequent.filter((row) => !known.has(identifyVariant(row)))
  if (missing.length === 0) return own
  const only = missing.map(identifyVariant)
  const found = await runPaths<VariantRow>(deps, variantsQuery({ ...plan, only }))
  const met = new Set(found.map(identifyVariant))
  const never = missing.filter((row) => !met.has(identifyVariant(row)))
  const nobody = { n: 0, ordered: 0, open: 0, value: 0, took: 0 }
  return { ...own, rows: [...own.rows, ...found, ...never.map((row) => ({ ...row, ...nobody }))] }
}

/** Rows tell the totals too; where no variant passes what is asked for, any one tells them. */
async function askVariants(deps: Deps, plan: VariantsPlan): Promise<VariantSide> {
  const rows = await runPaths<VariantRow>(deps, variantsQuery(plan))
  if (rows.length > 0) return { rows, totals: readTotals(rows[0]), distinct: rows[0]?.distinct ?? 0 }
  const { besides: _, ...whole } = plan
  const [any] = await runPaths<VariantRow>(deps, variantsQuery({ ...whole, through: [], top: 1 }))
  return { rows, totals: readTotals(any), distinct: any?.distinct ?? 0 }
}

/** What follows what, how often and how soon. */
export function answerSteps(deps: Deps, shop: ShopContext, asked: PathsQuestion): Promise<StepsAnswer> {
  return answer(deps, shop, asked, ['steps'], async ({ plan, other }) => {
    const rows = await runPaths<StepRow>(deps, stepsQuery(plan))
    const beside = other && (await runPaths<StepRow>(deps, stepsQuery(other)))
    return makeSteps(rows, beside, plan.codes)
  })
}

interface Sides {
  plan: PathPlan
  other: PathPlan | undefined
}

/** The frame of all three: reads the question, plans both sides, keeps the answer. */
async function answer<T extends { totals: { units: number } }>(
  deps: Deps,
  shop: ShopContext,
  asked: PathsQuestion,
  key: readonly unknown[],
  make: (ask: Sides) => Promise<MadePaths<T>>,
) {
  const now = deps.now()
  const question = readReportQuestion(asked, shop, now)
  const paths = readPaths(asked)
  const about = { kind: 'paths', key: [...key, ...Object.values(paths)], question }
  return answerReport(deps, shop, about, async (ground: ReportGround) => {
    const plan = (side: GroundSide) => planPaths(paths, shop, side, ground.registry, now)
    const made = await make({ plan: plan(ground), other: ground.other && plan(ground.other) })
    return { ...made, n: made.answer.totals.units }
  })
}
