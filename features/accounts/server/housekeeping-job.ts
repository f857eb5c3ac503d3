import { lt, or } from 'drizzle-orm'
import type { Deps, Job } from '../../../platform/room.ts'
import { invitations, oneTimeLinks, sessions } from './accounts-tables.ts'
import { forgetOldAttempts } from './sign-in-limit.ts'

const KEPT_MS = 30 * 86_400_000

/** Removes what has ended: sessions, links, invitations (a month later), counts of attempts. */
async function forgetEnded({ db, now }: Deps): Promise<void> {
  const today = new Date(now())
  const monthAgo = new Date(now() - KEPT_MS)
  await db.delete(sessions).where(lt(sessions.expiresAt, today))
  await db.delete(oneTimeLinks).where(lt(oneTimeLinks.expiresAt, today))
  await db
    .delete(invitations)
    .where(or(lt(invitations.expiresAt, monthAgo), lt(invitations.revokedAt, monthAgo)))
  await forgetOldAttempts(db, now())
}

export const housekeepingJob: Job = { name: 'accounts-housekeeping', cron: '17 3 * * *', run: forgetEnded }
