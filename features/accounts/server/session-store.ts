import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import { hashToken } from '../../../platform/secret.ts'
import { sessions } from './accounts-tables.ts'
import { makeSecret } from './make-secret.ts'

const DAY_MS = 86_400_000
/** A session ends when it is not used for this long … */
export const IDLE_DAYS = 30
/** … and at last after this long, used or not. */
export const LONGEST_DAYS = 180
const TOKEN_LENGTH = 43
const MAX_USER_AGENT = 300

export interface NewSession {
  userId: string
  ip: string
  userAgent: string
  now: number
}

/** Opens a session; returns the secret for its cookie, which is stored nowhere. */
export async function createSession(db: Db, { userId, ip, userAgent, now }: NewSession): Promise<string> {
  const token = makeSecret('', TOKEN_LENGTH)
  await db.insert(sessions).values({
    tokenHash: hashToken(token),
    userId,
    ip,
    userAgent: userAgent.slice(0, MAX_USER_AGENT),
    createdAt: new Date(now),
    lastSeenAt: new Date(now),
    expiresAt: new Date(now + IDLE_DAYS * DAY_MS),
  })
  return token
}

/** Puts the end off because the session is used. */
export async function touchSession(db: Db, id: string, now: number): Promise<void> {
  const idleEnd = new Date(now + IDLE_DAYS * DAY_MS)
  await db
    .update(sessions)
    .set({
      lastSeenAt: new Date(now),
      expiresAt: sql`least(${idleEnd}, ${sessions.createdAt} + make_interval(days => ${LONGEST_DAYS}))`,
    })
    .where(eq(sessions.id, id))
}

export async function listSessions(
  db: Db,
  userId: string,
  now: number,
): Promise<(typeof sessions.$inferSelect)[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, new Date(now))))
    .orderBy(desc(sessions.lastSeenAt))
}

/** True when there was such a session of the user. */
export async function endSession(db: Db, userId: string, id: string): Promise<boolean> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.id, id)))
    .returning({ id: sessions.id })
  return ended.length > 0
}

/** Ends all sessions of the user but one, if given; returns how many. */
export async function endSessions(db: Db, userId: string, except?: string): Promise<number> {
  const others = except === undefined ? undefined : ne(sessions.id, except)
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), others))
    .returning({ id: sessions.id })
  return ended.length
}
