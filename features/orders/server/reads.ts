import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import type { OrderListItem } from '../contract.ts'
import { idBeginning, isJudged, isOverdue, uuidArray } from './order-filter.ts'
import { type ListRow, toListItem } from './order-result.ts'
import { findFactKind } from './order-states.ts'

const MAX_OF_PERSON = 200

/** Orders placed under any of the identities, newest first. Their `person` is left out: the asker knows whose they are. */
export async function listOrdersOfIdentities(
  db: Db,
  shop: number,
  identities: readonly string[],
  options: { today?: string; limit?: number } = {},
): Promise<OrderListItem[]> {
  if (identities.length === 0) return []
  const { rows } = await db.execute<ListRow>(
    sql`SELECT id, identity, state, ending, ordered_at, ordered_on, amount, currency, paid_at, payment_method, region,
          promised_on, arrived_on, late_days, jsonb_array_length(items) AS item_count,
          jsonb_array_length(flags) AS flag_count,
          promised_on < coalesce(${options.today ?? null}::date, (now() AT TIME ZONE time_zone)::date)
            AND arrived_on IS NULL AND ending IS NULL AS is_overdue
        FROM orders WHERE shop = ${shop} AND state IS NOT NULL AND identity = ANY(${uuidArray(identities)})
        ORDER BY ordered_at DESC, id DESC LIMIT ${options.limit ?? MAX_OF_PERSON}`,
  )
  return rows.map((row) => ({ ...toListItem(row, new Map()), person: null }))
}

/** How orders went. `boughtOut` of `ended` is the buy-out rate, `late` of `judged` the share that came late. */
export interface OrderCounts {
  orders: number
  boughtOut: number
  ended: number
  judged: number
  late: number
}

const COUNTS = sql`count(*) AS orders,
  count(*) FILTER (WHERE ending IN ('bought_out', 'returned')) AS "boughtOut",
  count(*) FILTER (WHERE ending IS NOT NULL AND ending <> 'cancelled_before') AS ended,
  count(*) FILTER (WHERE ${isJudged}) AS judged,
  count(*) FILTER (WHERE ${isJudged} AND late_days > 0) AS late`

/** Counts orders of a shop: of some identities, of a source, of a period (half-open, UTC milliseconds), or all. */
export async function countOrders(
  db: Db,
  shop: number,
  which: { identities?: readonly string[]; source?: number; from?: number; to?: number } = {},
): Promise<OrderCounts> {
  const conditions: SQL[] = [sql`shop = ${shop}`, sql`state IS NOT NULL`]
  if (which.identities) conditions.push(sql`identity = ANY(${uuidArray(which.identities)})`)
  if (which.source !== undefined) conditions.push(sql`source = ${which.source}`)
  if (which.from !== undefined) conditions.push(sql`ordered_at >= to_timestamp(${which.from} / 1000.0)`)
  if (which.to !== undefined) conditions.push(sql`ordered_at < to_timestamp(${which.to} / 1000.0)`)
  const { rows } = await db.execute<OrderCounts & Record<string, unknown>>(
    sql`SELECT ${COUNTS} FROM orders WHERE ${sql.join(conditions, sql` AND `)}`,
  )
  return rows[0] ?? { orders: 0, boughtOut: 0, ended: 0, judged: 0, late: 0 }
}

/** The same for each identity that has orders; add up those of one person. */
export async function countOrdersByIdentity(
  db: Db,
  shop: number,
  identities: readonly string[],
): Promise<Map<string, OrderCounts>> {
  if (identities.length === 0) return new Map()
  const { rows } = await db.execute<OrderCounts & Record<string, unknown> & { identity: string }>(
    sql`SELECT identity, ${COUNTS} FROM orders
        WHERE shop = ${shop} AND state IS NOT NULL AND identity = ANY(${uuidArray(identities)}) GROUP BY identity`,
  )
  return new Map(rows.map(({ identity, ...counts }) => [identity, counts as OrderCounts]))
}

export interface OverdueOrder {
  id: string
  identity: string
  /** `YYYY-MM-DD` in the shop's zone. */
  promisedOn: string
  /** Minor units. */
  amount: number | null
  currency: string
}

/** Orders on their way that were promised for a day from `since` on and before `today`: not there yet; the dearest first. */
export async function listOverdueOrders(
  db: Db,
  shop: number,
  { since, today, limit }: { since: string; today: string; limit: number },
): Promise<OverdueOrder[]> {
  const { rows } = await db.execute<OverdueOrder & Record<string, unknown>>(
    sql`SELECT id, identity, to_char(promised_on, 'YYYY-MM-DD') AS "promisedOn", amount::float8 AS amount, currency
        FROM orders WHERE shop = ${shop} AND state IS NOT NULL AND identity IS NOT NULL
          AND promised_on >= ${since}::date AND ${isOverdue(today)}
        ORDER BY amount DESC NULLS LAST, id LIMIT ${limit}`,
  )
  return rows
}

/** What orders are worth and whether they have ended, by id; ids that are no orders are left out. */
export async function findOrderValues(
  db: Db,
  shop: number,
  ids: readonly string[],
): Promise<Map<string, { amount: number | null; currency: string; isOver: boolean }>> {
  if (ids.length === 0) return new Map()
  const { rows } = await db.execute<{
    id: string
    amount: number | null
    currency: string
    over: boolean
  }>(
    sql`SELECT id, amount::float8 AS amount, currency, (ending IS NOT NULL OR state = 'received') AS over
        FROM orders WHERE shop = ${shop} AND state IS NOT NULL AND id = ANY(${sql.param([...ids])}::text[])`,
  )
  return new Map(rows.map(({ id, amount, currency, over }) => [id, { amount, currency, isOver: over }]))
}

/** Under which identities orders were placed whose id begins like this (`#1024` or `1024`). */
export async function findIdentitiesByOrderId(
  db: Db,
  shop: number,
  text: string,
  limit: number,
): Promise<string[]> {
  const beginning = idBeginning(text)
  if (beginning === '%') return []
  const { rows } = await db.execute<{ identity: string }>(
    sql`SELECT DISTINCT identity FROM orders WHERE shop = ${shop} AND state IS NOT NULL AND identity IS NOT NULL
          AND lower(id) LIKE ${beginning} LIMIT ${limit}`,
  )
  return rows.map(({ identity }) => identity)
}

/** True for events that this room shows on a person's path itself, as steps of an order. */
export function isOrderEvent(name: string): boolean {
  return findFactKind(name) !== undefined
}

export { eventOfStep, listEventNames, type Step } from './order-states.ts'
