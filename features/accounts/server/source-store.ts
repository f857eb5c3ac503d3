import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Source, WriteKey } from '../contract.ts'
import { type SourceKind, sources, writeKeys } from './accounts-tables.ts'
import { makeSecret } from './make-secret.ts'

const KEY_LENGTH = 22
/** A replaced key goes on this long, so that every page and program can be changed over. */
export const REPLACED_KEY_HOURS = 24

export interface NewSource {
  kind: SourceKind
  name: string
}

/** Makes a source; refuses a name that the shop has already for this kind. */
export async function createSource(tx: Db, shop: number, source: NewSource): Promise<number> {
  const made = await tx
    .insert(sources)
    .values({ shop, ...source })
    .onConflictDoNothing()
    .returning({ id: sources.id })
  if (!made[0]) throw nameTaken()
  return made[0].id
}

/** Finds the shop's source of this kind and name, or makes it; returns its number. */
export async function ensureSource(db: Db, shop: number, source: NewSource): Promise<number> {
  await db
    .insert(sources)
    .values({ shop, ...source })
    .onConflictDoNothing()
  const same = and(eq(sources.shop, shop), eq(sources.kind, source.kind), eq(sources.name, source.name))
  const [row] = await db.select({ id: sources.id }).from(sources).where(same)
  return orNotFound(row, 'The source').id
}

/** Renames a source or switches it; returns what it was before. */
export async function updateSource(
  tx: Db,
  shop: number,
  source: number,
  change: { name?: string; enabled?: boolean },
): Promise<{ name: string; enabled: boolean }> {
  const mine = and(eq(sources.shop, shop), eq(sources.id, source))
  const [before] = await tx.select().from(sources).where(mine)
  const { kind, name, enabled } = orNotFound(before, 'The source')
  if (change.name !== undefined && change.name !== name) {
    const same = and(eq(sources.shop, shop), eq(sources.kind, kind), eq(sources.name, change.name))
    if ((await tx.select({ id: sources.id }).from(sources).where(same)).length > 0) throw nameTaken()
  }
  if (change.name !== undefined || change.enabled !== undefined)
    await tx.update(sources).set(change).where(mine)
  return { name, enabled }
}

function nameTaken(): AppError {
  return new AppError('conflict', 'The shop has a source of this name already.')
}

/** Makes a write key of a source of the shop; returns the key. */
export async function createWriteKey(db: Db, owner: { shop: number; source: number }): Promise<string> {
  return (await addWriteKey(db, owner)).key
}

export async function addWriteKey(
  db: Db,
  { shop, source }: { shop: number; source: number },
): Promise<WriteKey> {
  const mine = and(eq(sources.id, source), eq(sources.shop, shop))
  orNotFound((await db.select({ id: sources.id }).from(sources).where(mine))[0], 'The source')
  const [row] = await db
    .insert(writeKeys)
    .values({ key: makeSecret('wk_', KEY_LENGTH), shop, source })
    .returning()
  return toWriteKey(orNotFound(row, 'The new key'))
}

/** Sources with their living keys, oldest first. */
export async function listSources(db: Db, shop: number): Promise<Source[]> {
  const rows = await db.select().from(sources).where(eq(sources.shop, shop)).orderBy(asc(sources.id))
  const alive = or(isNull(writeKeys.endsAt), gt(writeKeys.endsAt, sql`now()`))
  const keys = await db
    .select()
    .from(writeKeys)
    .where(and(eq(writeKeys.shop, shop), alive))
    .orderBy(asc(writeKeys.createdAt))
  return rows.map(({ id, kind, name, enabled, createdAt }) => {
    const own = keys.filter((key) => key.source === id).map(toWriteKey)
    return { id, kind, name, enabled, createdAt: createdAt.toISOString(), keys: own }
  })
}

/** A living key with its source. Fails with 404 when it ended. */
export async function getWriteKey(db: Db, shop: number, id: string): Promise<WriteKey & { source: number }> {
  const alive = or(isNull(writeKeys.endsAt), gt(writeKeys.endsAt, sql`now()`))
  const [row] = await db
    .select()
    .from(writeKeys)
    .where(and(eq(writeKeys.shop, shop), eq(writeKeys.id, id), alive))
  const found = orNotFound(row, 'The write key')
  return { ...toWriteKey(found), source: found.source }
}

export async function setKeyEnabled(tx: Db, id: string, enabled: boolean): Promise<void> {
  await tx.update(writeKeys).set({ enabled }).where(eq(writeKeys.id, id))
}

/** Ends a key now, or after some hours. */
export async function endKey(tx: Db, id: string, hours = 0): Promise<void> {
  await tx
    .update(writeKeys)
    .set({ endsAt: sql`now() + make_interval(hours => ${hours})` })
    .where(eq(writeKeys.id, id))
}

function toWriteKey({ id, key, enabled, createdAt, endsAt }: typeof writeKeys.$inferSelect): WriteKey {
  return { id, key, enabled, createdAt: createdAt.toISOString(), endsAt: endsAt?.toISOString() ?? null }
}
