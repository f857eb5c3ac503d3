import { and, eq, sql } from 'drizzle-orm'
import { orNotFound } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import { type ConsentMode, memberships, type SourceKind, shops, sources } from './accounts-tables.ts'
import { makeSecret } from './make-secret.ts'

export { recordAudit } from './audit-store.ts'
export { createToken } from './token-store.ts'

export interface NewShop {
  name: string
  /** ISO 4217; hryvnia unless told otherwise. */
  currency?: string
  timeZone?: string
  language?: string
  domains?: string[]
  phoneCountry?: string
  consentMode?: ConsentMode
  /** The user who becomes its first owner. */
  owner?: string
}

/** Makes a shop and, if given, its owner's membership; returns the shop's number. */
export async function createShop(tx: Db, shop: NewShop): Promise<number> {
  const { owner, ...given } = shop
  const defaults = { currency: 'UAH', timeZone: 'Europe/Kyiv', language: 'uk', phoneCountry: 'UA' }
  const [row] = await tx
    .insert(shops)
    .values({ ...defaults, ...given })
    .returning({ id: shops.id })
  const { id } = orNotFound(row, 'The new shop')
  if (owner !== undefined) await tx.insert(memberships).values({ shop: id, userId: owner, role: 'owner' })
  return id
}

/** Finds the shop's source of this kind and name, or makes it; returns its number. */
export async function ensureSource(
  db: Db,
  shop: number,
  source: { kind: SourceKind; name: string },
): Promise<number> {
  await db
    .insert(sources)
    .values({ shop, ...source })
    .onConflictDoNothing()
  const [row] = await db
    .select({ id: sources.id })
    .from(sources)
    .where(and(eq(sources.shop, shop), eq(sources.kind, source.kind), eq(sources.name, source.name)))
  return orNotFound(row, 'The source').id
}

const KEY_LENGTH = 22

/** Makes a write key of a source of the shop; returns the key. */
export async function createWriteKey(db: Db, owner: { shop: number; source: number }): Promise<string> {
  const key = makeSecret('wk_', KEY_LENGTH)
  const { rows } = await db.execute(
    sql`INSERT INTO write_keys (key, shop, source)
        SELECT ${key}, shop, id FROM sources WHERE id = ${owner.source} AND shop = ${owner.shop} RETURNING id`,
  )
  orNotFound(rows[0], 'The source')
  return key
}
