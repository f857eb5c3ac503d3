import { type Day, localDay, startOfDay } from '../../../kernel/time.ts'
import type { Deps, Job } from '../../../platform/room.ts'
import { listShopsSeen } from '../../accounts/server/reads.ts'
import { warmToday } from './warm-today.ts'

/** Hours of the shop's own clock: the day's period is set, and nobody is there yet. */
const NIGHT = { from: 4, to: 7 }
const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS
/** What isn't ready by then waits for the next hour; a job that takes longer would be begun twice. */
const PATIENCE_MS = 10 * 60_000

/** By shop the day that is ready. In memory, since the answers are. */
const ready = new WeakMap<Deps['clickhouse'], Map<number, Day>>()

/** Once a night for each shop that somebody opened within the week, one shop after another, never while an import runs. */
async function warmAll(deps: Deps): Promise<void> {
  const days = ready.get(deps.clickhouse) ?? new Map<number, Day>()
  ready.set(deps.clickhouse, days)
  const began = performance.now()
  for (const shop of await listShopsSeen(deps.db, new Date(deps.now() - WEEK_MS))) {
    if (performance.now() - began > PATIENCE_MS) return
    const today = localDay(deps.now(), shop.timeZone)
    if (days.get(shop.id) === today || !isNight(deps.now(), shop.timeZone)) continue
    const isReady = await warmToday(deps, { ...shop, role: 'viewer' }).catch((err: unknown) => {
      deps.log.warn({ err, shop: shop.id }, 'the morning’s reports could not be made ready')
      return false
    })
    if (isReady) days.set(shop.id, today)
  }
}

function isNight(now: number, zone: string): boolean {
  const hour = (now - startOfDay(localDay(now, zone), zone)) / HOUR_MS
  return hour >= NIGHT.from && hour < NIGHT.to
}

export const warmJob: Job = { name: 'boards-warm', cron: '40 * * * *', run: warmAll }
