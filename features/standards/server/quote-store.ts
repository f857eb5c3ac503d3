import { sql } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import type { QuotedPrice } from './prices.ts'

/**
 * Minutes until a price that nothing was found for is looked at again: who called may be recognised a moment later, and
 * a browser keeps its events while it is offline.
 */
const NEXT_LOOKS = [2, 60]

export async function putQuotes(db: Db, quotes: readonly QuotedPrice[]): Promise<void> {
  const unique = [...new Map(quotes.map((quote) => [`${quote.shop}\0${quote.subject}`, quote])).values()]
  if (unique.length === 0) return
  await db.execute(
    sql`INSERT INTO quoted_prices (shop, subject, product, price, identity, identity_kind, order_id, at, due_at)
        SELECT shop, subject, product, price, identity, "identityKind", "order", to_timestamp(at / 1000.0),
          to_timestamp("receivedAt" / 1000.0)
        FROM jsonb_to_recordset(${JSON.stringify(unique)}::jsonb) AS q(shop integer, subject text, product text,
          price double precision, identity uuid, "identityKind" text, "order" text, at double precision,
          "receivedAt" double precision)
        ON CONFLICT DO NOTHING`,
  )
}

export interface WaitingQuote extends Omit<QuotedPrice, 'receivedAt'> {
  looks: number
}

export async function listDueQuotes(db: Db, now: number, limit: number): Promise<WaitingQuote[]> {
  const { rows } = await db.execute<WaitingQuote & Record<string, unknown>>(
    sql`SELECT shop, subject, product, price, identity, identity_kind AS "identityKind", order_id AS "order",
          round(extract(epoch FROM at) * 1000)::bigint AS at, looks
        FROM quoted_prices WHERE due_at <= to_timestamp(${now} / 1000.0) ORDER BY due_at, shop, subject LIMIT ${limit}`,
  )
  return rows
}

/**
 * Forgets those that were compared, or that nothing was ever found for; the others are looked at again later. What
 * another process has looked at meanwhile is left to it.
 */
export async function settleQuotes(
  db: Db,
  compared: readonly WaitingQuote[],
  unknown: readonly WaitingQuote[],
  now: number,
): Promise<void> {
  const done = [...compared, ...unknown.filter(({ looks }) => looks >= NEXT_LOOKS.length)]
  const again = unknown.filter(({ looks }) => looks < NEXT_LOOKS.length)
  const named = (quotes: readonly WaitingQuote[]) =>
    sql`(SELECT shop, subject, looks FROM jsonb_to_recordset(${JSON.stringify(
      quotes.map(({ shop, subject, looks }) => ({ shop, subject, looks })),
    )}::jsonb) AS k(shop integer, subject text, looks integer))`
  await db.execute(sql`DELETE FROM quoted_prices WHERE (shop, subject, looks) IN ${named(done)}`)
  await db.execute(
    sql`UPDATE quoted_prices SET looks = looks + 1,
          due_at = to_timestamp(${now} / 1000.0) + (ARRAY[${sql.raw(NEXT_LOOKS.join(','))}])[looks + 1] * interval '1 minute'
        WHERE (shop, subject, looks) IN ${named(again)}`,
  )
}
