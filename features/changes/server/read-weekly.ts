import type { ShopContext } from '../../../platform/http/access.ts'
import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { personsJoin } from '../../people/server/reads.ts'
import { type GroundSide, readDataVersion, runReport } from '../../reports/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import { type AudienceCount, chooseAudiences } from './models/choose-audiences.ts'
import { audiencesQuery, type Whom } from './persons-query.ts'
import { type LineRow, weeklyQuery } from './weekly-query.ts'
import { joinParts, type WeeklyData } from './weekly-result.ts'
import { planWeeks, type WeeksPlan } from './weeks-plan.ts'

/** So many identities are looked at at once, so that memory has an end however many there are. */
const AT_ONCE = 250_000
const LATELY_MS = 8 * 7 * 86_400_000
/** Weeks that are over hardly change: what is young enough stays, though events stream in. */
const YOUNG_MS = 1_800_000

/** Some four shops of 60 touchpoints and 20 audiences, or a hundred usual ones. */
const MAX_BYTES = 96_000_000

type Shop = Pick<ShopContext, 'id' | 'timeZone'>

const caches = new WeakMap<Deps['clickhouse'], ReportCache<WeeklyData>>()

function cacheOf({ clickhouse, now }: Deps): ReportCache<WeeklyData> {
  const known = caches.get(clickhouse)
  if (known) return known
  const made = createReportCache<WeeklyData>({
    ...{ now, minAgeMs: YOUNG_MS, rest: 20, maxSize: MAX_BYTES },
    sizeOf: ({ numbers }) => numbers.byteLength,
  })
  caches.set(clickhouse, made)
  return made
}

const EVERYBODY: GroundSide['persons'] = () => ({ sql: '1', params: {} })

/** The weekly figures of a shop, of everybody or of a sample (`key` says which); from memory while they are young. */
export async function readWeeklyData(
  deps: Deps,
  shop: Shop,
  whom: { key: string; persons: GroundSide['persons'] } = { key: '', persons: EVERYBODY },
): Promise<WeeklyData> {
  const { registry, version: rules } = await getRegistry(deps, shop.id)
  const plan = planWeeks(shop, registry, deps.now())
  const key = JSON.stringify([shop.id, shop.timeZone, plan.firstWeek, plan.followedWeeks, rules, whom.key])
  const version = await readDataVersion(deps, shop.id)
  return cacheOf(deps).get(key, version, () => makeWeekly(deps, plan, whom.persons))
}

async function makeWeekly(deps: Deps, plan: WeeksPlan, persons: GroundSide['persons']): Promise<WeeklyData> {
  const [size] = await runReport<{ identities: number }>(deps, sizeQuery(plan))
  const of = Math.max(1, Math.ceil((size?.identities ?? 0) / AT_ONCE))
  const partOf = (number: number): Whom => ({ persons, part: { number, of } })
  // Which audiences are large a part of the persons tells as well.
  const query = audiencesQuery(plan, partOf(0), plan.period.to - LATELY_MS)
  const counts = await runReport<AudienceCount>(deps, query)
  const { visits, persons: all, unidentified } = await countVisits(deps, plan)
  const audiences = chooseAudiences([
    ...counts.map((one) => ({ ...one, persons: one.persons * of, lately: one.lately * of })),
    ...visits,
  ])
  const parts: LineRow[][] = []
  // One after another: each takes the slot for heavy reports.
  for (let number = 0; number < of; number++)
    parts.push(await runReport<LineRow>(deps, weeklyQuery(plan, partOf(number), audiences)))
  return {
    ...joinParts(plan, audiences, parts),
    persons: all,
    unidentifiedShare: all === 0 ? 0 : unidentified / all,
  }
}

function sizeQuery(plan: WeeksPlan) {
  return {
    sql: `SELECT uniqCombined(identity) AS identities FROM events
WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})`,
    params: { shop: plan.shop, ...plan.period },
  }
}

interface Visits {
  visits: AudienceCount[]
  persons: number
  unidentified: number
}

/** New and returning are told week by week: of all that there are, both are followed. */
async function countVisits(deps: Deps, plan: WeeksPlan): Promise<Visits> {
  const { join, person } = personsJoin()
  const [row] = await runReport<{ persons: number; returning: number; known: number }>(deps, {
    sql: `SELECT count() AS persons, countIf(weeks > 1) AS returning, sum(known) AS known FROM (
  SELECT ${person} AS person, uniq(e.week) AS weeks, max(e.known OR links.person != toUUID('00000000-0000-0000-0000-000000000000')) AS known FROM (
    SELECT identity, toInt32(intDiv(toInt32(toDate(ts, {zone:String})) + 3, 7)) AS week, max(identity_kind != 'anonymous') AS known FROM events
    WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})
    GROUP BY identity, week
  ) AS e ${join} GROUP BY person)`,
    params: { shop: plan.shop, ...plan.period, zone: plan.timeZone },
  })
  const { persons = 0, returning = 0, known = 0 } = row ?? {}
  const visits: AudienceCount[] = [
    { dimension: 'visit', value: 'new', persons, lately: 0 },
    { dimension: 'visit', value: 'returning', persons: returning, lately: 0 },
  ]
  return { visits, persons, unidentified: persons - known }
}
