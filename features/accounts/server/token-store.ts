import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { orNotFound } from '../../../kernel/errors.ts'
import type { Role } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import { hashToken } from '../../../platform/secret.ts'
import type { Token } from '../contract.ts'
import { apiTokens, users } from './accounts-tables.ts'
import { makeSecret } from './make-secret.ts'

const TOKEN_LENGTH = 40
const HINT_LENGTH = 4

export interface NewToken {
  shop: number
  name: string
  role: Role
  createdBy?: string | null
  expiresAt?: Date | null
}

/** Makes an API token. Its secret exists only in this answer. */
export async function createToken(db: Db, token: NewToken): Promise<{ id: string; token: string }> {
  const secret = makeSecret('tropa_', TOKEN_LENGTH)
  const [row] = await db
    .insert(apiTokens)
    .values({ ...token, tokenHash: hashToken(secret), hint: secret.slice(-HINT_LENGTH) })
    .returning({ id: apiTokens.id })
  return { id: orNotFound(row, 'The new token').id, token: secret }
}

/** Tokens that were not revoked, the newest first; those that ended are shown until then. */
export async function listTokens(db: Db, shop: number): Promise<Token[]> {
  const rows = await db
    .select({ token: apiTokens, createdBy: users.name })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.createdBy))
    .where(and(eq(apiTokens.shop, shop), isNull(apiTokens.revokedAt)))
    .orderBy(desc(apiTokens.createdAt))
  return rows.map(({ token, createdBy }) => ({
    id: token.id,
    name: token.name,
    role: token.role,
    hint: token.hint,
    createdBy,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  }))
}

/** Ends a token at once; returns its name and role. */
export async function revokeToken(tx: Db, shop: number, id: string): Promise<{ name: string; role: Role }> {
  const [row] = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.shop, shop), eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
    .returning({ name: apiTokens.name, role: apiTokens.role })
  return orNotFound(row, 'The token')
}

/** A member's living tokens: they must not outlive the rights of who made them. */
export async function listTokensMadeBy(
  db: Db,
  shop: number,
  userId: string,
): Promise<{ id: string; role: Role }[]> {
  const alive = or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, sql`now()`))
  return db
    .select({ id: apiTokens.id, role: apiTokens.role })
    .from(apiTokens)
    .where(and(eq(apiTokens.shop, shop), eq(apiTokens.createdBy, userId), isNull(apiTokens.revokedAt), alive))
}
