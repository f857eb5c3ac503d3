import type { ShopContext } from '../../../platform/http/access.ts'
import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { linkVersion } from '../../people/server/reads.ts'
import { readDataVersion } from '../../reports/server/reads.ts'
import { segmentPersons } from '../../segments/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { FunnelAnswer, FunnelQuestion, Share } from '../contract.ts'
import { STANDARD_STEPS } from '../vocabulary.ts'
import { type FunnelPlan, funnelQuery, groupsQuery, type Query } from './funnel-query.ts'
import { type ReadQuestion, readQuestion } from './funnel-question.ts'
import { type GroupRow, type StepRow, toGroups, toShare, toStepFigures } from './funnel-result.ts'

const DAY_MS = 86_400_000
const MAX_GROUPS = 10
const caches = new WeakMap<Deps['clickhouse'], ReportCache<FunnelAnswer>>()

/** The answers of a system; one memory for each connection to the store. */
function cacheOf({ clickhouse, now }: Deps): ReportCache<FunnelAnswer> {
  const known = caches.get(clickhouse)
  if (known) return known
  const made = createReportCache<FunnelAnswer>({ now, minAgeMs: 10_000, rest: 4, maxSize: 8_000_000 })
  caches.set(clickhouse, made)
  return made
}

/** The answer to a question, from memory while the data's version is the same. */
export async function answerFunnel(
  deps: Deps,
  shop: ShopContext,
  asked: FunnelQuestion,
): Promise<FunnelAnswer> {
  const question = readQuestion(asked, shop, deps.now())
  const [{ plan, version }, data] = await Promise.all([
    planFunnel(deps, shop, question),
    readDataVersion(deps, shop.id),
  ])
  const { period, steps, order, windowMs, per } = plan
  const key = JSON.stringify([shop.id, shop.timeZone, period, steps, order, windowMs, per, asked.by, version])
  const answer = await cacheOf(deps).get(key, data, () => measure(deps, shop, plan, question))
  return { ...answer, meta: { ...answer.meta, lagSeconds: deps.runner.lagSeconds() } }
}

/** The plan with its segment; `version` changes when others belong to the segment though the events are the same. */
export async function planFunnel(
  { db, now }: Deps,
  shop: ShopContext,
  { plan, segment }: ReadQuestion,
): Promise<{ plan: FunnelPlan; version: string }> {
  if (segment === undefined) return { plan, version: '' }
  const { id, timeZone, currency } = shop
  const context = { id, timeZone, currency, now: now(), period: plan.period }
  const { sql, params, version } = await segmentPersons(db, context, segment)
  return { plan: { ...plan, segment: { sql, params } }, version: `${segment} ${version}` }
}

async function measure(
  deps: Deps,
  shop: ShopContext,
  plan: FunnelPlan,
  { isStandard }: ReadQuestion,
): Promise<FunnelAnswer> {
  const rows = await runQuery<StepRow>(deps, funnelQuery(plan))
  const figures = toStepFigures(rows, plan.steps, plan.per)
  const groups = plan.by
    ? toGroups(await runQuery<GroupRow>(deps, groupsQuery(plan, MAX_GROUPS)), figures)
    : []
  const [links, registry] = await Promise.all([linkVersion(deps, shop.id), getRegistry(deps, shop.id)])
  const first = rows.find(({ step }) => step === 1)
  const { period, order, per, windowMs } = plan
  return {
    meta: {
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      timeZone: shop.timeZone,
      windowDays: windowMs / DAY_MS,
      order,
      per,
      isOver: period.to + (order === 'any' ? 0 : windowMs) <= deps.now(),
      unidentifiedShare: first ? 1 - first.known / first.n : 0,
      lagSeconds: 0,
      linkVersion: links,
      rulesVersion: registry.version,
      computedAt: new Date(deps.now()).toISOString(),
    },
    steps: plan.steps.map((step, index) => ({ step, ...(figures[index] as (typeof figures)[number]) })),
    groups,
    leaving: isStandard
      ? { withoutBuying: await measureLeft(deps, plan, 0), inCart: await measureLeft(deps, plan, 2) }
      : null,
  }
}

/** The share of those who made the standard funnel's step and didn't order within the window. */
async function measureLeft(deps: Deps, plan: FunnelPlan, step: number): Promise<Share | null> {
  const { optional: _, ...from } = STANDARD_STEPS[step] as (typeof STANDARD_STEPS)[number]
  const steps = [from, STANDARD_STEPS[4] as (typeof STANDARD_STEPS)[number]]
  const rows = await runQuery<StepRow>(deps, funnelQuery({ ...plan, steps, by: undefined }))
  const [came = 0, ordered = 0] = [1, 2].map((place) => rows.find((row) => row.step === place)?.n ?? 0)
  return toShare(came - ordered, came, plan.per)
}

/** Runs one of the room's statements in the place for heavy reports. */
export function runQuery<Row>({ clickhouse }: Pick<Deps, 'clickhouse'>, query: Query): Promise<Row[]> {
  return clickhouse.query<Row>(query.sql, { params: query.params, kind: 'report' })
}
