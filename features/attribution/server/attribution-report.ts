import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { MAX_PATHS, type PathRow, pathTableQuery } from '../../paths/server/reads.ts'
import { answerReport, type GroundSide, type ReportGround, runReport } from '../../reports/server/reads.ts'
import type { Attribution } from '../contract.ts'
import { attachCosts } from './costs/attach-costs.ts'
import { readPeriodCosts } from './costs/period-costs.ts'
import { type Question, toPathQuestion } from './read-question.ts'
import { runModels } from './run-models.ts'
import { shapeModels } from './shape-models.ts'

/** Time-decay: the weight is halved every so many steps. */
const HALF_LIFE = 2

/** What each model credits each way with, and what it cost. Costs are read anew each time: they change by themselves. */
export async function answerAttribution(
  deps: Deps,
  shop: ShopContext,
  question: Question,
): Promise<Attribution> {
  const { report, by, conversion, nulls, order } = question
  const asked = { kind: 'attribution', key: [by, conversion, nulls, order], question: report }
  const answer = await answerReport(deps, shop, asked, (ground) => measure(deps, shop, question, ground))
  const { joined, ...rest } = answer
  const costs = await readPeriodCosts(deps, shop, question, {
    days: { from: answer.meta.fromDay, to: answer.meta.toDay },
    ways: answer.reach.map(({ channel }) => channel),
    joined,
  })
  return attachCosts(rest as Attribution, costs)
}

async function measure(deps: Deps, shop: ShopContext, question: Question, ground: ReportGround) {
  const sides = [ground, ...(ground.other ? [ground.other] : [])]
  const rows: PathRow[][] = []
  // One after another: each takes the place for heavy reports.
  for (const side of sides) rows.push(await readRows(deps, shop, question, side))
  const withNulls = question.nulls === 'with'
  const measured = await runModels(rows, { order: question.order, withNulls, halfLife: HALF_LIFE })
  const { by, conversion, nulls, order } = question
  const { answer, totals, joined } = shapeModels(measured)
  const journeys = totals.conversions + totals.nulls
  return {
    answer: {
      ...answer,
      joined,
      meta: { by, conversion, nulls, order, journeys, paths: (rows[0] as PathRow[]).length },
    },
    unidentifiedShare: journeys === 0 ? 0 : totals.anonymous / journeys,
    n: journeys,
  }
}

async function readRows(
  deps: Deps,
  shop: ShopContext,
  question: Question,
  side: GroundSide,
): Promise<PathRow[]> {
  const rows = await runReport<PathRow>(
    deps,
    pathTableQuery(toPathQuestion(shop, question, side, deps.now())),
  )
  if (rows.length > MAX_PATHS)
    throw new AppError(
      'report_too_heavy',
      'There are more than a million different paths. Choose a shorter period or a smaller segment.',
    )
  return rows
}
