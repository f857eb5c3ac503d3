import { sql } from 'drizzle-orm'
import { AppError } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'

const WINDOW_MINUTES = 15
/** Attempts in a window. A whole office may share an address, a password belongs to one person. */
const LIMITS = { ip: 40, email: 10, user: 10 } as const

export type LimitedBy = keyof typeof LIMITS
export interface Attempt {
  by: LimitedBy
  value: string
}

const keyOf = ({ by, value }: Attempt) => `${by}:${by === 'ip' ? networkOf(value) : value}`

/**
 * Counts attempts before they are made, so that many at once don't slip through; fails with 429 above a limit.
 * Kept in PostgreSQL: a restart or a second process forgives nothing.
 */
export async function countAttempts(db: Db, attempts: Attempt[], now: number): Promise<void> {
  const rows = attempts.map(
    (attempt) => sql`(${keyOf(attempt)}, 1, ${new Date(now + WINDOW_MINUTES * 60_000)})`,
  )
  const isOver = sql`sign_in_attempts.window_ends <= ${new Date(now)}`
  const counted = await db.execute<{ key: string; attempts: number; window_ends: Date }>(
    sql`INSERT INTO sign_in_attempts (key, attempts, window_ends) VALUES ${sql.join(rows, sql`, `)}
        ON CONFLICT (key) DO UPDATE SET
          attempts = CASE WHEN ${isOver} THEN 1 ELSE sign_in_attempts.attempts + 1 END,
          window_ends = CASE WHEN ${isOver} THEN excluded.window_ends ELSE sign_in_attempts.window_ends END
        RETURNING key, attempts, window_ends`,
  )
  const waits = counted.rows
    .filter((row) => row.attempts > LIMITS[row.key.split(':')[0] as LimitedBy])
    .map((row) => Math.ceil((new Date(row.window_ends).getTime() - now) / 1000))
  if (waits.length === 0) return
  const seconds = Math.max(1, ...waits)
  throw new AppError(
    'too_many_requests',
    `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    {
      retryAfterSeconds: seconds,
    },
  )
}

/** The attempt was right: the person's count starts anew, the address's is what it was before. */
export async function forgiveAttempts(db: Db, attempts: Attempt[]): Promise<void> {
  const keys = attempts.map(keyOf)
  await db.execute(
    sql`UPDATE sign_in_attempts SET attempts = CASE WHEN key LIKE 'ip:%' THEN greatest(attempts - 1, 0) ELSE 0 END
        WHERE key IN (${sql.join(
          keys.map((key) => sql`${key}`),
          sql`, `,
        )})`,
  )
}

export async function forgetOldAttempts(db: Db, now: number): Promise<void> {
  await db.execute(sql`DELETE FROM sign_in_attempts WHERE window_ends <= ${new Date(now)}`)
}

/** Whoever has one IPv6 address has the 2^64 of its network: they count as one. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  if (!ip.includes(':')) return ip
  const [head = '', tail] = ip.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
