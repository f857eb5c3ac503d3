import { startOfDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { answerReport, type MadeReport, type ReportGround, runReport } from '../../reports/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { ExposureAnswer, ExposureQuestion } from '../contract.ts'
import { planDays, type ReadExposureQuestion, readExposureQuestion } from './exposure-question.ts'
import { type HistoriesPlan, historiesQuery, sizeQuery } from './histories-query.ts'
import type { MeasuredExposure } from './models/measure-exposure.ts'
import type { DaysQuestion } from './models/person-days.ts'
import type { HistoryRow } from './models/to-history.ts'
import { type DrawnHistories, runInWorker } from './run-worker.ts'
import { scaleMeasured } from './scale-measured.ts'

/** Persons with the outcome, and without it, that are drawn at most, about. */
const MAX_PERSONS = 15_000
/** Rows that the models are fitted to: a second or two of one processor. */
const MAX_ROWS = 40_000
/** Of more identities than this a part is drawn before anything is added up, so that memory has an end. */
const MAX_IDENTITIES = 400_000

type Answer = Omit<ExposureAnswer, 'meta'>

/** How the outcome changes with the number of earlier contacts; from memory while nothing has changed. */
export async function answerExposure(
  deps: Deps,
  shop: ShopContext,
  asked: ExposureQuestion,
): Promise<ExposureAnswer> {
  const { registry } = await getRegistry(deps, shop.id)
  const question = readExposureQuestion(asked, shop, registry, deps.now())
  const { touchpoint, outcome, window, report } = question
  const days = planDays(question, shop.timeZone, deps.now())
  // Tomorrow one more day is over.
  const key = [touchpoint, outcome, window, days.question.until]
  return answerReport<Answer>(deps, shop, { kind: 'exposure', key, question: report }, (ground) =>
    makeAnswer(deps, shop, question, ground),
  )
}

async function makeAnswer(
  deps: Deps,
  shop: ShopContext,
  question: ReadExposureQuestion,
  ground: ReportGround,
): Promise<MadeReport<Answer>> {
  const { days, share, ...drawn } = await readHistories(deps, shop, question, ground)
  const { rows, chances } = drawn
  const request = { measure: { question: days, maxRows: MAX_ROWS } }
  const measured = await runInWorker<MeasuredExposure>(drawn, request)
  const { touchpoint, outcome, window } = question
  const isWhole = share === 1 && chances.with === 1 && chances.without === 1
  const of = rows.reduce((sum, { has }) => sum + 1 / (has ? chances.with : chances.without), 0) / share
  return {
    answer: {
      touchpoint,
      outcome,
      window,
      ...scaleMeasured(measured, outcome),
      drawn: isWhole ? null : { persons: rows.length, of: Math.round(of) },
    },
    unidentifiedShare: rows.length === 0 ? 0 : rows.filter(({ known }) => known === 0).length / rows.length,
    n: measured.persons,
  }
}

export interface ReadHistories extends DrawnHistories {
  days: DaysQuestion
  /** Of all persons, those that could be drawn. */
  share: number
}

/** The histories of the persons drawn, the same ones whenever they are asked for. */
export async function readHistories(
  deps: Deps,
  shop: ShopContext,
  question: ReadExposureQuestion,
  { persons: whom }: ReportGround,
): Promise<ReadHistories> {
  const { touchpoint, outcome } = question
  const { question: days, ...times } = planDays(question, shop.timeZone, deps.now())
  const askedFrom = startOfDay(times.asked.from, shop.timeZone)
  const [size] = await runReport<{ identities: number; persons: number; having: number }>(
    deps,
    sizeQuery({ shop: shop.id, outcome, moments: times.moments, askedFrom, whom }),
  )
  const { identities, persons, having } = size ?? { identities: 0, persons: 0, having: 0 }
  // A sample is a lot drawn before this one: of its persons as many may be looked at as of everybody.
  const part = question.report.sample ?? 1
  const share = Math.min(1, MAX_IDENTITIES / Math.max(1, identities * part))
  const chanceOf = (n: number) => Math.min(1, MAX_PERSONS / Math.max(1, n * share))
  const plan: HistoriesPlan = {
    shop: shop.id,
    timeZone: shop.timeZone,
    ...{ touchpoint, outcome, share, whom },
    chances: { with: chanceOf(having), without: chanceOf(persons - having) },
    ...times,
  }
  const rows = await runReport<HistoryRow>(deps, historiesQuery(plan))
  // The store gives them in any order, and days are drawn in the order of persons.
  rows.sort((a, b) => (a.person < b.person ? -1 : 1))
  return { rows, days, share, chances: plan.chances }
}
