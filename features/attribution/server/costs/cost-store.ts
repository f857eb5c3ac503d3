import { and, eq, gte, lt, lte, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../../kernel/cursor.ts'
import { AppError } from '../../../../kernel/errors.ts'
import { parseDay } from '../../../../kernel/time.ts'
import type { Db } from '../../../../platform/postgres.ts'
import type { CostListQuestion, CostsRemoved } from '../../contract.ts'
import type { CostRow } from '../reading/read-cost-row.ts'
import { adCosts } from './ad-costs-table.ts'

/** What a campaign cost in some days; its channel is '' where it follows from the tags. */
export type CampaignCost = Omit<CostRow, 'day'> & {
  currency: string
  days: number
  firstDay: string
  lastDay: string
}

/** A statement holds so many rows: a few milliseconds of PostgreSQL. */
const SLICE = 500

/** How many of these days of campaigns stand already. */
export async function countKnown(db: Db, shop: number, costs: readonly CostRow[]): Promise<number> {
  let known = 0
  for (let at = 0; at < costs.length; at += SLICE) {
    const { rows } = await db.execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM ad_costs c
      JOIN jsonb_to_recordset(${JSON.stringify(costs.slice(at, at + SLICE))}::jsonb)
        AS g(day date, channel text, source text, medium text, campaign text) USING (day, channel, source, medium, campaign)
      WHERE c.shop = ${shop}`)
    known += rows[0]?.n ?? 0
  }
  return known
}

/** Whether anything is known of what the shop's ads cost. */
export async function hasCosts(db: Db, shop: number): Promise<boolean> {
  return (
    (await db.select({ day: adCosts.day }).from(adCosts).where(eq(adCosts.shop, shop)).limit(1)).length > 0
  )
}

/** Writes days of campaigns; those that stood already take the new figures. */
export async function saveCosts(
  db: Db,
  shop: number,
  currency: string,
  costs: readonly CostRow[],
): Promise<void> {
  for (let at = 0; at < costs.length; at += SLICE) {
    const values = costs.slice(at, at + SLICE).map((cost) => ({ ...cost, shop, currency }))
    await db
      .insert(adCosts)
      .values(values)
      .onConflictDoUpdate({
        target: [
          adCosts.shop,
          adCosts.day,
          adCosts.channel,
          adCosts.source,
          adCosts.medium,
          adCosts.campaign,
        ],
        set: {
          amount: sql`excluded.amount`,
          currency: sql`excluded.currency`,
          impressions: sql`excluded.impressions`,
          clicks: sql`excluded.clicks`,
          importedAt: sql`now()`,
        },
      })
  }
}

/** Takes the costs of some days away, half-open. */
export async function removeCosts(
  db: Db,
  shop: number,
  { from, to }: { from: string; to: string },
): Promise<CostsRemoved> {
  refuseNoDays(from, to)
  const gone = await db
    .delete(adCosts)
    .where(and(eq(adCosts.shop, shop), gte(adCosts.day, from), lt(adCosts.day, to)))
    .returning({ amount: adCosts.amount })
  return { entries: gone.length, amount: gone.reduce((sum, { amount }) => sum + amount, 0) }
}

function refuseNoDays(from: string, to: string): void {
  for (const day of [from, to])
    if (parseDay(day) === undefined)
      throw new AppError('validation_failed', `${day} is not a day of the calendar.`)
  if (from >= to)
    throw new AppError('validation_failed', 'The days end before they begin: "from" must lie before "to".')
}

const grouped = {
  channel: adCosts.channel,
  source: adCosts.source,
  medium: adCosts.medium,
  campaign: adCosts.campaign,
  currency: adCosts.currency,
}
const sum = (column: AnyPgColumn) =>
  sql<number | null>`sum(${column})`.mapWith((value) => (value === null ? null : Number(value)))

/** What each campaign cost in the days, both included, in one currency. */
export async function readCampaignCosts(
  db: Db,
  shop: number,
  currency: string,
  { from, to }: { from: string; to: string },
) {
  const isAsked = and(
    eq(adCosts.shop, shop),
    eq(adCosts.currency, currency),
    gte(adCosts.day, from),
    lte(adCosts.day, to),
  )
  const [campaigns, days] = await Promise.all([
    db
      .select({
        ...grouped,
        amount: sum(adCosts.amount),
        impressions: sum(adCosts.impressions),
        clicks: sum(adCosts.clicks),
      })
      .from(adCosts)
      .where(isAsked)
      .groupBy(...Object.values(grouped)),
    db.selectDistinct({ day: adCosts.day }).from(adCosts).where(isAsked).orderBy(adCosts.day),
  ])
  return {
    campaigns: campaigns.map((one) => ({ ...one, amount: one.amount ?? 0 })),
    days: days.map(({ day }) => day),
  }
}

const Position = Type.Object({
  amount: Type.Integer(),
  key: Type.String({ maxLength: 2_000 }),
})
const PAGE = 50

/** A page of campaigns with what they cost, the dearest first. */
export async function listCosts(db: Db, shop: number, question: CostListQuestion) {
  const { from = '2000-01-01', to = '2100-01-01', cursor, limit = PAGE } = question
  refuseNoDays(from, to)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Position)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const key = sql`concat_ws(E'\\x1f', channel, source, medium, campaign, currency)`
  const { rows } = await db.execute<Omit<CampaignCost, 'amount'> & { amount: string; key: string }>(sql`
    SELECT channel, source, medium, campaign, currency, sum(amount)::text AS amount, sum(impressions)::float8 AS impressions,
      sum(clicks)::float8 AS clicks, count(*)::int AS days, min(day)::text AS "firstDay", max(day)::text AS "lastDay", ${key} AS key
    FROM ad_costs WHERE shop = ${shop} AND day >= ${from} AND day < ${to}
    GROUP BY channel, source, medium, campaign, currency
    HAVING ${after ? sql`(sum(amount), ${key} COLLATE "C") < (${after.amount}::numeric, ${after.key})` : sql`true`}
    ORDER BY sum(amount) DESC, ${key} COLLATE "C" DESC LIMIT ${limit + 1}`)
  const page = rows.slice(0, limit).map((row) => ({ ...row, amount: Number(row.amount) }))
  const last = page.at(-1)
  return {
    items: page.map(({ key: _, ...campaign }): CampaignCost => campaign),
    nextCursor: rows.length > limit && last ? encodeCursor({ amount: last.amount, key: last.key }) : null,
  }
}
