// @ts-expect-error plain JavaScript, shared with the start script
import { buildForTests } from '../scripts/lib/build-all.mjs'
// @ts-expect-error plain JavaScript, shared with the start script
import { root } from '../scripts/lib/root.mjs'
import type { EmptyStores } from './empty-stores.ts'
import { openOwnStores } from './own-stores.ts'
import { WAITING_WORKERS } from './workers.ts'

const open: EmptyStores[] = []

/**
 * A pair of engines for each worker, with the schema in place: test files that run at the same time would otherwise take
 * each other's due work, each by its own clock. When TEST_DATABASE_URL is set, fresh databases on that PostgreSQL server
 * take the place of the embedded ones and are dropped at the end.
 */
export async function setup(): Promise<void> {
  await buildForTests(root)
  const opened = await Promise.allSettled(Array.from({ length: WAITING_WORKERS }, openOwnStores))
  for (const result of opened) if (result.status === 'fulfilled') open.push(result.value)
  const failed = opened.find((result) => result.status === 'rejected')
  if (failed) {
    await teardown()
    throw failed.reason
  }
  const urls = open.map(({ databaseUrl, clickhouseUrl }) => ({ databaseUrl, clickhouseUrl }))
  process.env.TROPA_TEST_ENGINES = JSON.stringify(urls)
}

export async function teardown(): Promise<void> {
  await Promise.allSettled(open.splice(0).map((stores) => stores.close()))
}
