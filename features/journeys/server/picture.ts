import { formatDay, localDay } from '../../../kernel/time.ts'
import type { Deps } from '../../../platform/room.ts'
import { linkVersion } from '../../people/server/reads.ts'
import { type CountRow, countsQuery } from '../../reports/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { MapMeta, MapStage } from '../contract.ts'
import { type CalibrationRow, calibrationQuery } from './calibration-query.ts'
import { addExpected, findCalibrated } from './expect-said.ts'
import { type LoadsRow, loadsQuery, templateStandards } from './loads-query.ts'
import type { MapPlan } from './map-plan.ts'
import { type MapRow, mapQuery } from './map-query.ts'
import type { Question } from './map-question.ts'
import { readTotals, type Totals, toStages } from './map-result.ts'
import { orderNames } from './order-names.ts'
import { getReadySegment } from './ready-segment.ts'
import { codeRegistry } from './registry-codes.ts'
import { runReport } from './run-report.ts'
import { writeSegment } from './segment.ts'

/** The map of one period and one set of persons, without what follows from comparing it. */
export interface Picture {
  meta: MapMeta
  stages: MapStage[]
}

export type PictureQuestion = Pick<Question, 'shop' | 'zone' | 'currency' | 'period' | 'segment'>

export async function planPicture(deps: Deps, question: PictureQuestion): Promise<MapPlan> {
  const [{ registry }, segment] = await Promise.all([
    getRegistry(deps, question.shop),
    getReadySegment(deps, question),
  ])
  const { shop, period } = question
  return { shop, period, segment, codes: codeRegistry(registry) }
}

/** Asks the store; seconds for millions of events, so whoever calls keeps the answer. */
export async function takePicture(deps: Deps, question: PictureQuestion): Promise<Picture> {
  const plan = await planPicture(deps, question)
  // What this process has counted so far belongs to the answer.
  await deps.writer.counts.write()
  const links = await linkVersion(deps, question.shop)
  const [rows, loads, counts] = await Promise.all([
    runReport<MapRow>(deps, mapQuery(plan, orderNames)),
    templateStandards(plan).length === 0 ? [] : runReport<LoadsRow>(deps, loadsQuery(plan, orderNames)),
    countArrivals(deps, question),
  ])
  const stages = await calibrateStages(deps, plan, toStages(plan.codes, rows, loads))
  return { meta: describe(deps, question, plan, { totals: readTotals(rows), stages, counts, links }), stages }
}

async function calibrateStages(deps: Deps, plan: MapPlan, stages: MapStage[]): Promise<MapStage[]> {
  const standards = findCalibrated(plan.codes, stages)
  if (standards.length === 0) return stages
  const rows = await runReport<CalibrationRow>(deps, calibrationQuery(plan, orderNames, standards))
  return addExpected(stages, plan.codes, rows)
}

async function countArrivals({ clickhouse }: Deps, { shop, period }: PictureQuestion): Promise<CountRow[]> {
  const { sql, params } = countsQuery(shop, period)
  return clickhouse.query<CountRow>(sql, { params })
}

interface Found {
  totals: Totals
  stages: MapStage[]
  counts: readonly CountRow[]
  links: number
}

function describe(deps: Deps, question: PictureQuestion, plan: MapPlan, found: Found): MapMeta {
  const { period, zone, segment } = question
  const { totals, stages, counts, links } = found
  const count = (outcome: string) => counts.find((row) => row.outcome === outcome)?.n ?? 0
  const day = (ms: number) => formatDay(localDay(ms, zone))
  return {
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    fromDay: day(period.from),
    toDay: day(period.to - 1),
    timeZone: zone,
    segment: writeSegment(segment),
    persons: totals.persons,
    contacts: stages.reduce((sum, stage) => sum + stage.contacts, 0),
    events: totals.events,
    unidentifiedShare: totals.persons === 0 ? 0 : 1 - totals.known / totals.persons,
    rejected: count('rejected'),
    duplicates: count('duplicate'),
    lagSeconds: deps.runner.lagSeconds(),
    linkVersion: links,
    rulesVersion: plan.codes.version,
    unclassified: totals.waiting,
    computedAt: new Date(deps.now()).toISOString(),
  }
}
