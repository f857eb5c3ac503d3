import { inArray, isNull, sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import { shops } from './accounts-tables.ts'
import { createDirectory, type Directory, type ShopSettings, type WriteKeyOwner } from './directory.ts'

export { listMembers } from './member-store.ts'
export { listSources } from './source-store.ts'
export { findFirstOwner } from './user-store.ts'
export type { ShopSettings, WriteKeyOwner }

const directories = new WeakMap<Db, Directory>()

/** The directory of a system; one for each connection, shared by all who ask. */
export function directoryOf({ db }: { db: Db }): Directory {
  const known = directories.get(db)
  if (known) return known
  const made = createDirectory(db)
  directories.set(db, made)
  return made
}

/** Whose write key it is. From memory; goes on with the last known while PostgreSQL is away. */
export function findWriteKey(deps: { db: Db }, key: string): Promise<WriteKeyOwner | undefined> {
  return directoryOf(deps).findWriteKey(key)
}

/**
 * From memory like `findWriteKey`; what was just changed elsewhere counts within two seconds.
 * Not inside a transaction: the embedded PostgreSQL is one session, and this may read by another connection.
 */
export async function getShopSettings(deps: { db: Db }, shop: number): Promise<ShopSettings> {
  return orNotFound(await directoryOf(deps).findShop(shop), 'The shop')
}

/** Shops that take events, oldest first. */
export async function listShops(
  db: Db,
): Promise<{ id: number; name: string; currency: string; timeZone: string }[]> {
  return db
    .select({ id: shops.id, name: shops.name, currency: shops.currency, timeZone: shops.timeZone })
    .from(shops)
    .where(isNull(shops.archivedAt))
    .orderBy(shops.id)
}

/** Of these, the shops one of whose members was here since then. */
export async function listShopsSeen(db: Db, since: Date): ReturnType<typeof listShops> {
  const { rows } = await db.execute<{ shop: number }>(
    sql`SELECT DISTINCT m.shop FROM memberships AS m JOIN sessions AS s ON s.user_id = m.user_id
        WHERE s.last_seen_at >= ${since.toISOString()}::timestamptz`,
  )
  const seen = new Set(rows.map(({ shop }) => shop))
  return (await listShops(db)).filter(({ id }) => seen.has(id))
}

/** The country by which each shop's local phone numbers are read; inside a transaction too, unlike the settings. */
export async function listPhoneCountries(db: Db, ids: number[]): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: shops.id, country: shops.phoneCountry })
    .from(shops)
    .where(inArray(shops.id, ids))
  return new Map(rows.map(({ id, country }) => [id, country]))
}

/** The shop that a command means: by its number or name; when there is only one, it need not be said. */
export async function chooseShop(db: Db, given: string | undefined): Promise<{ id: number; name: string }> {
  const all = await listShops(db)
  if (all.length === 0)
    throw new AppError(
      'not_found',
      'There is no shop yet. Open the owner link that "npm start" printed, or get one: npx tropa owner-link',
    )
  const list = all.map(({ id, name }) => `${id} ${name}`).join(', ')
  const found =
    given === undefined ? all : all.filter(({ id, name }) => String(id) === given || name === given)
  if (found.length === 1 && found[0]) return found[0]
  if (given === undefined)
    throw new AppError('bad_request', `There are several shops; choose one with --shop: ${list}.`)
  throw new AppError(
    'bad_request',
    `--shop ${given} names ${found.length === 0 ? 'no shop' : 'several shops'} of: ${list}.`,
  )
}
