import { formatDay, localDay, type TimeRange } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { linkVersion } from '../../people/server/reads.ts'
import type { SegmentPersonsSql } from '../../segments/server/reads.ts'
import type { ReportMeta } from '../contract.ts'
import { readDataVersion } from './data-version.ts'
import { createRenewals } from './renewals.ts'
import { type PreparedGround, prepareGround, type ReportGround } from './report-ground.ts'
import type { ReadReportQuestion, ReportSide } from './report-question.ts'
import { offerSample } from './run-report.ts'
import { countsQuery } from './summary-query.ts'
import type { CountRow } from './summary-result.ts'

/** A report to answer: `kind` and `key` say what is asked besides the question that all reports share. */
export interface AskedReport {
  kind: string
  key: readonly unknown[]
  question: ReadReportQuestion
  /** It takes long: while a new answer is being made, that of a little earlier today is given, marked as outdated. */
  isSlow?: boolean
}

export interface MadeReport<T> {
  answer: T
  unidentifiedShare: number
  /** How many persons, journeys or orders were looked at. */
  n?: number
}

type Kept = Record<string, unknown> & { meta: ReportMeta }

/** What is older than that isn't given any more, not even for the moment. */
const LAST_KNOWN_MS = 24 * 3_600_000

interface Memory {
  cache: ReportCache<Kept>
  renew: ReturnType<typeof createRenewals<Kept>>
}

const memories = new WeakMap<Deps['clickhouse'], Memory>()

/** One memory for all reports of a system; while events stream in, an answer is made anew every ten seconds at most. */
function memoryOf({ clickhouse, now }: Deps): Memory {
  const known = memories.get(clickhouse)
  if (known) return known
  const cache = createReportCache<Kept>({ now, minAgeMs: 10_000, rest: 4, maxSize: 48_000_000 })
  const made = { cache, renew: createRenewals(cache) }
  memories.set(clickhouse, made)
  return made
}

/**
 * The answer of a report with what it says of itself: from memory while events, persons, rules, standards and segments
 * are the same, else made anew. An answer's own `meta` is kept beside the shared one.
 */
export async function answerReport<T extends object>(
  deps: Deps,
  shop: ShopContext,
  asked: AskedReport,
  make: (ground: ReportGround) => Promise<MadeReport<T>>,
): Promise<T & { meta: ReportMeta }> {
  const [version, prepared] = await Promise.all([
    readDataVersion(deps, shop.id),
    prepareGround(deps, shop, asked.question),
  ])
  const { cache, renew } = memoryOf(deps)
  const key = keyOf(shop, asked, prepared)
  const makeNew = () => makeReport(deps, shop, asked, prepared, make)
  const known = asked.isSlow ? cache.recall(key, version, LAST_KNOWN_MS) : undefined
  if (known) renew(key, version, makeNew)
  const answer = known ?? (await cache.get(key, version, makeNew))
  const meta = { ...answer.meta, lagSeconds: deps.runner.lagSeconds(), ...(known && { isOutdated: true }) }
  return { ...(answer as unknown as T), meta }
}

/** Other rules and a changed segment are another question: whoever changed them sees it at once, however young the answer. */
function keyOf(shop: ShopContext, { kind, key, question }: AskedReport, prepared: PreparedGround): string {
  const { rulesVersion, segment, otherSegment } = prepared
  const segments = [segment, otherSegment].map((one) => one && [one.version, one.name])
  return JSON.stringify([kind, shop.id, shop.timeZone, shop.currency, rulesVersion, segments, question, key])
}

async function makeReport<T extends object>(
  deps: Deps,
  shop: ShopContext,
  { question }: AskedReport,
  prepared: PreparedGround,
  make: (ground: ReportGround) => Promise<MadeReport<T>>,
): Promise<Kept> {
  // What this process has counted so far belongs to the answer.
  await deps.writer.counts.write()
  const links = await linkVersion(deps, shop.id)
  const counts = countsQuery(shop.id, question.period)
  const [made, arrivals] = await Promise.all([
    make(prepared.ground).catch((error: unknown) => {
      throw offerSample(error, question.sample)
    }),
    deps.clickhouse.query<CountRow>(counts.sql, { params: counts.params }),
  ])
  const shared = describeReport(deps, shop, question, prepared, { links, arrivals })
  const { answer, unidentifiedShare, n = null } = made
  const own = (answer as { meta?: object }).meta
  return { ...answer, meta: { ...own, ...shared, unidentifiedShare, n } }
}

interface Found {
  links: number
  arrivals: readonly CountRow[]
}

function describeReport(
  deps: Deps,
  shop: ShopContext,
  question: ReadReportQuestion,
  { rulesVersion, segment, otherSegment }: PreparedGround,
  { links, arrivals }: Found,
): Omit<ReportMeta, 'unidentifiedShare' | 'n'> {
  const count = (outcome: string) => arrivals.find((row) => row.outcome === outcome)?.n ?? 0
  const { compare, sample = null } = question
  return {
    ...describeSide(question, segment, shop.timeZone),
    timeZone: shop.timeZone,
    currency: shop.currency,
    sample,
    compared: compare ? describeSide(compare, otherSegment, shop.timeZone) : null,
    rejected: count('rejected'),
    duplicates: count('duplicate'),
    lagSeconds: deps.runner.lagSeconds(),
    linkVersion: links,
    rulesVersion,
    computedAt: new Date(deps.now()).toISOString(),
  }
}

function describeSide({ period, segment }: ReportSide, found: SegmentPersonsSql | undefined, zone: string) {
  return {
    ...writePeriod(period, zone),
    segment: segment === undefined || !found ? null : { id: segment, name: found.name },
  }
}

function writePeriod({ from, to }: TimeRange, zone: string) {
  const day = (ms: number) => formatDay(localDay(ms, zone))
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    fromDay: day(from),
    toDay: day(to - 1),
  }
}
