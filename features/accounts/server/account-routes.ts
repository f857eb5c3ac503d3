import { eq } from 'drizzle-orm'
import { Type } from 'typebox'
import { orNotFound } from '../../../kernel/errors.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { Account, AccountChange, Done, OwnSessions, PasswordChange } from '../contract.ts'
import { users } from './accounts-tables.ts'
import { recordForMember } from './audit-store.ts'
import { accessMemoryOf, getSignedIn } from './authenticator.ts'
import { hashPassword } from './password-hash.ts'
import { refuseBadPassword } from './refuse-field.ts'
import { endSession, endSessions, listSessions } from './session-store.ts'
import { checkPassword } from './sign-in.ts'
import { countRecoveryCodes } from './two-factor.ts'
import { getUser } from './user-store.ts'

const tags = ['account']
const done = { ok: true as const }

/** What a member changes about themselves. */
export function addAccountRoutes(app: App, deps: Deps): void {
  const { db, now } = deps

  app.get('/api/account', { schema: { tags, response: { 200: Account } } }, async (request) => {
    const { userId } = getSignedIn(request)
    const { name, email, language, totpConfirmedAt } = await getUser(db, userId)
    const recoveryCodesLeft = await countRecoveryCodes(db, userId)
    return { name, email, language, twoFactor: totpConfirmedAt !== null, recoveryCodesLeft }
  })

  app.patch(
    '/api/account',
    { schema: { tags, body: AccountChange, response: { 200: Done } } },
    async (request) => {
      const { userId } = getSignedIn(request)
      const { name, language } = request.body
      if (name !== undefined || language !== undefined)
        await db.update(users).set({ name: name?.trim(), language }).where(eq(users.id, userId))
      return done
    },
  )

  app.post(
    '/api/account/password',
    { schema: { tags, body: PasswordChange, response: { 200: Done } } },
    async (request) => {
      const member = getSignedIn(request)
      const { userId, email } = member
      const { current, next } = request.body
      await checkPassword(db, userId, current, now(), 'current')
      refuseBadPassword(next, email, 'next')
      const passwordHash = await hashPassword(next)
      const own = await accessMemoryOf(deps).findCredentials(request)
      await db.transaction(async (tx) => {
        await tx.update(users).set({ passwordHash }).where(eq(users.id, userId))
        await endSessions(tx, userId, own?.id)
        await recordForMember(tx, userId, { actor: member, action: 'password.changed', target: member.name })
      })
      return done
    },
  )

  addSessions(app, deps)
}

function addSessions(app: App, deps: Deps): void {
  const { db, now } = deps

  app.get('/api/account/sessions', { schema: { tags, response: { 200: OwnSessions } } }, async (request) => {
    const { userId } = getSignedIn(request)
    const own = await accessMemoryOf(deps).findCredentials(request)
    const rows = await listSessions(db, userId, now())
    return {
      items: rows.map(({ id, ip, userAgent, createdAt, lastSeenAt }) => ({
        id,
        isThis: id === own?.id,
        ip,
        userAgent,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      })),
    }
  })

  app.delete(
    '/api/account/sessions/:session',
    {
      schema: {
        tags,
        params: Type.Object({ session: Type.String({ format: 'uuid' }) }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { userId } = getSignedIn(request)
      orNotFound((await endSession(db, userId, request.params.session)) || undefined, 'The session')
      return done
    },
  )

  app.post(
    '/api/account/sessions/end-others',
    { schema: { tags, response: { 200: Type.Object({ ended: Type.Integer() }) } } },
    async (request) => {
      const { userId } = getSignedIn(request)
      const own = await accessMemoryOf(deps).findCredentials(request)
      return { ended: await endSessions(db, userId, own?.id) }
    },
  )
}
