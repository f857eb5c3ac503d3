import { sql } from 'drizzle-orm'
import type { Clickhouse } from '../../../../platform/clickhouse.ts'
import type { Db } from '../../../../platform/postgres.ts'
import { findIdentitiesByOrderId } from '../../../orders/server/reads.ts'
import { readSearch } from '../linking/search-words.ts'
import { findPersonsOfIdentities } from '../reads.ts'
import { findByWords, possibleKeys, type SearchText } from './find-words.ts'

export interface Search extends SearchText {
  limit: number
}

/**
 * Persons known by a text, the surest first: whose id, e-mail or phone it is, then whose order, then whose words begin
 * with it.
 */
export async function findPeople(
  { db, clickhouse }: { db: Db; clickhouse: Clickhouse },
  search: Search,
): Promise<string[]> {
  const { shop, text, limit } = search
  const exact = await findByIdentity(db, clickhouse, search)
  const ordering = await findIdentitiesByOrderId(db, shop, text.trim(), limit)
  const ofOrders = await findPersonsOfIdentities(db, shop, ordering)
  const byWords = await findByWords(db, shop, readSearch(text), limit)
  return [...new Set([...exact, ...ofOrders.values(), ...byWords])].slice(0, limit)
}

/** An identity is the hash of its value, so a whole value finds it without a search, visitors included. */
async function findByIdentity(db: Db, clickhouse: Clickhouse, search: Search): Promise<string[]> {
  const keys = possibleKeys(search)
  if (keys.length === 0) return []
  const { rows } = await db.execute<{ identity: string; person: string }>(sql`
    SELECT identity, person FROM person_identities WHERE shop = ${search.shop} AND identity = ANY(${sql.param(keys)}::uuid[])`)
  const stored = new Set(rows.map(({ identity }) => identity))
  const visitors = await clickhouse.query<{ identity: string }>(
    'SELECT DISTINCT identity FROM identity_activity WHERE shop = {shop:UInt32} AND identity IN {keys:Array(UUID)}',
    { params: { shop: search.shop, keys: keys.filter((key) => !stored.has(key)) } },
  )
  return [...rows.map(({ person }) => person), ...visitors.map(({ identity }) => identity)]
}
