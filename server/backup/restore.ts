import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { AppError } from '../../kernel/errors.ts'
import type { Clickhouse } from '../../platform/clickhouse.ts'
import type { Log } from '../../platform/log.ts'
import { listMigrations, migrate } from '../migrations/migrate.ts'
import { type Manifest, readBackup, type Section } from './backup-file.ts'
import { advanceSequences, dropForeignKeys, loadRows, RESTORE_MARK } from './postgres-dump.ts'

export interface RestoreOptions {
  pool: Pool
  clickhouse: Clickhouse
  log: Log
  path: string
  dataDir: string
  migrationsFolder?: string
  onProgress?: (table: string, rows: number) => void
}

export interface RestoreResult {
  createdAt: string
  epoch: number
  tables: Record<string, number>
}

/**
 * Loads a backup into empty stores, embedded or servers alike. The restored system starts paused in a new epoch:
 * events received before it rebuild state but never send.
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { pool, clickhouse } = options
  const tables: Record<string, number> = {}
  let manifest: Manifest | undefined
  let putKeysBack: (() => Promise<void>) | undefined
  await verifyWhole(options.path)
  await refuseFull(pool, clickhouse)
  await readBackup(options.path, {
    async manifest(found) {
      manifest = found
      await prepareSchema(options, found)
      putKeysBack = await dropForeignKeys(pool)
    },
    begin: (section) => emptyTable(options, section),
    data: (section, data) => loadSection(options, section, data),
    async end(section, rows) {
      tables[`${section.store}.${section.name}`] = rows
      options.onProgress?.(`${section.store}.${section.name}`, rows)
    },
  })
  await putKeysBack?.()
  await advanceSequences(pool)
  const epoch = await startNewEpoch(pool)
  return { createdAt: (manifest as Manifest).createdAt, epoch, tables }
}

/** Reads the whole file once before anything is touched: a damaged backup must not leave half a system behind. */
async function verifyWhole(path: string): Promise<void> {
  const nothing = async () => undefined
  await readBackup(path, { manifest: nothing, begin: nothing, data: nothing, end: nothing })
}

async function refuseFull(pool: Pool, clickhouse: Clickhouse): Promise<void> {
  const { rows } = await pool.query<{ tables: number }>(
    `SELECT count(*)::int AS tables FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  const history = await clickhouse.query<{ tables: number }>(
    'SELECT count() AS tables FROM system.tables WHERE database = currentDatabase()',
  )
  if ((rows[0]?.tables ?? 0) === 0 && (history[0]?.tables ?? 0) === 0) return
  throw new AppError(
    'conflict',
    'The target is not empty. Restore into a new data folder (--data ./restored) or into empty databases.',
  )
}

async function prepareSchema(options: RestoreOptions, manifest: Manifest): Promise<void> {
  for (const store of ['postgres', 'clickhouse'] as const) {
    const known = await listMigrations(store, options.migrationsFolder)
    const unknown = manifest.migrations[store].filter((name) => !known.includes(name))
    if (unknown.length > 0)
      throw new AppError(
        'bad_request',
        `The backup was made by a newer version (${manifest.version}). Restore it with that version.`,
      )
  }
  await migrate({ ...options, folder: options.migrationsFolder })
  // Dropped at the very end: a start on a restore that was cut short is refused.
  await options.pool.query(`CREATE TABLE ${RESTORE_MARK} (started_at timestamptz NOT NULL DEFAULT now())`)
}

/** Migrations may have put rows of their own; the backup's take their place. */
async function emptyTable({ pool }: RestoreOptions, section: Section): Promise<void> {
  if (section.store === 'postgres') await pool.query(`DELETE FROM "${section.name.replaceAll('"', '')}"`)
}

async function loadSection(options: RestoreOptions, section: Section, data: Buffer): Promise<void> {
  if (section.store === 'postgres') return loadRows(options.pool, section, data)
  if (section.store === 'files') return writeFile(join(options.dataDir, 'secret.key'), data, { mode: 0o600 })
  await options.clickhouse.insertRaw(section.name, section.columns, 'TabSeparated', data)
}

async function startNewEpoch(pool: Pool): Promise<number> {
  await pool.query(`DROP TABLE ${RESTORE_MARK}`)
  const { rows } = await pool.query<{ epoch: number }>(
    `UPDATE system_state SET epoch = epoch + 1, epoch_started_at = now(), paused_reason = 'restored', sending_held_until = NULL
     WHERE id = 1 RETURNING epoch`,
  )
  return rows[0]?.epoch ?? 1
}
