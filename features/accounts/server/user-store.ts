import { and, asc, count, eq, ne } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import type { Role } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Language } from '../contract.ts'
import { memberships, users } from './accounts-tables.ts'

export type User = typeof users.$inferSelect

export interface NewUser {
  /** Normalised. */
  email: string
  name: string
  passwordHash: string
  language: Language
}

/** Makes a user; refuses an e-mail that is taken. */
export async function createUser(tx: Db, user: NewUser): Promise<string> {
  const [row] = await tx.insert(users).values(user).onConflictDoNothing().returning({ id: users.id })
  if (!row)
    throw new AppError('conflict', 'There is an account with this e-mail already; sign in with it instead.')
  return row.id
}

export async function findUserByEmail(db: Db, email: string): Promise<User | undefined> {
  return (await db.select().from(users).where(eq(users.email, email)))[0]
}

export async function getUser(db: Db, id: string): Promise<User> {
  return orNotFound((await db.select().from(users).where(eq(users.id, id)))[0], 'The user')
}

export async function hasOwner(db: Db): Promise<boolean> {
  const found = await db
    .select({ shop: memberships.shop })
    .from(memberships)
    .where(eq(memberships.role, 'owner'))
    .limit(1)
  return found.length > 0
}

/** Who has owned a shop for longest: whom a shop made on the command line is for. */
export async function findFirstOwner(db: Db): Promise<string | undefined> {
  const [first] = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.role, 'owner'))
    .orderBy(asc(memberships.createdAt))
    .limit(1)
  return first?.userId
}

export async function findRole(db: Db, shop: number, userId: string): Promise<Role | undefined> {
  const where = and(eq(memberships.shop, shop), eq(memberships.userId, userId))
  return (await db.select({ role: memberships.role }).from(memberships).where(where))[0]?.role
}

/** How many owners the shop has beside this user. */
export async function countOtherOwners(db: Db, shop: number, userId: string): Promise<number> {
  const where = and(eq(memberships.shop, shop), eq(memberships.role, 'owner'), ne(memberships.userId, userId))
  return (await db.select({ n: count() }).from(memberships).where(where))[0]?.n ?? 0
}
