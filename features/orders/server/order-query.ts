import { type SQL, sql } from 'drizzle-orm'
import { isJudged, isOverdue, orderCondition, type ResolvedFilter } from './order-filter.ts'

/** A place in the list, newest order first. */
export interface ListPosition {
  /** ISO instant. */
  at: string
  id: string
}

/** The columns of a line of the list; see `toListItem`. */
const LINE = sql`id, identity, state, ending, ordered_at, ordered_on, amount, currency, paid_at, payment_method, region,
  promised_on, arrived_on, late_days, jsonb_array_length(items) AS item_count, jsonb_array_length(flags) AS flag_count`

export function listQuery(filter: ResolvedFilter, after: ListPosition | undefined, limit: number): SQL {
  const from = after ? sql` AND (ordered_at, id) < (${after.at}::timestamptz, ${after.id})` : sql``
  return sql`SELECT ${LINE}, ${isOverdue(filter.today)} AS is_overdue FROM orders
    WHERE ${orderCondition(filter)}${from} ORDER BY ordered_at DESC, id DESC LIMIT ${limit}`
}

export function summaryQuery(filter: ResolvedFilter): SQL {
  return sql`SELECT count(*) AS orders,
      count(*) FILTER (WHERE ending IS NULL) AS open,
      count(*) FILTER (WHERE ending IN ('bought_out', 'returned')) AS bought_out,
      count(*) FILTER (WHERE ending IS NOT NULL AND ending <> 'cancelled_before') AS ended,
      count(*) FILTER (WHERE ending = 'refused') AS refused,
      count(*) FILTER (WHERE ending = 'returned') AS returned,
      count(*) FILTER (WHERE ${isJudged}) AS judged,
      count(*) FILTER (WHERE ${isJudged} AND late_days > 0) AS late,
      count(*) FILTER (WHERE ${isOverdue(filter.today)}) AS overdue,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY arrived_on - ordered_on)
        FILTER (WHERE arrived_on IS NOT NULL AND state <> 'cancelled') AS median_days
    FROM orders WHERE ${orderCondition(filter)}`
}

export function byStateQuery(filter: ResolvedFilter): SQL {
  return sql`SELECT state, count(*) AS orders FROM orders WHERE ${orderCondition(filter)} GROUP BY state`
}

export function moneyQuery(filter: ResolvedFilter): SQL {
  return sql`SELECT currency, coalesce(sum(amount), 0)::bigint AS amount,
      coalesce(sum(amount) FILTER (WHERE ending = 'bought_out'), 0)::bigint AS bought_out,
      coalesce(sum(paid_amount), 0)::bigint AS paid
    FROM orders WHERE ${orderCondition(filter)} GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 5`
}

const MAX_CHOICES = 50

export function choicesQuery(shop: number, column: 'region' | 'payment_method'): SQL {
  const name = sql.identifier(column)
  return sql`SELECT ${name} AS value, count(*) AS orders FROM orders
    WHERE shop = ${shop} AND state IS NOT NULL AND ${name} IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MAX_CHOICES}`
}

/**
 * Persons seen and persons who ordered in a period, by the history. No FINAL: a repeated event changes no count of
 * distinct persons. `join` reads persons, see `PeopleLookup`.
 */
export function orderRateQuery(
  period: { shop: number; from: number; to: number },
  { join, person }: { join: string; person: string },
): { sql: string; params: Record<string, unknown> } {
  return {
    sql: `SELECT uniqExact(${person}) AS seen, uniqExactIf(${person}, e.name = 'Order Completed') AS ordered
      FROM events AS e ${join}
      WHERE e.shop = {shop:UInt32} AND e.ts >= fromUnixTimestamp64Milli({from:Int64}) AND e.ts < fromUnixTimestamp64Milli({to:Int64})`,
    params: { ...period },
  }
}
