import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase, PgTransaction } from 'drizzle-orm/pg-core'
import { Pool, types } from 'pg'
import type { Log } from './log.ts'

/** Drizzle over a pool, or a transaction of it: stores take either. */
// biome-ignore lint/suspicious/noExplicitAny: the schema type parameters don't matter to a store
export type Db = PgDatabase<NodePgQueryResultHKT, any, any>
// biome-ignore lint/suspicious/noExplicitAny: as above
export type Tx = PgTransaction<NodePgQueryResultHKT, any, any>

export interface Postgres {
  db: Db
  pool: Pool
  close(): Promise<void>
}

const INT8_OID = 20
const DATE_OID = 1082
// Counts and sequence numbers stay below 2^53; calendar days must stay calendar days, not midnights in some zone.
types.setTypeParser(INT8_OID, Number)
types.setTypeParser(DATE_OID, (text) => text)

/**
 * A pool for state. Nothing that belongs to a session may be used through it (SET, temp tables, LISTEN, advisory
 * locks, named statements): the embedded engine is one session whatever the number of clients.
 */
export function createPostgres(url: string, log: Log, options: { max?: number } = {}): Postgres {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 8,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
  })
  // A connection that breaks while it is lent out tells by an event too, beside the failed statement; an event that
  // nobody hears would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', (error) =>
    log.warn({ err: error }, 'an idle PostgreSQL connection broke; a new one will be made'),
  )
  return { db: drizzle({ client: pool }), pool, close: () => pool.end() }
}

/** True when the failure says that PostgreSQL can't be reached, as opposed to refusing the statement. */
export function isPostgresAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: string }).code ?? ''
    if (/^(ECONN|EPIPE|ENOENT|ETIMEDOUT|08|57P0)/.test(code)) return true
    if (
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered/.test(at.message)
    )
      return true
  }
  return false
}
