import { and, eq, isNull, max, sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { type Role, roles } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Member } from '../contract.ts'
import { invitations, memberships, sessions, users } from './accounts-tables.ts'
import { type Actor, recordAudit } from './audit-store.ts'
import { lockShop } from './shop-store.ts'
import { listTokensMadeBy, revokeToken } from './token-store.ts'
import { countOtherOwners } from './user-store.ts'

/** True when `role` may do more than `than`: the roles are listed from the strongest. */
export function isStronger(role: Role, than: Role): boolean {
  return roles.indexOf(role) < roles.indexOf(than)
}

export async function listMembers(db: Db, shop: number): Promise<Member[]> {
  const rows = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      twoFactor: sql<boolean>`${users.totpConfirmedAt} IS NOT NULL`,
      joinedAt: memberships.createdAt,
      lastSeenAt: max(sessions.lastSeenAt),
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(sessions, eq(sessions.userId, users.id))
    .where(eq(memberships.shop, shop))
    .groupBy(users.id, memberships.role, memberships.createdAt)
    .orderBy(memberships.createdAt)
  return rows.map((row) => ({
    ...row,
    joinedAt: row.joinedAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  }))
}

async function getMember(tx: Db, shop: number, userId: string): Promise<{ name: string; role: Role }> {
  const [row] = await tx
    .select({ name: users.name, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.shop, shop), eq(memberships.userId, userId)))
  return orNotFound(row, 'The member')
}

export interface MemberChange {
  shop: number
  userId: string
  actor: Actor
}

/** Gives a member another role. What they made with rights they have no more ends with it. */
export async function changeRole(tx: Db, change: MemberChange, role: Role): Promise<void> {
  const { shop, userId, actor } = change
  await lockShop(tx, shop)
  const member = await getMember(tx, shop, userId)
  if (member.role === role) return
  if (role !== 'owner') await refuseLastOwner(tx, change, member.role)
  const own = and(eq(memberships.shop, shop), eq(memberships.userId, userId))
  await tx.update(memberships).set({ role }).where(own)
  await endGrants(tx, change, role)
  const detail = { from: member.role, to: role }
  await recordAudit(tx, { shop, actor, action: 'member.role_changed', target: member.name, detail })
}

/** Takes a member out of the shop, or lets them leave by themselves. */
export async function removeMember(tx: Db, change: MemberChange, action: 'member.removed' | 'member.left') {
  const { shop, userId, actor } = change
  await lockShop(tx, shop)
  const member = await getMember(tx, shop, userId)
  await refuseLastOwner(tx, change, member.role)
  await tx.delete(memberships).where(and(eq(memberships.shop, shop), eq(memberships.userId, userId)))
  await endGrants(tx, change, undefined)
  await recordAudit(tx, { shop, actor, action, target: member.name, detail: { role: member.role } })
}

async function refuseLastOwner(tx: Db, { shop, userId }: MemberChange, role: Role): Promise<void> {
  if (role !== 'owner' || (await countOtherOwners(tx, shop, userId)) > 0) return
  throw new AppError('conflict', 'A shop needs an owner. Make somebody else an owner first.', {
    details: { reason: 'last_owner' },
  })
}

/** Ends the member's tokens above the role that is left to them, and invitations that only an owner may give. */
async function endGrants(
  tx: Db,
  { shop, userId, actor }: MemberChange,
  left: Role | undefined,
): Promise<void> {
  for (const token of await listTokensMadeBy(tx, shop, userId)) {
    if (left !== undefined && !isStronger(token.role, left)) continue
    const { name } = await revokeToken(tx, shop, token.id)
    await recordAudit(tx, { shop, actor, action: 'token.revoked', target: name })
  }
  if (left === 'owner') return
  const open = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt))
  await tx
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(invitations.shop, shop), eq(invitations.invitedBy, userId), open))
}
