import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { startEngines } from '../platform/engines/start-engines.ts'
import { createSilentLog } from '../platform/log.ts'
import { prepareQuickDataFolder } from './postgres-template.ts'

export interface EmptyStores {
  dataDir: string
  databaseUrl: string
  clickhouseUrl: string
  close(): Promise<void>
}

/** Fresh engines over a data folder of their own, with no schema. With a server's URL, PostgreSQL is a new database there. */
export async function openEmptyStores(serverUrl?: string): Promise<EmptyStores> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tropa-stores-'))
  const database = serverUrl === undefined ? undefined : await makeTestDatabase(serverUrl)
  if (!database) await prepareQuickDataFolder(dataDir)
  const engines = await startEngines({ dataDir, databaseUrl: database?.url, log: createSilentLog() })
  return {
    dataDir,
    databaseUrl: engines.databaseUrl,
    clickhouseUrl: engines.clickhouseUrl,
    async close() {
      await engines.stop()
      await database?.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** A new, empty database on a PostgreSQL server. */
export async function makeTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `tropa_test_${randomUUID().replaceAll('-', '_')}`
  await onServer(serverUrl, `CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function onServer(url: string, statement: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 })
  try {
    await pool.query(statement)
  } finally {
    await pool.end()
  }
}
