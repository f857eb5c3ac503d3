import { AppError } from '../../../kernel/errors.ts'
import { formatDay, localDay } from '../../../kernel/time.ts'
import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { MAX_PATHS, type PathRow, pathTableQuery } from '../../paths/server/reads.ts'
import { linkVersion } from '../../people/server/reads.ts'
import { type CountRow, countsQuery, readDataVersion } from '../../reports/server/reads.ts'
import { type SegmentPersonsSql, segmentPersons } from '../../segments/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { Attribution } from '../contract.ts'
import type { Question } from './read-question.ts'
import { type MeasuredModels, runModels } from './run-models.ts'

const MIN_AGE_MS = 10_000
const MAX_SIZE = 8_000_000
/** Time-decay: the weight is halved every so many steps. */
const HALF_LIFE = 2

const caches = new WeakMap<Deps['clickhouse'], ReportCache<Attribution>>()

function cacheOf({ clickhouse, now }: Deps): ReportCache<Attribution> {
  const known = caches.get(clickhouse)
  if (known) return known
  const made = createReportCache<Attribution>({ now, minAgeMs: MIN_AGE_MS, rest: 4, maxSize: MAX_SIZE })
  caches.set(clickhouse, made)
  return made
}

/** What each model credits each way with; from memory while events, persons, rules and the segment are the same. */
export async function answerAttribution(deps: Deps, question: Question): Promise<Attribution> {
  const { shop, zone, currency, period, by, conversion, nulls, order } = question
  const [version, rules, segment] = await Promise.all([
    readDataVersion(deps, shop),
    getRegistry(deps, shop),
    findSegment(deps, question),
  ])
  const persons = segment ? `${segment.version} ${segment.name}` : ''
  const asked = [shop, zone, currency, rules.version, period.from, period.to, by, conversion, nulls, order]
  const answer = await cacheOf(deps).get(`${asked.join(' ')} ${persons}`, version, () =>
    measure(deps, question, rules.version, segment),
  )
  return { ...answer, meta: { ...answer.meta, lagSeconds: deps.runner.lagSeconds() } }
}

async function findSegment(deps: Deps, question: Question): Promise<SegmentPersonsSql | undefined> {
  const { shop, zone, currency, period, segment } = question
  if (segment === undefined) return undefined
  const context = { id: shop, timeZone: zone, currency, now: deps.now(), period }
  return segmentPersons(deps.db, context, segment)
}

async function measure(
  deps: Deps,
  question: Question,
  rulesVersion: number,
  segment: SegmentPersonsSql | undefined,
): Promise<Attribution> {
  // What this process has counted so far belongs to the answer.
  await deps.writer.counts.write()
  const links = await linkVersion(deps, question.shop)
  const query = pathTableQuery({ ...question, segment })
  const counts = countsQuery(question.shop, question.period)
  const [rows, arrivals] = await Promise.all([
    deps.clickhouse.query<PathRow>(query.sql, { params: query.params, kind: 'report' }),
    deps.clickhouse.query<CountRow>(counts.sql, { params: counts.params }),
  ])
  if (rows.length > MAX_PATHS)
    throw new AppError(
      'report_too_heavy',
      'There are more than a million different paths. Choose a shorter period or a smaller segment.',
    )
  const withNulls = question.nulls === 'with'
  const measured = await runModels(rows, { order: question.order, withNulls, halfLife: HALF_LIFE })
  const about = { rulesVersion, links, arrivals, paths: rows.length, name: segment?.name ?? '' }
  return { meta: describe(deps, question, measured, about), ...shape(measured) }
}

function shape({ channels, totals, models }: MeasuredModels): Omit<Attribution, 'meta'> {
  const { conversions, value, nulls, foreign, unknown } = totals
  return {
    totals: {
      conversions,
      value,
      nulls,
      foreign,
      unknown: { conversions: unknown.conversions, value: unknown.value },
    },
    models: models.map(({ model, channels: credits }) => ({
      model,
      channels: credits.map((credit, at) => ({ channel: channels[at] as string, ...credit })),
    })),
  }
}

interface About {
  rulesVersion: number
  links: number
  arrivals: readonly CountRow[]
  paths: number
  name: string
}

function describe(
  deps: Deps,
  { period, zone, currency, segment, by, conversion, nulls, order }: Question,
  { totals }: MeasuredModels,
  { rulesVersion, links, arrivals, paths, name }: About,
): Attribution['meta'] {
  const count = (outcome: string) => arrivals.find((row) => row.outcome === outcome)?.n ?? 0
  const day = (ms: number) => formatDay(localDay(ms, zone))
  const journeys = totals.conversions + totals.nulls
  return {
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    fromDay: day(period.from),
    toDay: day(period.to - 1),
    timeZone: zone,
    currency,
    segment: segment === undefined ? null : { id: segment, name },
    ...{ by, conversion, nulls, order, journeys, paths },
    unidentifiedShare: journeys === 0 ? 0 : totals.anonymous / journeys,
    rejected: count('rejected'),
    duplicates: count('duplicate'),
    lagSeconds: deps.runner.lagSeconds(),
    linkVersion: links,
    rulesVersion,
    computedAt: new Date(deps.now()).toISOString(),
  }
}
