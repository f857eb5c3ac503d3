import { and, eq, isNull, lt } from 'drizzle-orm'
import { normaliseEmail } from '../../../kernel/email.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Deps } from '../../../platform/room.ts'
import { decryptText, hashToken, isSigned, sign } from '../../../platform/secret.ts'
import { recoveryCodes, users } from './accounts-tables.ts'
import { isPassword } from './password-hash.ts'
import { createSession } from './session-store.ts'
import { type Attempt, countAttempts, forgiveAttempts } from './sign-in-limit.ts'
import { findTotpStep } from './totp.ts'
import { findUserByEmail, getUser, type User } from './user-store.ts'

/** Where a sign-in comes from. */
export interface Visitor {
  ip: string
  userAgent: string
}

export type SignInResult =
  | { status: 'signed_in'; token: string }
  | { status: 'second_factor'; challenge: string }

const CHALLENGE_MS = 10 * 60_000

/** The first step: e-mail and password. Says only that the pair is wrong, never which of the two. */
export async function signIn(
  deps: Deps,
  given: { email: string; password: string },
  visitor: Visitor,
): Promise<SignInResult> {
  const { db, now, settings } = deps
  const email = normaliseEmail(given.email) ?? given.email.trim().toLowerCase()
  const attempts: Attempt[] = [
    { by: 'ip', value: visitor.ip },
    { by: 'email', value: email },
  ]
  await countAttempts(db, attempts, now())
  const user = await findUserByEmail(db, email)
  if (!(await isPassword(given.password, user?.passwordHash)) || !user)
    throw new AppError('unauthenticated', 'The e-mail or the password is not right.')
  await forgiveAttempts(db, attempts)
  if (user.totpConfirmedAt)
    return { status: 'second_factor', challenge: makeChallenge(settings.secret, user, now()) }
  return { status: 'signed_in', token: await createSession(db, { userId: user.id, ...visitor, now: now() }) }
}

/** The second step: a code of the authenticator, or one of the recovery codes. */
export async function confirmSignIn(
  deps: Deps,
  given: { challenge: string; code: string },
  visitor: Visitor,
): Promise<{ token: string }> {
  const { db, now } = deps
  const user = await findChallenged(deps, given.challenge)
  if (!user) throw new AppError('gone', 'This took too long. Enter the e-mail and the password again.')
  const attempts: Attempt[] = [{ by: 'user', value: user.id }]
  await countAttempts(db, attempts, now())
  if (!(await takeCode(deps, user, given.code)))
    throw new AppError('unauthenticated', 'The code is not right.')
  await forgiveAttempts(db, attempts)
  return { token: await createSession(db, { userId: user.id, ...visitor, now: now() }) }
}

/** Proves that the password was right, without a session; worth nothing once the password is changed. */
function makeChallenge(secret: Buffer, user: User, now: number): string {
  const text = `${user.id}.${now + CHALLENGE_MS}`
  return `${text}.${sign(secret, 'second-factor', text + user.passwordHash)}`
}

async function findChallenged({ db, now, settings }: Deps, challenge: string): Promise<User | undefined> {
  const [id = '', ends = '', signature = ''] = challenge.split('.')
  if (!/^[0-9a-f-]{36}$/.test(id) || !(Number(ends) > now())) return undefined
  const user = (await db.select().from(users).where(eq(users.id, id)))[0]
  if (!user?.totpConfirmedAt) return undefined
  return isSigned(settings.secret, 'second-factor', `${id}.${ends}${user.passwordHash}`, signature)
    ? user
    : undefined
}

/** Uses a code up: neither a code of the authenticator nor a recovery code works twice. */
export async function takeCode(
  deps: Pick<Deps, 'db' | 'now' | 'settings'>,
  user: User,
  code: string,
): Promise<boolean> {
  if (user.totpSecret === null) return false
  const secret = Buffer.from(decryptText(deps.settings.secret, user.totpSecret), 'base64')
  const step = findTotpStep(secret, code, deps.now(), user.totpLastStep)
  return step === undefined
    ? takeRecoveryCode(deps.db, user.id, code, deps.now())
    : takeStep(deps.db, user.id, step)
}

async function takeStep(db: Db, userId: string, step: number): Promise<boolean> {
  const taken = await db
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, userId), lt(users.totpLastStep, step)))
    .returning({ id: users.id })
  return taken.length > 0
}

async function takeRecoveryCode(db: Db, userId: string, code: string, now: number): Promise<boolean> {
  const codeHash = hashToken(plainCode(code))
  const taken = await db
    .update(recoveryCodes)
    .set({ usedAt: new Date(now) })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHash, codeHash),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ userId: recoveryCodes.userId })
  return taken.length > 0
}

/** A recovery code as it is hashed, however it was copied out: case, spaces and hyphens don't matter. */
export function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/** For what must not be done by whoever finds a screen unlocked. Fails with 422 on the field of this name. */
export async function checkPassword(
  db: Db,
  userId: string,
  password: string,
  now: number,
  field = 'password',
) {
  const user = await getUser(db, userId)
  const attempts: Attempt[] = [{ by: 'user', value: userId }]
  await countAttempts(db, attempts, now)
  if (!(await isPassword(password, user.passwordHash)))
    throw new AppError('unprocessable', 'The password is not right.', {
      details: [{ instancePath: `/${field}`, keyword: 'wrong_password' }],
    })
  await forgiveAttempts(db, attempts)
  return user
}
