import { AppError } from '../../../kernel/errors.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { CodeOnly, Done, Enrolment, PasswordOnly, RecoveryCodes } from '../contract.ts'
import { recordForMember } from './audit-store.ts'
import { getSignedIn } from './authenticator.ts'
import { checkPassword } from './sign-in.ts'
import { countAttempts, forgiveAttempts } from './sign-in-limit.ts'
import { confirmEnrolment, dropTwoFactor, renewRecoveryCodes, startEnrolment } from './two-factor.ts'

const tags = ['account']

/** The second step of a member's sign-in. Each change asks for the password: a screen may be found unlocked. */
export function addTwoFactorRoutes(app: App, deps: Deps): void {
  addEnrolment(app, deps)
  addChanges(app, deps)
}

function addEnrolment(app: App, deps: Deps): void {
  const { db, now } = deps

  app.post(
    '/api/account/two-factor',
    { schema: { tags, body: PasswordOnly, response: { 200: Enrolment } } },
    async (request) => {
      const { userId } = getSignedIn(request)
      await checkPassword(db, userId, request.body.password, now())
      return startEnrolment(deps, userId)
    },
  )

  app.post(
    '/api/account/two-factor/confirm',
    { schema: { tags, body: CodeOnly, response: { 200: RecoveryCodes } } },
    async (request) => {
      const member = getSignedIn(request)
      const attempts = [{ by: 'user' as const, value: member.userId }]
      await countAttempts(db, attempts, now())
      const codes = await confirmEnrolment(deps, member.userId, request.body.code)
      if (!codes)
        throw new AppError('unprocessable', 'The code is not right. Check the clock of the phone.', {
          details: [{ instancePath: '/code', keyword: 'wrong_code' }],
        })
      await forgiveAttempts(db, attempts)
      const entry = { actor: member, action: 'two_factor.enabled', target: member.name }
      await recordForMember(db, member.userId, entry)
      return { codes }
    },
  )
}

function addChanges(app: App, deps: Deps): void {
  const { db, now } = deps

  app.post(
    '/api/account/two-factor/recovery-codes',
    { schema: { tags, body: PasswordOnly, response: { 200: RecoveryCodes } } },
    async (request) => {
      const { userId } = getSignedIn(request)
      const user = await checkPassword(db, userId, request.body.password, now())
      if (!user.totpConfirmedAt) throw new AppError('conflict', 'The second step is off.')
      return { codes: await db.transaction((tx) => renewRecoveryCodes(tx, userId)) }
    },
  )

  app.post(
    '/api/account/two-factor/disable',
    { schema: { tags, body: PasswordOnly, response: { 200: Done } } },
    async (request) => {
      const member = getSignedIn(request)
      await checkPassword(db, member.userId, request.body.password, now())
      await db.transaction(async (tx) => {
        await dropTwoFactor(tx, member.userId)
        const entry = { actor: member, action: 'two_factor.disabled', target: member.name }
        await recordForMember(tx, member.userId, entry)
      })
      return { ok: true as const }
    },
  )
}
