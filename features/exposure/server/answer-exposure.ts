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
import { runInWorker } from './run-worker.ts'
import { scaleMeasured } from './scale-measured.ts'

/** Persons with the outcome, and without it, that are drawn at most. */
export const MAX_PERSONS = 15_000
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
  const { rows, days, share } = await readHistories(deps, shop, question, ground)
  const request = { measure: { question: days, maxRows: MAX_ROWS } }
  const measured = await runInWorker<MeasuredExposure>(rows, MAX_PERSONS, request)
  const { touchpoint, outcome, window } = question
  const kinds = new Map(rows.map(({ has, of }) => [has, of]))
  const of = [...kinds.values()].reduce((sum, one) => sum + one, 0)
  const drawn = rows.length < of || share < 1 ? { persons: rows.length, of: Math.round(of / share) } : null
  return {
    answer: { touchpoint, outcome, window, ...scaleMeasured(measured, outcome), drawn },
    unidentifiedShare: rows.length === 0 ? 0 : rows.filter(({ known }) => known === 0).length / rows.length,
    n: measured.persons,
  }
}

export interface ReadHistories {
  rows: HistoryRow[]
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
  const [size] = await runReport<{ n: number }>(deps, sizeQuery({ shop: shop.id, moments: times.moments }))
  const share = Math.min(1, MAX_IDENTITIES / Math.max(1, size?.n ?? 0))
  const plan: HistoriesPlan = {
    shop: shop.id,
    timeZone: shop.timeZone,
    ...{ touchpoint, outcome, share, whom, persons: MAX_PERSONS },
    ...times,
  }
  return { rows: await runReport<HistoryRow>(deps, historiesQuery(plan)), days, share }
}
