import { AppError } from '../../../kernel/errors.ts'
import { formatDay, localDay } from '../../../kernel/time.ts'
import type { Deps } from '../../../platform/room.ts'
import type { StageAnswer, StageQuestion } from '../contract.ts'
import { readDataVersion } from './data-version.ts'
import { findPicture } from './journey-map.ts'
import type { MapPlan } from './map-plan.ts'
import type { Question } from './map-question.ts'
import { orderNames } from './order-names.ts'
import { planPicture } from './picture.ts'
import { measuredIn, type ReadingsRow, readingsQuery } from './readings-query.ts'
import { toReadings } from './readings-result.ts'
import { createReportCache, type ReportCache } from './report-cache.ts'
import { runReport } from './run-report.ts'
import { writeSegment } from './segment.ts'
import { type Buckets, cutPeriod } from './stage-buckets.ts'
import { stageTrendQuery, type TrendRow } from './stage-trend-query.ts'
import { toTrend } from './stage-trend-result.ts'

type Course = Pick<StageAnswer, 'trend' | 'readings'>

const caches = new WeakMap<Deps['clickhouse'], ReportCache<Course>>()

function cacheOf({ clickhouse, now }: Deps): ReportCache<Course> {
  const known = caches.get(clickhouse)
  if (known) return known
  const made = createReportCache<Course>({ now, minAgeMs: 10_000, rest: 4, maxSize: 8_000_000 })
  caches.set(clickhouse, made)
  return made
}

/** One stage over time and what its standards measured. Fails with `not_found` for a stage that the shop doesn't have. */
export async function answerStage(
  deps: Deps,
  question: Question,
  key: string,
  { by }: StageQuestion,
): Promise<StageAnswer> {
  const { shop, zone, period, segment } = question
  const buckets = cutPeriod(period, zone, by)
  const plan = await planPicture(deps, question)
  const place = plan.codes.stages.indexOf(key) + 1
  if (place === 0) throw new AppError('not_found', `The stage "${key}" was not found.`)
  const version = await readDataVersion(deps, shop)
  const name = `${shop} ${zone} ${key} ${period.from} ${period.to} ${buckets.by} ${writeSegment(segment)}`
  const [picture, course] = await Promise.all([
    findPicture(deps, question, version),
    cacheOf(deps).get(name, version, () => takeCourse(deps, plan, place, buckets, zone)),
  ])
  const stage = picture.stages.find((one) => one.key === key)
  // The registry changed while the two were being made, or the picture is some seconds older.
  if (!stage) throw new AppError('not_found', `The stage "${key}" was not found.`)
  const meta = { ...picture.meta, lagSeconds: deps.runner.lagSeconds() }
  return { meta, stage, by: buckets.by, ...course }
}

async function takeCourse(
  deps: Deps,
  plan: MapPlan,
  stage: number,
  buckets: Buckets,
  zone: string,
): Promise<Course> {
  const isMeasured = measuredIn(plan, stage).length > 0
  const [rows, readings] = await Promise.all([
    runReport<TrendRow>(deps, stageTrendQuery(plan, orderNames, stage, buckets)),
    isMeasured ? runReport<ReadingsRow>(deps, readingsQuery(plan, orderNames, stage)) : [],
  ])
  const day = (ms: number) => formatDay(localDay(ms, zone))
  return {
    trend: toTrend(plan.codes, stage, buckets, rows, day),
    readings: toReadings(plan, stage, readings),
  }
}
