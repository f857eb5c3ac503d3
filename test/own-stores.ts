import { createClickhouse } from '../platform/clickhouse.ts'
import { createSilentLog } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import { migrate } from '../server/migrations/migrate.ts'
import { type EmptyStores, openEmptyStores } from './empty-stores.ts'

/**
 * Engines of a test file's own, with the schema in place. For tests that change or erase what is recorded: the engine
 * goes through every part of a table for that, and the shared tables have those of all tests.
 */
export async function openOwnStores(): Promise<EmptyStores> {
  const stores = await openEmptyStores(process.env.TEST_DATABASE_URL || undefined)
  const log = createSilentLog()
  const { pool, close } = createPostgres(stores.databaseUrl, log, { max: 1 })
  const clickhouse = createClickhouse(stores.clickhouseUrl)
  await migrate({ pool, clickhouse, log })
  await Promise.all([clickhouse.close(), close()])
  return stores
}
