import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'
import type { Clickhouse } from '../../platform/clickhouse.ts'
import type { Log } from '../../platform/log.ts'

export interface MigrateOptions {
  pool: Pool
  clickhouse: Clickhouse
  log: Log
  /** The folder with `postgres/` and `clickhouse/`; beside this file unless told otherwise. */
  folder?: string
}

/** The data were written by a newer version; starting on them could spoil them. */
export class NewerSchemaError extends Error {}

const LEASE_SECONDS = 60

/**
 * Brings both stores to this version's schema. One migrator at a time, by a lease row. Steps of PostgreSQL are
 * transactions; steps of ClickHouse are idempotent statements, repeated after a crash.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const folder = options.folder ?? dirname(fileURLToPath(import.meta.url))
  const holder = randomUUID()
  await prepareLease(options.pool)
  await takeLease(options.pool, holder, options.log)
  try {
    const applied = await migratePostgres(options.pool, join(folder, 'postgres'))
    return {
      applied: [...applied, ...(await migrateClickhouse(options.clickhouse, join(folder, 'clickhouse')))],
    }
  } finally {
    await options.pool.query('UPDATE migration_lease SET holder = NULL WHERE holder = $1', [holder])
  }
}

/** Names of the migrations that this version brings, oldest first. */
export async function listMigrations(store: 'postgres' | 'clickhouse', folder?: string): Promise<string[]> {
  const names = await readdir(join(folder ?? dirname(fileURLToPath(import.meta.url)), store))
  return names.filter((name) => name.endsWith('.sql')).sort()
}

async function prepareLease(pool: Pool): Promise<void> {
  await pool.query(`CREATE TABLE IF NOT EXISTS migration_lease (
    id integer PRIMARY KEY CHECK (id = 1), holder uuid, expires_at timestamptz NOT NULL)`)
  await pool.query(
    `INSERT INTO migration_lease (id, holder, expires_at) VALUES (1, NULL, now()) ON CONFLICT DO NOTHING`,
  )
  await pool.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`)
}

async function takeLease(pool: Pool, holder: string, log: Log): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { rowCount } = await pool.query(
      `UPDATE migration_lease SET holder = $1, expires_at = now() + make_interval(secs => $2)
       WHERE holder IS NULL OR expires_at < now()`,
      [holder, LEASE_SECONDS],
    )
    if (rowCount === 1) return
    if (attempt === 0) log.info('another process is migrating; waiting for it')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function migratePostgres(pool: Pool, folder: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM schema_migrations')
  const pending = await findPending(folder, new Set(rows.map((row) => row.name)), 'PostgreSQL')
  for (const name of pending) {
    const text = await readFile(join(folder, name), 'utf8')
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(text)
      await client.query('INSERT INTO schema_migrations (name) VALUES ($1)', [name])
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined)
      throw new Error(`The PostgreSQL migration ${name} failed.`, { cause: error })
    } finally {
      client.release()
    }
  }
  return pending
}

async function migrateClickhouse(clickhouse: Clickhouse, folder: string): Promise<string[]> {
  await clickhouse.command(
    `CREATE TABLE IF NOT EXISTS schema_migrations (name String, applied_at DateTime DEFAULT now())
     ENGINE = ReplacingMergeTree ORDER BY name SETTINGS fsync_after_insert = 1`,
  )
  const rows = await clickhouse.query<{ name: string }>('SELECT DISTINCT name FROM schema_migrations')
  const pending = await findPending(folder, new Set(rows.map((row) => row.name)), 'ClickHouse')
  for (const name of pending) {
    for (const statement of splitStatements(await readFile(join(folder, name), 'utf8')))
      await clickhouse.command(statement)
    await clickhouse.insert('schema_migrations', [{ name }])
  }
  return pending
}

async function findPending(folder: string, applied: Set<string>, store: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const unknown = [...applied].filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new NewerSchemaError(
      `The data in ${store} were written by a newer version of Tropa (${unknown.join(', ')}). Start that version, or restore a backup made by this one.`,
    )
  return names.filter((name) => !applied.has(name))
}

/** Statements end with a semicolon at the end of a line; comment lines are left out. */
function splitStatements(text: string): string[] {
  const withoutComments = text.replace(/^\s*--.*$/gm, '')
  return withoutComments
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
