import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { createClickhouse } from '../platform/clickhouse.ts'
import { startEngines } from '../platform/engines/start-engines.ts'
import { createSilentLog } from '../platform/log.ts'
// @ts-expect-error plain JavaScript, shared with the start script
import { buildForTests } from '../scripts/lib/build-all.mjs'
// @ts-expect-error plain JavaScript, shared with the start script
import { root } from '../scripts/lib/root.mjs'
import { migrate } from '../server/migrations/migrate.ts'
import { prepareQuickDataFolder } from './postgres-template.ts'

let stop: (() => Promise<void>) | undefined

/**
 * One pair of engines for the whole run, with the schema in place. When TEST_DATABASE_URL is set, a fresh database on
 * that PostgreSQL server takes the place of the embedded one and is dropped at the end.
 */
export async function setup(): Promise<void> {
  stop = await startAll()
}

export async function teardown(): Promise<void> {
  await stop?.()
}

async function startAll(): Promise<() => Promise<void>> {
  const undo: (() => Promise<unknown>)[] = []
  const undoAll = async () => {
    for (const step of undo.reverse()) await step()
  }
  try {
    await buildForTests(root)
    const dataDir = await mkdtemp(join(tmpdir(), 'tropa-test-'))
    undo.push(() => rm(dataDir, { recursive: true, force: true }))
    const databaseUrl = await makeServerDatabase(process.env.TEST_DATABASE_URL, undo)
    if (databaseUrl === undefined) await prepareQuickDataFolder(dataDir)
    const engines = await startEngines({ dataDir, databaseUrl, log: createSilentLog() })
    undo.push(() => engines.stop())
    await migrateStores(engines.databaseUrl, engines.clickhouseUrl)
    process.env.TROPA_TEST_DATA = dataDir
    process.env.TROPA_TEST_DATABASE_URL = engines.databaseUrl
    process.env.TROPA_TEST_CLICKHOUSE_URL = engines.clickhouseUrl
    return undoAll
  } catch (error) {
    await undoAll()
    throw error
  }
}

async function makeServerDatabase(url: string | undefined, undo: (() => Promise<unknown>)[]) {
  if (url === undefined || url === '') return undefined
  const name = `tropa_test_${process.pid}_${Date.now()}`
  await runOnServer(url, `CREATE DATABASE ${name}`)
  undo.push(() => runOnServer(url, `DROP DATABASE ${name} WITH (FORCE)`))
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.href
}

async function runOnServer(url: string, sql: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 })
  try {
    await pool.query(sql)
  } finally {
    await pool.end()
  }
}

async function migrateStores(databaseUrl: string, clickhouseUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 })
  const clickhouse = createClickhouse(clickhouseUrl)
  try {
    await migrate({ pool, clickhouse, log: createSilentLog() })
  } finally {
    await Promise.all([pool.end(), clickhouse.close()])
  }
}
