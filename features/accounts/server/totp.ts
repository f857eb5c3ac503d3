import { createHmac, randomBytes } from 'node:crypto'

const STEP_SECONDS = 30
const DIGITS = 6
const SECRET_BYTES = 20
/** A code of the step before or after is taken too: clocks of telephones differ, and typing takes time. */
const WINDOW = 1
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function makeTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

/** The code of a step, by RFC 4226 (HOTP), section 5.3; the step is the counter, by RFC 6238. */
export function totpCode(
  secret: Buffer,
  step: number,
  options: { digits?: number; hash?: string } = {},
): string {
  const { digits = DIGITS, hash = 'sha1' } = options
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac(hash, secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

export function totpStep(now: number): number {
  return Math.floor(now / 1000 / STEP_SECONDS)
}

/** The step whose code this is, near `now` and after `usedStep` (a code works once); undefined if none. */
export function findTotpStep(
  secret: Buffer,
  code: string,
  now: number,
  usedStep: number,
): number | undefined {
  const digits = code.replace(/\s/g, '')
  for (let step = totpStep(now) - WINDOW; step <= totpStep(now) + WINDOW; step++)
    if (step > usedStep && totpCode(secret, step) === digits) return step
  return undefined
}

/** RFC 4648 without padding, as authenticator applications want it. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** The address inside the QR code; the account is shown by the application under the issuer's name. */
export function totpUri(secret: Buffer, account: string, issuer = 'Tropa'): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  const parameters = new URLSearchParams({ secret: toBase32(secret), issuer })
  return `otpauth://totp/${label}?${parameters}`
}
