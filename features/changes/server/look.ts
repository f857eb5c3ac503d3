import type { ShopContext } from '../../../platform/http/access.ts'
import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { askThread, createTurns } from '../../../platform/worker-thread.ts'
import type { GroundSide } from '../../reports/server/reads.ts'
import { keepAlarms } from './alarm-store.ts'
import type { Look } from './models/to-found.ts'
import { readWeeklyData } from './read-weekly.ts'
import type { WeeklyData } from './weekly-result.ts'

const SOURCE = new URL('./changes.worker.ts', import.meta.url)
const inTurn = createTurns(6)
const versions = new WeakMap<WeeklyData, string>()
let counted = 0

const caches = new WeakMap<Deps['clickhouse'], ReportCache<Look>>()

function cacheOf({ clickhouse, now }: Deps): ReportCache<Look> {
  const known = caches.get(clickhouse)
  if (known) return known
  const made = createReportCache<Look>({ now, minAgeMs: 0, rest: 0, maxSize: 8_000_000 })
  caches.set(clickhouse, made)
  return made
}

/** What the newest weeks tell, evaluated in a thread of its own; the same figures are looked at once. */
export async function lookAtShop(
  deps: Deps,
  shop: Pick<ShopContext, 'id' | 'timeZone'>,
  sample?: { key: string; persons: GroundSide['persons'] },
): Promise<{ data: WeeklyData; look: Look }> {
  const data = await readWeeklyData(deps, shop, sample)
  const version = versions.get(data) ?? String(++counted)
  versions.set(data, version)
  const look = await cacheOf(deps).get(`${shop.id} ${sample?.key ?? ''}`, version, () =>
    inTurn(() => askThread<WeeklyData, Look>(SOURCE, [data])),
  )
  return { data, look }
}

/** Looks and keeps what is found; the same change is never kept twice. */
export async function lookAndKeep(deps: Deps, shop: Pick<ShopContext, 'id' | 'timeZone'>): Promise<void> {
  const { look } = await lookAtShop(deps, shop)
  await keepAlarms(deps.db, shop.id, look.alarms, deps.now())
}
