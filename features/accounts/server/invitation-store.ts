import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import type { Role } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import { hashToken } from '../../../platform/secret.ts'
import type { Invitation } from '../contract.ts'
import { invitations, memberships, shops, users } from './accounts-tables.ts'
import { recordAudit } from './audit-store.ts'
import { makeSecret } from './make-secret.ts'

const INVITATION_DAYS = 7
const TOKEN_LENGTH = 32

const isOpen = (now: number) =>
  and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, new Date(now)))

export interface NewInvitation {
  shop: number
  role: Role
  email: string | null
  invitedBy: string
  now: number
}

/** Makes an invitation; the path of its link exists only in this answer. */
export async function createInvitation(
  tx: Db,
  { now, ...invitation }: NewInvitation,
): Promise<{ id: string; path: string }> {
  const token = makeSecret('', TOKEN_LENGTH)
  const expiresAt = new Date(now + INVITATION_DAYS * 86_400_000)
  const [row] = await tx
    .insert(invitations)
    .values({ ...invitation, tokenHash: hashToken(token), createdAt: new Date(now), expiresAt })
    .returning({ id: invitations.id })
  return { id: orNotFound(row, 'The new invitation').id, path: `/invite/${token}` }
}

export async function listInvitations(db: Db, shop: number, now: number): Promise<Invitation[]> {
  const rows = await db
    .select({
      id: invitations.id,
      role: invitations.role,
      email: invitations.email,
      invitedBy: users.name,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(eq(invitations.shop, shop), isOpen(now)))
    .orderBy(desc(invitations.createdAt))
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }))
}

export async function revokeInvitation(
  tx: Db,
  shop: number,
  id: string,
  now: number,
): Promise<{ email: string | null }> {
  const [row] = await tx
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(invitations.shop, shop), eq(invitations.id, id), isOpen(now)))
    .returning({ email: invitations.email })
  return orNotFound(row, 'The invitation')
}

/** The open invitation of a link, with what the invited person wants to know. Fails with 410. */
export async function getInvitation(db: Db, token: string, now: number) {
  const [row] = await db
    .select({
      shop: invitations.shop,
      shopName: shops.name,
      role: invitations.role,
      email: invitations.email,
      invitedBy: users.name,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(shops, eq(shops.id, invitations.shop))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(eq(invitations.tokenHash, hashToken(token)), isOpen(now), isNull(shops.archivedAt)))
  if (!row)
    throw new AppError('gone', 'This invitation was used, taken back or is too old. Ask for a new one.')
  return row
}

/** Uses the invitation up and makes the user a member; returns the shop. */
export async function acceptInvitation(
  tx: Db,
  token: string,
  user: { id: string; name: string; email: string },
  now: number,
): Promise<number> {
  const { shop, role, email } = await getInvitation(tx, token, now)
  if (email !== null && email !== user.email)
    throw new AppError('forbidden', `This invitation is for ${email}.`, {
      details: { reason: 'other_email' },
    })
  const [taken] = await tx
    .update(invitations)
    .set({ acceptedAt: new Date(now) })
    .where(and(eq(invitations.tokenHash, hashToken(token)), isOpen(now)))
    .returning({ id: invitations.id })
  if (!taken) throw new AppError('gone', 'This invitation was used already. Ask for a new one.')
  const added = await tx
    .insert(memberships)
    .values({ shop, userId: user.id, role })
    .onConflictDoNothing()
    .returning()
  if (!added[0])
    throw new AppError('conflict', 'You are a member of this shop already.', {
      details: { reason: 'member' },
    })
  const actor = { userId: user.id, name: user.name, email: user.email, via: 'session' as const }
  await recordAudit(tx, { shop, actor, action: 'member.joined', target: user.name, detail: { role } })
  return shop
}
