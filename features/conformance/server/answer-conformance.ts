import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { formatDay, localDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import {
  answerReport,
  type GroundSide,
  type ReadReportQuestion,
  readReportQuestion,
  runReport,
} from '../../reports/server/reads.ts'
import type { Scenario } from '../../touchpoints/contract.ts'
import { listScenarios } from '../../touchpoints/server/reads.ts'
import type { ConformanceAnswer, ConformanceQuestion, Outcome } from '../contract.ts'
import { toChanges, toContrasts, toFigures } from './conformance-result.ts'
import { type JourneysPlan, MAX_PATHS, pathsQuery, SETTINGS } from './journeys-query.ts'
import type { JourneyCounts, PathRow } from './models/count-journeys.ts'
import { countJourneys } from './run-count.ts'
import { type CodedScenario, codeScenario } from './scenario-path.ts'

export interface ReadQuestion {
  question: ReadReportQuestion
  scenario: Scenario
  outcome: Outcome
}

/** Looks the scenario up. Fails with `not_found` where there is none, and with `unprocessable` for one without steps. */
export async function readQuestion(
  deps: Deps,
  shop: ShopContext,
  asked: ConformanceQuestion,
): Promise<ReadQuestion> {
  const question = readReportQuestion(asked, shop, deps.now())
  const all = await listScenarios(deps.db, shop.id)
  const { outcome = 'ordered' } = asked
  if (all.length === 0)
    throw new AppError(
      'not_found',
      'The shop has no scenario yet. Describe on the page of personas which way a customer should go.',
    )
  const scenario = orNotFound(
    asked.scenario === undefined ? all[0] : all.find(({ id }) => id === asked.scenario),
    'The scenario',
  )
  if (scenario.path.length === 0)
    throw new AppError(
      'unprocessable',
      `“${scenario.name}” has no steps yet. Open the scenario and add the steps of its path.`,
    )
  return { question, scenario, outcome }
}

/** How the journeys that opened in the period fit the path of a scenario. */
export async function answerConformance(
  deps: Deps,
  shop: ShopContext,
  asked: ConformanceQuestion,
): Promise<ConformanceAnswer> {
  const { question, scenario, outcome } = await readQuestion(deps, shop, asked)
  const { id, name, version } = scenario
  // Which journeys are over changes from day to day though the events are the same.
  const today = formatDay(localDay(deps.now(), shop.timeZone))
  const key = [id, version, outcome, today]
  return answerReport(deps, shop, { kind: 'conformance', key, question }, async (ground) => {
    const coded = codeScenario(scenario.path, ground.registry)
    const now = deps.now()
    const own = await countSide(deps, { shop: shop.id, scenario: coded, side: ground, now }, outcome)
    const other = ground.other && (await countOther(deps, coded, shop, ground, ground.other, outcome))
    const all = own.journeys
    return {
      unidentifiedShare: all === 0 ? 0 : 1 - own.known / all,
      n: all,
      answer: {
        scenario: { id, name, version },
        steps: coded.steps,
        figures: toFigures(own, coded.stages),
        other: other ? toFigures(other, coded.stages) : null,
        changes: other ? toChanges(own, other) : [],
        outcome,
        contrasts: toContrasts(own),
      },
    }
  })
}

/** An earlier period is looked at as it stood when it was as old as the period asked about: both had as long to go on. */
function countOther(
  deps: Deps,
  scenario: CodedScenario,
  { id }: ShopContext,
  own: GroundSide,
  side: GroundSide,
  outcome: Outcome,
): Promise<JourneyCounts> {
  const now = side.period.to + (deps.now() - own.period.to)
  return countSide(deps, { shop: id, scenario, side, now }, outcome)
}

async function countSide(deps: Deps, plan: JourneysPlan, outcome: Outcome): Promise<JourneyCounts> {
  const rows = await runReport<PathRow>(deps, pathsQuery(plan), undefined, SETTINGS)
  if (rows.length > MAX_PATHS)
    throw new AppError(
      'report_too_heavy',
      'There are more than a million different journeys. Choose a shorter period, a smaller segment or a sample.',
    )
  return countJourneys(rows, plan.scenario.path, outcome)
}
