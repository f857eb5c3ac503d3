import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '../../../kernel/errors.ts'

// 32 MB and about a quarter of a second: one of the settings of OWASP's password storage cheat sheet for scrypt.
const COST = { logN: 15, r: 8, p: 3 }
const HASH_BYTES = 32
const SALT_BYTES = 16
const MAX_AT_ONCE = 2
const MAX_WAITING = 10

const runScrypt = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** `scrypt$logN$r$p$salt$hash`, so that the cost may grow without locking anybody out. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, cost, HASH_BYTES)
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join(
    '$',
  )
}

/** Takes the same time for a user who doesn't exist: pass undefined. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, logN, r, p, salt, hash] = (stored ?? (await nobody())).split('$')
  const expected = Buffer.from(hash ?? '', 'base64url')
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) }
  const found = await derive(password, Buffer.from(salt ?? '', 'base64url'), cost, expected.length)
  return timingSafeEqual(found, expected) && stored !== undefined
}

let nobodysHash: Promise<string> | undefined
function nobody(): Promise<string> {
  nobodysHash ??= hashPassword(randomBytes(SALT_BYTES).toString('hex'))
  return nobodysHash
}

let running = 0
const waiting: (() => void)[] = []

/** Two at a time: a flood of sign-ins must take neither the memory nor the threads that everything else needs. */
async function derive(password: string, salt: Buffer, cost: typeof COST, bytes: number): Promise<Buffer> {
  if (running >= MAX_AT_ONCE) {
    if (waiting.length >= MAX_WAITING)
      throw new AppError(
        'too_many_requests',
        'Too many people are signing in at once; try again in a moment.',
        {
          retryAfterSeconds: 3,
        },
      )
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    // The same letters may be typed as different code points; the password is what is seen.
    const options = { N: 2 ** cost.logN, r: cost.r, p: cost.p, maxmem: 256 * 2 ** cost.logN * cost.r }
    return await runScrypt(password.normalize('NFKC'), salt, bytes, options)
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
