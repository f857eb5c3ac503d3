import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import type { Clickhouse } from '../../platform/clickhouse.ts'
import type { Db } from '../../platform/postgres.ts'
import { holdSending, readSystemState, releaseSending } from '../../platform/system-state.ts'
import { TROPA_VERSION } from '../../platform/version.ts'
import { listMigrations } from '../migrations/migrate.ts'
import { createBackupWriter } from './backup-file.ts'
import { listHistoryTables, readHistory } from './clickhouse-dump.ts'
import { withSnapshot } from './postgres-dump.ts'

export interface BackupOptions {
  db: Db
  pool: Pool
  clickhouse: Clickhouse
  path: string
  dataDir: string
  /** The key that encrypts secrets at rest; without it two-factor sign-in must be set up anew after a restore. */
  withSecret: boolean
  migrationsFolder?: string
  now: () => number
  onProgress?: (table: string, rows: number) => void
}

export interface BackupResult {
  path: string
  bytes: number
  tables: Record<string, number>
}

/**
 * Writes a backup of a running system: sending is held, PostgreSQL is read in one snapshot, *then* ClickHouse, so that
 * the history holds every event that the cursors in the snapshot have seen.
 */
export async function backup(options: BackupOptions): Promise<BackupResult> {
  const { db, pool, clickhouse } = options
  const writer = createBackupWriter(options.path)
  const tables: Record<string, number> = {}
  const note = (name: string, rows: number) => {
    tables[name] = rows
    options.onProgress?.(name, rows)
  }
  await holdSending(db)
  try {
    const state = await readSystemState(db)
    await writer.manifest({
      format: 1,
      version: TROPA_VERSION,
      createdAt: new Date(options.now()).toISOString(),
      installation: state.installation,
      epoch: state.epoch,
      migrations: {
        postgres: await listMigrations('postgres', options.migrationsFolder),
        clickhouse: await listMigrations('clickhouse', options.migrationsFolder),
      },
    })
    if (options.withSecret) note('files.secret', await writeSecret(writer, options.dataDir))
    await withSnapshot(pool, async (table, chunks) =>
      note(`postgres.${table.name}`, await writer.section({ store: 'postgres', ...table }, chunks)),
    )
    for (const table of await listHistoryTables(clickhouse))
      note(
        `clickhouse.${table.name}`,
        await writer.section({ store: 'clickhouse', ...table }, readHistory(clickhouse, table)),
      )
    await writer.finish()
  } catch (error) {
    await writer.abort()
    throw error
  } finally {
    await releaseSending(db)
  }
  await db.execute(sql`UPDATE system_state SET last_backup_at = now() WHERE id = 1`)
  return { path: options.path, bytes: (await stat(options.path)).size, tables }
}

async function writeSecret(writer: ReturnType<typeof createBackupWriter>, dataDir: string): Promise<number> {
  const data = await readFile(join(dataDir, 'secret.key')).catch(() => undefined)
  async function* chunks() {
    if (data) yield { data, rows: 1 }
  }
  return writer.section({ store: 'files', name: 'secret.key', columns: [] }, chunks())
}
