import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Principal, Role, ShopContext } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import { apiTokens, memberships, sessions, shops, users } from './accounts-tables.ts'

/** Somebody whose session or token was found, with the shops that are open to them. */
export interface Credentials {
  principal: Principal
  /** The session's or the token's id. */
  id: string
  lastSeenAt: number
  shops: Map<number, ShopContext & { isArchived: boolean }>
}

const shopColumns = {
  id: shops.id,
  name: shops.name,
  currency: shops.currency,
  timeZone: shops.timeZone,
  archivedAt: shops.archivedAt,
}

export async function findBySession(
  db: Db,
  tokenHash: string,
  now: number,
): Promise<Credentials | undefined> {
  const [row] = await db
    .select({
      id: sessions.id,
      lastSeenAt: sessions.lastSeenAt,
      userId: users.id,
      name: users.name,
      email: users.email,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, new Date(now))))
  if (!row) return undefined
  const { userId, name, email } = row
  return {
    principal: { userId, name, email, via: 'session' },
    id: row.id,
    lastSeenAt: row.lastSeenAt.getTime(),
    shops: toShops(await listMemberships(db, userId)),
  }
}

export async function findByToken(db: Db, tokenHash: string, now: number): Promise<Credentials | undefined> {
  const isAlive = or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, new Date(now)))
  const [row] = await db
    .select({ token: apiTokens, shop: shopColumns })
    .from(apiTokens)
    .innerJoin(shops, eq(shops.id, apiTokens.shop))
    .where(and(eq(apiTokens.tokenHash, tokenHash), isNull(apiTokens.revokedAt), isAlive))
  if (!row) return undefined
  const { id, name, role, shop, lastUsedAt } = row.token
  return {
    principal: { userId: null, name, email: null, via: 'token', token: { id, shop, role } },
    id,
    lastSeenAt: lastUsedAt?.getTime() ?? 0,
    shops: toShops([{ ...row.shop, role }]),
  }
}

async function listMemberships(db: Db, userId: string) {
  return db
    .select({ ...shopColumns, role: memberships.role })
    .from(memberships)
    .innerJoin(shops, eq(shops.id, memberships.shop))
    .where(eq(memberships.userId, userId))
    .orderBy(shops.id)
}

type ShopRow = {
  id: number
  name: string
  currency: string
  timeZone: string
  archivedAt: Date | null
  role: Role
}

/** A closed shop is open to its owners only, who may read it and open it again. */
function toShops(rows: ShopRow[]): Credentials['shops'] {
  const open = rows.filter((row) => row.archivedAt === null || row.role === 'owner')
  return new Map(
    open.map(({ archivedAt, ...shop }) => [shop.id, { ...shop, isArchived: archivedAt !== null }]),
  )
}
