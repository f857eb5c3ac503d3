import { and, eq, gt, isNull } from 'drizzle-orm'
import { AppError } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import { hashToken } from '../../../platform/secret.ts'
import { oneTimeLinks } from './accounts-tables.ts'
import { makeSecret } from './make-secret.ts'

const LINK_HOURS = 24
const TOKEN_LENGTH = 32

/** Makes a link for a user's new password, or (null) for the first owner; older ones of the same kind end. */
export async function makeLink(db: Db, userId: string | null, now: number): Promise<string> {
  const token = makeSecret('', TOKEN_LENGTH)
  const expiresAt = new Date(now + LINK_HOURS * 3_600_000)
  await db.transaction(async (tx) => {
    await tx
      .delete(oneTimeLinks)
      .where(userId === null ? isNull(oneTimeLinks.userId) : eq(oneTimeLinks.userId, userId))
    await tx
      .insert(oneTimeLinks)
      .values({ tokenHash: hashToken(token), userId, createdAt: new Date(now), expiresAt })
  })
  return `/welcome/${token}`
}

const alive = (token: string, now: number) =>
  and(eq(oneTimeLinks.tokenHash, hashToken(token)), gt(oneTimeLinks.expiresAt, new Date(now)))

/** The user whom the link is for; null for the first owner's. Fails with 410 when it was used or is too old. */
export async function getLink(db: Db, token: string, now: number): Promise<{ userId: string | null }> {
  const [link] = await db.select({ userId: oneTimeLinks.userId }).from(oneTimeLinks).where(alive(token, now))
  return link ?? refuse()
}

/** Like `getLink`, and the link is used up. */
export async function takeLink(tx: Db, token: string, now: number): Promise<{ userId: string | null }> {
  const [link] = await tx
    .delete(oneTimeLinks)
    .where(alive(token, now))
    .returning({ userId: oneTimeLinks.userId })
  return link ?? refuse()
}

function refuse(): never {
  throw new AppError(
    'gone',
    'This link was used already or is too old. Get a new one with "npx tropa owner-link".',
  )
}
