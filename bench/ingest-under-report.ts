import { createPrng } from '../kernel/prng.ts'
import { createClickhouse } from '../platform/clickhouse.ts'
import { percentile, printFigures } from './lib/figures.ts'
import { fillEvents } from './lib/fill-events.ts'
import { load, makeTemplate } from './lib/load.ts'
import { ID_PLACE, makeMessage } from './lib/make-messages.ts'
import { startBenchServer } from './lib/start-bench-server.ts'

/**
 * How long single events wait while one heavy report runs over a long history.
 * Usage: npx tsx bench/ingest-under-report.ts [million events] [connections] [data folder that is kept]
 */
const millions = Number(process.argv[2] ?? 20)
const connections = Number(process.argv[3] ?? 50)
// The history was made inside the engine, so consumers have never seen it: they are left out.
const server = await startBenchServer({ dataDir: process.argv[4], consumes: false })
const clickhouse = createClickhouse(server.clickhouseUrl)
await fillEvents(clickhouse, server.shop, millions * 1_000_000)
const templates = makeTemplates(server.key)

const quiet = await load({ ...server, connections, milliseconds: 8_000, templates, run: 'q' })
let reports = 0
let isMeasuring = true
const start = performance.now()
const reporting = (async () => {
  while (isMeasuring) {
    await runReport()
    reports++
  }
})()
const busy = await load({ ...server, connections, milliseconds: 25_000, templates, run: 'b' })
isMeasuring = false
await reporting
const reportSeconds = (performance.now() - start) / 1000 / reports
await clickhouse.close()
await server.stop()

const [before, during] = [percentile(quiet.latencies, 0.99), percentile(busy.latencies, 0.99)]
printFigures(
  'ingest-under-report',
  [
    { what: 'events in the history', value: `${millions} million` },
    { what: 'p99 without a report, ms', value: before.toFixed(0) },
    { what: 'p99 while one runs, ms', value: during.toFixed(0), goal: '< 250', met: during < 250 },
    { what: 'slowest while one runs, ms', value: percentile(busy.latencies, 1).toFixed(0) },
    {
      what: 'requests/s without, while one runs',
      value: `${(quiet.answered / quiet.seconds).toFixed(0)}, ${(busy.answered / busy.seconds).toFixed(0)}`,
    },
    { what: 'one report takes, s', value: reportSeconds.toFixed(1) },
    { what: 'answers', value: JSON.stringify(busy.statuses) },
  ],
  { millions, connections, p99: before, p99During: during, reportSeconds, reports, statuses: busy.statuses },
)

/** Groups every event of the shop by person and day: more than any screen asks for at once. */
async function runReport(): Promise<void> {
  await clickhouse.query(
    `SELECT name, uniqExact(identity), quantileExact(0.5)(length(properties)), uniqExact(path)
     FROM events FINAL WHERE shop = {shop:UInt32} GROUP BY name`,
    { params: { shop: server.shop }, kind: 'report' },
  )
}

function makeTemplates(key: string) {
  const random = createPrng(1)
  return Array.from({ length: 200 }, () =>
    makeTemplate('/v1/t', key, makeMessage(random, Date.now(), ID_PLACE)),
  )
}
