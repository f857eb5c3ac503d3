import { createClient } from '@clickhouse/client'
import { prepareMessage } from '../features/ingestion/server/pipeline.ts'
import type { StepContext } from '../features/ingestion/server/steps/step.ts'
import { getDefaultRegistry } from '../features/touchpoints/server/reads.ts'
import { createPrng } from '../kernel/prng.ts'
import { formatTime } from '../platform/feed/encode-rows.ts'
import { STORED_COLUMNS } from '../platform/feed/event-row.ts'
import { percentile, printFigures, readMemory, readProcessorSeconds } from './lib/figures.ts'
import { load, makeTemplate, type Template } from './lib/load.ts'
import { ID_PLACE, makeMessage } from './lib/make-messages.ts'
import { type BenchServer, startBenchServer } from './lib/start-bench-server.ts'

/**
 * Batches of 100 through HTTP, durable, against the same rows straight into the embedded ClickHouse through its
 * client. Everything on the same cores, in one run.  Usage: npx tsx bench/ingest.ts [seconds] [connections]
 */
const seconds = Number(process.argv[2] ?? 15)
const connections = Number(process.argv[3] ?? 24)
const BATCH = 100
const DIRECT_BLOCK = 10_000

const server = await startBenchServer()
const idle = await server.ask('facts')
const idleMemory = readMemory(idle.pids)
const templates = makeTemplates(server.key)
await load({ ...server, connections, milliseconds: 3_000, templates, run: 'w' })
const before = (await server.ask('facts')).pids.map(readProcessorSeconds)
let peakMemory = 0
const watching = setInterval(() => {
  peakMemory = Math.max(peakMemory, readMemory(idle.pids))
}, 500)
const http = await load({ ...server, connections, milliseconds: seconds * 1_000, templates, run: 'h' })
clearInterval(watching)
const facts = await server.ask('facts')
const busy = facts.pids.map(
  (pid, at) => ((readProcessorSeconds(pid) - (before[at] ?? 0)) / http.seconds) * 100,
)
await server.ask('drain')
const direct = await insertDirectly(server, seconds * 1_000)
await server.stop()
report()

function makeTemplates(key: string): Template[] {
  const random = createPrng(1)
  return Array.from({ length: 40 }, () => {
    const batch = Array.from({ length: BATCH }, () => makeMessage(random, Date.now(), ID_PLACE))
    return makeTemplate('/v1/batch', key, { batch })
  })
}

async function insertDirectly(
  { clickhouseUrl, shop, source }: BenchServer,
  milliseconds: number,
): Promise<number> {
  const client = createClient({ url: clickhouseUrl })
  const context: StepContext = {
    shop: shop + 1_000_000,
    source,
    origin: 'import',
    receivedAt: Date.now(),
    skew: 0,
    kind: undefined,
    optedOut: false,
    isBrowser: false,
    isTextClean: true,
    currency: 'UAH',
    domains: [],
    phoneCountry: 'UA',
    consentMode: 'ignore',
    registry: getDefaultRegistry(),
  }
  const random = createPrng(2)
  const makeBlock = (block: number) =>
    Array.from({ length: DIRECT_BLOCK }, (_, n) => {
      const row = prepareMessage(makeMessage(random, Date.now(), `d${block}-${n}`), context)
      if ('reason' in row) throw new Error(row.detail)
      return {
        ...row,
        sent_ts: formatTime(row.sent_ts),
        ts: formatTime(row.ts),
        received_at: formatTime(row.received_at),
        precedence: 1,
      }
    })
  const settings = { async_insert: 0, wait_end_of_query: 1 } as const
  let rows = 0
  let spent = 0
  for (let block = 0; spent < milliseconds; block++) {
    const values = makeBlock(block)
    const start = performance.now()
    await client.insert({
      table: 'events',
      columns: [...STORED_COLUMNS],
      values,
      format: 'JSONEachRow',
      clickhouse_settings: settings,
    })
    spent += performance.now() - start
    rows += values.length
  }
  await client.close()
  return rows / (spent / 1000)
}

function report(): void {
  const rate = http.events / http.seconds
  const ratio = rate / direct
  const p99 = percentile(http.latencies, 0.99)
  printFigures(
    'ingest',
    [
      {
        what: 'events/s through HTTP, batches of 100',
        value: rate.toFixed(0),
        goal: '>= 15,000',
        met: rate >= 15_000,
      },
      { what: 'rows/s straight into the engine', value: direct.toFixed(0) },
      { what: 'share', value: `${(ratio * 100).toFixed(0)} %`, goal: '>= 30 %', met: ratio >= 0.3 },
      {
        what: 'answer p50 / p99, ms',
        value: `${percentile(http.latencies, 0.5).toFixed(0)} / ${p99.toFixed(0)}`,
      },
      {
        what: 'event loop stood still at most, ms',
        value: facts.loopMaxMs.toFixed(0),
        goal: '<= 50',
        met: facts.loopMaxMs <= 50,
      },
      { what: 'processor: server, engines, %', value: busy.map((share) => share.toFixed(0)).join(', ') },
      { what: 'memory idle, MB', value: idleMemory.toFixed(0), goal: '< 900', met: idleMemory < 900 },
      { what: 'memory at most, MB', value: peakMemory.toFixed(0), goal: '< 1600', met: peakMemory < 1_600 },
      { what: 'answers', value: JSON.stringify(http.statuses) },
    ],
    {
      rate,
      direct,
      ratio,
      p99,
      loopMaxMs: facts.loopMaxMs,
      idleMemory,
      peakMemory,
      connections,
      statuses: http.statuses,
    },
  )
}
