import { sql } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import { listShops } from '../../accounts/server/reads.ts'
import { USUAL_HOURS, type WorkingHours } from '../contract.ts'
import type { ShopClock } from './shop-clock.ts'

type HoursRow = WorkingHours & { shop: number } & Record<string, unknown>

/** When people of the shop are at work: as it says itself, else as usual. */
export async function getWorkingHours(db: Db, shop: number): Promise<WorkingHours> {
  const { rows } = await db.execute<HoursRow>(
    sql`SELECT days, opens, closes FROM working_hours WHERE shop = ${shop}`,
  )
  return rows[0] ?? USUAL_HOURS
}

export async function setWorkingHours(db: Db, shop: number, hours: WorkingHours): Promise<void> {
  const days = [...hours.days].sort((a, b) => a - b)
  await db.execute(
    sql`INSERT INTO working_hours (shop, days, opens, closes)
        VALUES (${shop}, ${sql.param(days)}::int[], ${hours.opens}, ${hours.closes})
        ON CONFLICT (shop) DO UPDATE SET days = excluded.days, opens = excluded.opens, closes = excluded.closes`,
  )
}

/** Zones and working hours of all shops, by two small reads. */
export async function findShopClocks(db: Db): Promise<(shop: number) => ShopClock> {
  const zones = new Map((await listShops(db)).map(({ id, timeZone }) => [id, timeZone]))
  const { rows } = await db.execute<HoursRow>(sql`SELECT shop, days, opens, closes FROM working_hours`)
  const hours = new Map(rows.map(({ shop, days, opens, closes }) => [shop, { days, opens, closes }]))
  return (shop) => ({ timeZone: zones.get(shop) ?? 'UTC', hours: hours.get(shop) ?? USUAL_HOURS })
}
