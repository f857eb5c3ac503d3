import { formatDay, localDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import {
  answerReport,
  JOURNEY_SILENCE_MS,
  type MadeReport,
  type ReportGround,
  runReport,
} from '../../reports/server/reads.ts'
import type { DriversAnswer, DriversQuestion, DriversSettings } from '../contract.ts'
import type { UnitsAnswer } from './analyse-units.ts'
import { planRead, type ReadDriversQuestion, readDriversQuestion } from './drivers-question.ts'
import { readSettings } from './drivers-settings-store.ts'
import { type HistoriesPlan, historiesQuery, sizeQuery } from './histories-query.ts'
import { runInWorker } from './run-worker.ts'
import type { HistoryRow } from './units/read-history.ts'
import type { UnitsPlan } from './units/units-plan.ts'

/** So many persons, and events of theirs, are looked at, about: some hundred megabytes and seconds. */
const MAX_PERSONS = 150_000
const MAX_EVENTS = 2_000_000

type Answer = Omit<DriversAnswer, 'meta'>

/** What each failure and each good turn does to the outcome; from memory while nothing has changed. */
export async function answerDrivers(
  deps: Deps,
  shop: ShopContext,
  asked: DriversQuestion,
): Promise<DriversAnswer> {
  const question = readDriversQuestion(asked, shop, deps.now())
  const settings = await readSettings(deps.db, shop.id)
  const key = [question.outcome, settings]
  const asking = { kind: 'drivers', key, question: question.report, isSlow: true }
  return answerReport<Answer>(deps, shop, asking, (ground) =>
    makeAnswer(deps, shop, question, settings, ground),
  )
}

async function makeAnswer(
  deps: Deps,
  shop: ShopContext,
  question: ReadDriversQuestion,
  settings: DriversSettings,
  ground: ReportGround,
): Promise<MadeReport<Answer>> {
  const { rows, share, of, plan } = await readHistories(deps, shop, question, settings, ground)
  const { margin, attainable } = settings
  const weight = 1 / (share * (question.report.sample ?? 1))
  const answer = await runInWorker<UnitsAnswer>(rows, { analyse: { plan, margin, attainable, weight } })
  return {
    answer: {
      ...{ ...answer, margin, drawn: share < 1 ? { persons: rows.length, of } : null },
      recordedUntil: plan.recordedUntil > 0 ? formatDay(localDay(plan.recordedUntil, shop.timeZone)) : null,
    },
    unidentifiedShare: rows.length === 0 ? 0 : rows.filter(({ known }) => known === 0).length / rows.length,
    n: answer.persons,
  }
}

export interface ReadHistories {
  rows: HistoryRow[]
  /** Of all persons, the share that was read, and how many they are. */
  share: number
  of: number
  plan: UnitsPlan
}

/** The histories of those who may be units, drawn by lot where they are many: the same ones whenever they are asked for. */
export async function readHistories(
  deps: Deps,
  shop: ShopContext,
  question: ReadDriversQuestion,
  settings: DriversSettings,
  ground: ReportGround,
): Promise<ReadHistories> {
  const { facts } = settings
  const asked: Omit<HistoriesPlan, 'share'> = {
    ...planRead(question),
    ...{ shop: shop.id, currency: shop.currency, facts, whom: ground.persons },
  }
  const [size] = await runReport<{ persons: number; events: number; last: number }>(deps, sizeQuery(asked))
  const { persons = 0, events = 0, last = 0 } = size ?? {}
  const share = Math.min(1, MAX_PERSONS / Math.max(1, persons), MAX_EVENTS / Math.max(1, events))
  const rows = await runReport<HistoryRow>(deps, historiesQuery({ ...asked, share }))
  const plan: UnitsPlan = {
    ...{ outcome: question.outcome, period: question.report.period, facts, timeZone: shop.timeZone },
    recordedUntil: Math.min(last, deps.now()),
    silenceMs: JOURNEY_SILENCE_MS,
    registry: ground.registry,
  }
  return { rows, share, of: persons, plan }
}
