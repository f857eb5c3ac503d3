import { and, count, eq, isNull } from 'drizzle-orm'
import { create as createQr } from 'qrcode'
import { AppError } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Deps } from '../../../platform/room.ts'
import { encryptText, hashToken } from '../../../platform/secret.ts'
import type { Enrolment } from '../contract.ts'
import { recoveryCodes, users } from './accounts-tables.ts'
import { makeSecret } from './make-secret.ts'
import { plainCode, takeCode } from './sign-in.ts'
import { makeTotpSecret, toBase32, totpUri } from './totp.ts'
import { getUser } from './user-store.ts'

const RECOVERY_CODES = 10
const RECOVERY_HALF = 5

/** Makes a secret for the authenticator application; it counts only once a code of it was entered. */
export async function startEnrolment({ db, settings }: Deps, userId: string): Promise<Enrolment> {
  const user = await getUser(db, userId)
  if (user.totpConfirmedAt)
    throw new AppError('conflict', 'The second step is on already. Turn it off first.')
  const secret = makeTotpSecret()
  const totpSecret = encryptText(settings.secret, secret.toString('base64'))
  await db.update(users).set({ totpSecret, totpLastStep: 0 }).where(eq(users.id, userId))
  const uri = totpUri(secret, user.email)
  return { secret: toBase32(secret), uri, qr: drawQr(uri) }
}

/** One square a dark module, as an SVG path: the page draws it, so no picture has to be allowed in. */
function drawQr(text: string): Enrolment['qr'] {
  const { size, data } = createQr(text, { errorCorrectionLevel: 'M' }).modules
  let path = ''
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) if (data[y * size + x]) path += `M${x} ${y}h1v1h-1z`
  return { size, path }
}

/** Turns the second step on; returns recovery codes, or undefined when the code is wrong. */
export async function confirmEnrolment(
  deps: Deps,
  userId: string,
  code: string,
): Promise<string[] | undefined> {
  const user = await getUser(deps.db, userId)
  if (user.totpConfirmedAt) throw new AppError('conflict', 'The second step is on already.')
  if (!(await takeCode(deps, user, code))) return undefined
  return deps.db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ totpConfirmedAt: new Date(deps.now()) })
      .where(eq(users.id, userId))
    return renewRecoveryCodes(tx, userId)
  })
}

export async function dropTwoFactor(tx: Db, userId: string): Promise<void> {
  await tx
    .update(users)
    .set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: 0 })
    .where(eq(users.id, userId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
}

/** Ten new codes, each for one sign-in; those made before end. */
export async function renewRecoveryCodes(tx: Db, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode)
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, codeHash: hashToken(plainCode(code)) })))
  return codes
}

/** Ten letters and digits, 51 bits: written out on paper, so without regard to case. */
function makeRecoveryCode(): string {
  const text = makeSecret('', RECOVERY_HALF * 2).toUpperCase()
  return `${text.slice(0, RECOVERY_HALF)}-${text.slice(RECOVERY_HALF)}`
}

export async function countRecoveryCodes(db: Db, userId: string): Promise<number> {
  const left = and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt))
  return (await db.select({ n: count() }).from(recoveryCodes).where(left))[0]?.n ?? 0
}
