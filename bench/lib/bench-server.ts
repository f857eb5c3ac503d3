import { monitorEventLoopDelay } from 'node:perf_hooks'
import {
  createAuthenticator,
  createShop,
  createWriteKey,
  ensureSource,
} from '../../features/accounts/server/actions.ts'
import { listShops } from '../../features/accounts/server/reads.ts'
import { createClickhouse } from '../../platform/clickhouse.ts'
import { startEngines } from '../../platform/engines/start-engines.ts'
import type { LaneWriter } from '../../platform/feed/lane-writer.ts'
import { createLog } from '../../platform/log.ts'
import { createPostgres } from '../../platform/postgres.ts'
import { access } from '../../server/access.ts'
import { buildApp } from '../../server/app.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { openSystem } from '../../server/open-system.ts'
import { rooms } from '../../server/rooms.ts'
import type { ServerFacts, ServerQuestion } from './start-bench-server.ts'

/** The whole product in a process of its own, over embedded engines in the given folder. Talks to its parent. */
const [dataDir = '', commits = 'yes', consumes = 'yes'] = process.argv.slice(2)
const log = createLog('warn')
const engines = await startEngines({ dataDir, log })
const postgres = createPostgres(engines.databaseUrl, log, { max: 1 })
const clickhouse = createClickhouse(engines.clickhouseUrl)
await migrate({ pool: postgres.pool, clickhouse, log })
await Promise.all([postgres.close(), clickhouse.close()])

const system = await openSystem({
  ...engines,
  log,
  rooms,
  consumes: consumes === 'yes',
  settings: {
    dataDir,
    publicUrl: 'http://localhost:3000',
    secret: Buffer.alloc(32, 1),
    embedded: engines.embedded,
    trustProxy: false,
  },
})
const { deps } = system
if (commits !== 'yes') deps.writer = leaveCommitOut(deps.writer)
// A folder that is kept has its shop already, with its history.
const shop =
  (await listShops(deps.db))[0]?.id ??
  (await createShop(deps.db, { name: 'Bench', domains: ['shop.example'] }))
const source = await ensureSource(deps.db, shop, { kind: 'http', name: 'Site' })
const key = await createWriteKey(deps.db, { shop, source })
const app = await buildApp({ deps, rooms, access, authenticator: createAuthenticator(deps) })
const url = await app.listen({ port: 0, host: '127.0.0.1' })
const loop = monitorEventLoopDelay({ resolution: 5 })
loop.enable()

/** Everything but the step that is measured. */
function leaveCommitOut(writer: LaneWriter): LaneWriter {
  return { ...writer, write: async (events) => ({ recorded: events.length, duplicates: 0, refused: [] }) }
}

function readFacts(): ServerFacts {
  const pids = [
    process.pid,
    ...engines.status().flatMap((engine) => (engine.pid === undefined ? [] : [engine.pid])),
  ]
  const facts = {
    pids,
    lagSeconds: deps.runner.lagSeconds(),
    loopMaxMs: loop.max / 1e6,
    loopP99Ms: loop.percentile(99) / 1e6,
  }
  loop.reset()
  return facts
}

async function stop(): Promise<never> {
  await app.close()
  await system.close()
  await engines.stop()
  process.exit(0)
}

process.on('message', async (question: ServerQuestion) => {
  if (question === 'facts') process.send?.(readFacts())
  if (question === 'drain') {
    await deps.runner.drain()
    process.send?.(readFacts())
  }
  if (question === 'stop') await stop()
})
// Whoever measures is gone.
process.on('disconnect', stop)
process.send?.({
  url,
  key,
  shop,
  source,
  clickhouseUrl: engines.clickhouseUrl,
  databaseUrl: engines.databaseUrl,
  lane: deps.writer.lane,
})
