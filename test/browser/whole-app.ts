import { createAuthenticator, findOwnerLink } from '../../features/accounts/server/actions.ts'
import { createClickhouse } from '../../platform/clickhouse.ts'
import { createSilentLog } from '../../platform/log.ts'
import { createPostgres } from '../../platform/postgres.ts'
import type { Settings } from '../../platform/room.ts'
import { access } from '../../server/access.ts'
import { buildApp } from '../../server/app.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { openSystem } from '../../server/open-system.ts'
import { rooms } from '../../server/rooms.ts'
import { openEmptyStores } from '../empty-stores.ts'
import { getWebRoot } from './web-root.ts'

export interface WholeApp {
  url: string
  /** The path of the one-time link that the first start prints. */
  ownerLink: string
  close(): Promise<void>
}

/** A first start as an owner meets it: empty stores of its own, every room, the built pages. */
export async function openWholeApp(): Promise<WholeApp> {
  const stores = await openEmptyStores(process.env.TEST_DATABASE_URL)
  await prepareSchema(stores)
  const settings: Settings = {
    dataDir: stores.dataDir,
    publicUrl: 'http://localhost:3000',
    secret: Buffer.alloc(32, 7),
    embedded: { postgres: true, clickhouse: true },
    trustProxy: false,
  }
  const system = await openSystem({ ...stores, log: createSilentLog(), rooms, settings })
  const authenticator = createAuthenticator(system.deps)
  const app = await buildApp({ deps: system.deps, rooms, access, authenticator, webRoot: getWebRoot() })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url,
    ownerLink: (await findOwnerLink(system.deps)) ?? '',
    async close() {
      await app.close()
      await system.close()
      await stores.close()
    },
  }
}

async function prepareSchema(urls: { databaseUrl: string; clickhouseUrl: string }): Promise<void> {
  const log = createSilentLog()
  const postgres = createPostgres(urls.databaseUrl, log, { max: 1 })
  const clickhouse = createClickhouse(urls.clickhouseUrl)
  await migrate({ pool: postgres.pool, clickhouse, log })
  await Promise.all([postgres.close(), clickhouse.close()])
}
