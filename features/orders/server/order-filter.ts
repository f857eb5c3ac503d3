import { type SQL, sql } from 'drizzle-orm'
import type { OrderFilter } from '../contract.ts'

/** A filter with what had to be looked up for it. */
export interface ResolvedFilter extends OrderFilter {
  shop: number
  /** The shop's calendar day of now. */
  today: string
  /** Identities of the persons that `q` may mean. */
  identities?: readonly string[]
}

/** The condition on `orders`. What has no state is no order yet. */
export function orderCondition(filter: ResolvedFilter): SQL {
  const conditions = [sql`shop = ${filter.shop}`, sql`state IS NOT NULL`]
  if (filter.from !== undefined) conditions.push(sql`ordered_on >= ${filter.from}::date`)
  if (filter.to !== undefined) conditions.push(sql`ordered_on < ${filter.to}::date`)
  if (filter.state === 'open') conditions.push(sql`ending IS NULL`)
  else if (filter.state !== undefined) conditions.push(sql`state = ${filter.state}`)
  if (filter.region !== undefined) conditions.push(sql`region = ${filter.region}`)
  if (filter.method !== undefined) conditions.push(sql`payment_method = ${filter.method}`)
  if (filter.payment !== undefined)
    conditions.push(filter.payment === 'paid' ? sql`paid_at IS NOT NULL` : sql`paid_at IS NULL`)
  if (filter.delivery !== undefined) conditions.push(deliveryCondition(filter.delivery, filter.today))
  if (filter.flagged !== undefined) conditions.push(filter.flagged ? sql`flags <> '[]'` : sql`flags = '[]'`)
  if (filter.q !== undefined && filter.q.trim() !== '')
    conditions.push(searchCondition(filter.q.trim(), filter))
  return sql.join(conditions, sql` AND `)
}

/** Judged are orders with a promised day and a known day of arrival; cancelled ones are left out. */
export const isJudged = sql`late_days IS NOT NULL AND state <> 'cancelled'`

export function isOverdue(today: string): SQL {
  return sql`promised_on < ${today}::date AND arrived_on IS NULL AND ending IS NULL`
}

function deliveryCondition(delivery: NonNullable<OrderFilter['delivery']>, today: string): SQL {
  if (delivery === 'overdue') return isOverdue(today)
  return delivery === 'late' ? sql`${isJudged} AND late_days > 0` : sql`${isJudged} AND late_days <= 0`
}

function searchCondition(text: string, { identities = [] }: ResolvedFilter): SQL {
  const byId = sql`lower(id) LIKE ${idBeginning(text)}`
  return identities.length === 0 ? byId : sql`(${byId} OR identity = ANY(${uuidArray(identities)}))`
}

/** A LIKE pattern over lower-case ids; people write "#1024" and "№ 1024" for 1024. */
export function idBeginning(text: string): string {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^[#№]\s*/, '')
  return `${bare.replace(/[\\%_]/g, '\\$&')}%`
}

/** One parameter for a list of any length. */
export function uuidArray(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(',')}}`}::uuid[]`
}
