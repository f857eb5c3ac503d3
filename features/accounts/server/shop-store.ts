import { eq, sql } from 'drizzle-orm'
import { orNotFound } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Language } from '../contract.ts'
import { type ConsentMode, memberships, shops } from './accounts-tables.ts'

export type ShopRow = typeof shops.$inferSelect

export interface NewShop {
  name: string
  /** ISO 4217; hryvnia unless told otherwise. */
  currency?: string
  timeZone?: string
  language?: Language
  domains?: string[]
  /** ISO 3166; by the time zone unless told otherwise. */
  phoneCountry?: string
  consentMode?: ConsentMode
  /** The user who becomes its first owner. */
  owner?: string
}

const COUNTRIES: Record<string, string> = {
  'Europe/Kyiv': 'UA',
  'Europe/Kiev': 'UA',
  'Europe/Minsk': 'BY',
  'Europe/Moscow': 'RU',
  'Asia/Almaty': 'KZ',
  'Asia/Qyzylorda': 'KZ',
  'Europe/Chisinau': 'MD',
  'Asia/Tbilisi': 'GE',
  'Asia/Yerevan': 'AM',
  'Asia/Baku': 'AZ',
  'Asia/Tashkent': 'UZ',
  'Asia/Bishkek': 'KG',
  'Europe/Warsaw': 'PL',
  'Europe/Prague': 'CZ',
  'Europe/Vilnius': 'LT',
  'Europe/Riga': 'LV',
  'Europe/Tallinn': 'EE',
  'Europe/Berlin': 'DE',
  'Europe/London': 'GB',
  'America/Sao_Paulo': 'BR',
  'America/New_York': 'US',
}

/** Makes a shop and, if given, its owner's membership; returns the shop's number. */
export async function createShop(tx: Db, shop: NewShop): Promise<number> {
  const { owner, ...given } = shop
  const timeZone = given.timeZone ?? 'Europe/Kyiv'
  const defaults = { currency: 'UAH', language: 'uk' as const, phoneCountry: COUNTRIES[timeZone] ?? 'UA' }
  const [row] = await tx
    .insert(shops)
    .values({ ...defaults, ...given, timeZone })
    .returning({ id: shops.id })
  const { id } = orNotFound(row, 'The new shop')
  if (owner !== undefined) await tx.insert(memberships).values({ shop: id, userId: owner, role: 'owner' })
  return id
}

/** Shops that were made on the command line before there was anybody become the first owner's. */
export async function adoptShops(tx: Db, owner: string): Promise<void> {
  await tx.execute(
    sql`INSERT INTO memberships (shop, user_id, role) SELECT s.id, ${owner}::uuid, 'owner' FROM shops s
        WHERE NOT EXISTS (SELECT 1 FROM memberships m WHERE m.shop = s.id)`,
  )
}

export async function getShopRow(db: Db, shop: number): Promise<ShopRow> {
  return orNotFound((await db.select().from(shops).where(eq(shops.id, shop)))[0], 'The shop')
}

/** The row, locked: who changes memberships of a shop takes turns, so that two owners can't remove each other. */
export async function lockShop(tx: Db, shop: number): Promise<void> {
  await tx.select({ id: shops.id }).from(shops).where(eq(shops.id, shop)).for('update')
}

export async function updateShop(tx: Db, shop: number, change: Partial<ShopRow>): Promise<void> {
  await tx.update(shops).set(change).where(eq(shops.id, shop))
}
