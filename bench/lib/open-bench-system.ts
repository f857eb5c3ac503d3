import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StandardsRoom } from '../../features/standards/server/room.ts'
import { createClickhouse } from '../../platform/clickhouse.ts'
import { deliverDomainEvents } from '../../platform/domain-events.ts'
import { startEngines } from '../../platform/engines/start-engines.ts'
import { createLog } from '../../platform/log.ts'
import { createPostgres } from '../../platform/postgres.ts'
import type { Deps } from '../../platform/room.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { openSystem } from '../../server/open-system.ts'
import { rooms } from '../../server/rooms.ts'
import { readProcessorSeconds } from './figures.ts'

export interface BenchSystem {
  deps: Deps
  folder: string
  /** Of this process, PostgreSQL and ClickHouse. */
  pids(): number[]
  close(): Promise<void>
}

/**
 * The whole product without its HTTP side, in this process, over embedded engines in a folder that goes away with it; in
 * `BENCH_FOLDER`, where that is set, which stays, so that the next program finds the long history made already.
 */
export async function openBenchSystem(name: string): Promise<BenchSystem> {
  const kept = process.env.BENCH_FOLDER
  const folder = kept ?? (await mkdtemp(join(tmpdir(), `tropa-bench-${name}-`)))
  const log = createLog('warn')
  const engines = await startEngines({ dataDir: folder, log })
  const postgres = createPostgres(engines.databaseUrl, log, { max: 1 })
  const clickhouse = createClickhouse(engines.clickhouseUrl)
  await migrate({ pool: postgres.pool, clickhouse, log })
  await Promise.all([postgres.close(), clickhouse.close()])
  const settings = {
    dataDir: folder,
    publicUrl: 'http://localhost:3000',
    secret: Buffer.alloc(32, 1),
    embedded: engines.embedded,
    trustProxy: false,
  }
  // A long history that was made inside the store was never handed to consumers: they would work through it now.
  const idle = rooms.map((room) => ({ ...room, consumes: undefined, jobs: undefined }))
  const system = await openSystem({ ...engines, log, rooms: kept === undefined ? rooms : idle, settings })
  return {
    deps: system.deps,
    folder,
    pids: () => [process.pid, ...engines.status().flatMap(({ pid }) => (pid === undefined ? [] : [pid]))],
    async close() {
      await system.close()
      await engines.stop()
      if (kept === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Resolves when people, orders and standards know all that was recorded, and the history what was measured. */
export async function drainEffects({ db, runner }: Deps): Promise<void> {
  await runner.drain()
  const standards = rooms.find(({ name }) => name === 'standards') as StandardsRoom
  for (const subscription of standards.subscribes ?? [])
    while ((await deliverDomainEvents(db, subscription)) > 0);
  await standards.drain(db)
}

/** Starts counting processor time; the answer tells how much each process has used since. */
export function watchProcessors(pids: readonly number[]): () => number[] {
  const before = pids.map(readProcessorSeconds)
  return () => pids.map((pid, at) => readProcessorSeconds(pid) - (before[at] ?? 0))
}
