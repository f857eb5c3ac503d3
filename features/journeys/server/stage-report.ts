import { orNotFound } from '../../../kernel/errors.ts'
import { formatDay, localDay } from '../../../kernel/time.ts'
import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { readDataVersion } from '../../reports/server/reads.ts'
import type { StageAnswer, StageQuestion } from '../contract.ts'
import { findPicture } from './journey-map.ts'
import { findSpot } from './list-persons.ts'
import type { Question } from './map-question.ts'
import { orderNames } from './order-names.ts'
import { planPicture } from './picture.ts'
import { measuredIn, type ReadingsRow, readingsQuery } from './readings-query.ts'
import { toReadings } from './readings-result.ts'
import { getSegmentKey } from './ready-segment.ts'
import { runReport } from './run-report.ts'
import { type BucketLength, cutPeriod } from './stage-buckets.ts'
import { stageTrendQuery, type TrendRow } from './stage-trend-query.ts'
import { toTrend } from './stage-trend-result.ts'

type Course = Pick<StageAnswer, 'by' | 'trend' | 'readings'>

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
  const { shop, zone, period } = question
  // Before anything dear is asked.
  findSpot(await planPicture(deps, question), { stage: key })
  const [version, segment] = await Promise.all([readDataVersion(deps, shop), getSegmentKey(deps, question)])
  const name = `${shop} ${zone} ${key} ${period.from} ${period.to} ${by ?? ''} ${segment}`
  const [picture, course] = await Promise.all([
    findPicture(deps, question, version),
    cacheOf(deps).get(name, version, () => takeCourse(deps, question, key, by)),
  ])
  // The picture may be some seconds older than the registry.
  const stage = orNotFound(
    picture.stages.find((one) => one.key === key),
    `The stage "${key}"`,
  )
  return { meta: { ...picture.meta, lagSeconds: deps.runner.lagSeconds() }, stage, ...course }
}

/** Asks the store, without what is kept of earlier answers. */
export async function takeCourse(
  deps: Deps,
  question: Question,
  key: string,
  by?: BucketLength,
): Promise<Course> {
  const { zone, period } = question
  const plan = await planPicture(deps, question)
  const { stage } = findSpot(plan, { stage: key })
  const buckets = cutPeriod(period, zone, by)
  const isMeasured = measuredIn(plan, stage).length > 0
  const [rows, readings] = await Promise.all([
    runReport<TrendRow>(deps, stageTrendQuery(plan, orderNames, stage, buckets)),
    isMeasured ? runReport<ReadingsRow>(deps, readingsQuery(plan, orderNames, stage)) : [],
  ])
  const day = (ms: number) => formatDay(localDay(ms, zone))
  return {
    by: buckets.by,
    trend: toTrend(plan.codes, stage, buckets, rows, day),
    readings: toReadings(plan, stage, readings),
  }
}
