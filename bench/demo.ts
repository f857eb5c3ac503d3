import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { loadDemo } from '../demo/load/load-demo.ts'
import { readDemoOptions } from '../demo/options.ts'
import { tellByMonth } from '../demo/tell-by-month.ts'
import { createClickhouse } from '../platform/clickhouse.ts'
import { startEngines } from '../platform/engines/start-engines.ts'
import { createLog } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import { migrate } from '../server/migrations/migrate.ts'
import { openSystem } from '../server/open-system.ts'
import { rooms } from '../server/rooms.ts'
import { printFigures, readMemory, readProcessorSeconds } from './lib/figures.ts'

/**
 * The demo shop: made alone, then made and recorded through the product's own way in, with all consumers at work beside
 * it, then once more when all of it is there.  Usage: npx tsx bench/demo.ts [persons]
 */
const options = readDemoOptions({ end: '2026-11-22', persons: process.argv[2] }, Date.now())
const folder = await mkdtemp(join(tmpdir(), 'tropa-bench-demo-'))
const log = createLog('warn')
const made = makeOnly()
const engines = await startEngines({ dataDir: folder, log })
const postgres = createPostgres(engines.databaseUrl, log, { max: 1 })
const clickhouse = createClickhouse(engines.clickhouseUrl)
await migrate({ pool: postgres.pool, clickhouse, log })
await Promise.all([postgres.close(), clickhouse.close()])
const system = await openSystem({
  ...engines,
  log,
  rooms,
  settings: {
    dataDir: folder,
    publicUrl: 'http://localhost:3000',
    secret: Buffer.alloc(32, 1),
    embedded: engines.embedded,
    trustProxy: false,
  },
})

try {
  await report()
} finally {
  await system.close()
  await engines.stop()
  await rm(folder, { recursive: true, force: true })
}

function makeOnly(): { seconds: number; events: number } {
  const began = performance.now()
  let events = 0
  for (const { messages } of tellByMonth(options, 10_000)) events += messages.length
  return { seconds: (performance.now() - began) / 1_000, events }
}

async function report(): Promise<void> {
  const { deps } = system
  const pids = [process.pid, ...engines.status().flatMap(({ pid }) => (pid === undefined ? [] : [pid]))]
  const before = pids.map(readProcessorSeconds)
  const idle = readMemory(pids)
  const loop = monitorEventLoopDelay({ resolution: 5 })
  loop.enable()
  const began = performance.now()
  let recordedAt = 0
  const onProgress = () => {
    recordedAt = performance.now()
  }
  const outcome = await loadDemo(deps, options, { onProgress })
  await deps.runner.drain()
  const seconds = (performance.now() - began) / 1_000
  loop.disable()
  const busy = pids.map((pid, at) => readProcessorSeconds(pid) - (before[at] ?? 0))
  const again = await loadDemo(deps, options)
  const recorded = (recordedAt - began) / 1_000
  const goal = (60 * options.persons) / 30_000
  printFigures(
    'demo',
    [
      { what: 'persons and events', value: `${options.persons} and ${made.events}` },
      { what: 'made alone', value: `${made.seconds.toFixed(1)} s` },
      {
        what: 'made and recorded',
        value: `${recorded.toFixed(1)} s, ${Math.round(made.events / recorded)} events/s`,
      },
      {
        what: 'with all effects',
        value: `${seconds.toFixed(1)} s, ${Math.round(made.events / seconds)} events/s`,
        goal: `${goal} s`,
        met: seconds < goal && outcome.recorded === made.events,
      },
      {
        what: 'processor time: this, PostgreSQL, ClickHouse',
        value: busy.map((one) => `${one.toFixed(1)} s`).join(', '),
      },
      { what: 'memory above idle, engines too', value: `${Math.round(readMemory(pids) - idle)} MB` },
      { what: 'event loop held at most', value: `${(loop.max / 1e6).toFixed(0)} ms` },
      { what: 'the same again', value: `${again.recorded} new`, goal: '0 new', met: again.recorded === 0 },
    ],
    { options, made, recorded, seconds, busy, outcome },
  )
}
