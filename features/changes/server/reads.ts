import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import type { Alarm, WeeklyTrend } from '../contract.ts'
import { METRICS } from '../vocabulary.ts'
import { listAlarmsSince } from './alarm-store.ts'
import { makeTrend } from './models/make-trend.ts'
import { readWeeklyData } from './read-weekly.ts'
import { toFigures } from './weekly-result.ts'

type Shop = Pick<ShopContext, 'id' | 'timeZone'>
const SHOWN_MS = 84 * 86_400_000

/** The alarms seen in the last twelve weeks, newest first, without looking anew; `fine` ones are the asker's to leave out. */
export async function readAlarms(deps: Pick<Deps, 'db' | 'now'>, shop: Pick<Shop, 'id'>): Promise<Alarm[]> {
  return listAlarmsSince(deps.db, shop.id, new Date(deps.now() - SHOWN_MS).toISOString().slice(0, 10))
}

/**
 * Each metric of a touchpoint ('' for the whole path) for everybody, or for an audience by its key, week by week over
 * 78 complete weeks. Metrics that never had a value are left out.
 */
export async function readWeekly(
  deps: Deps,
  shop: Shop,
  touchpoint: string,
  audience = '',
): Promise<WeeklyTrend[]> {
  const figures = toFigures(await readWeeklyData(deps, shop))
  return METRICS.map((metric) => ({
    metric,
    points: makeTrend(figures, metric, touchpoint, audience),
  })).filter(({ points }) => points.some(({ value }) => value !== null))
}

export { answerChanges } from './answer-changes.ts'
export { lookAndKeep } from './look.ts'
