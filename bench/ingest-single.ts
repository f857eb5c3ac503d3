import { createPrng } from '../kernel/prng.ts'
import { percentile, printFigures } from './lib/figures.ts'
import { type LoadResult, load, makeTemplate, type Template } from './lib/load.ts'
import { ID_PLACE, makeMessage } from './lib/make-messages.ts'
import { startBenchServer } from './lib/start-bench-server.ts'

/**
 * One event a request, durable, at 50 and 256 connections, against the same route with the commit step left out.
 * Usage: npx tsx bench/ingest-single.ts [seconds]
 */
const seconds = Number(process.argv[2] ?? 10)
const few = await measure(50, true)
const many = await measure(256, true)
const uncommitted = await measure(256, false)
const ratio = rateOf(many) / rateOf(uncommitted)
const [p99Few, p99Many] = [percentile(few.latencies, 0.99), percentile(many.latencies, 0.99)]
printFigures(
  'ingest-single',
  [
    { what: 'requests/s at 256 connections', value: rateOf(many).toFixed(0) },
    { what: 'the same without the commit step', value: rateOf(uncommitted).toFixed(0) },
    { what: 'share', value: `${(ratio * 100).toFixed(0)} %`, goal: '>= 35 %', met: ratio >= 0.35 },
    { what: 'p99 at 50 connections, ms', value: p99Few.toFixed(0), goal: '< 100', met: p99Few < 100 },
    { what: 'p99 at 256 connections, ms', value: p99Many.toFixed(0), goal: '< 250', met: p99Many < 250 },
    { what: 'requests/s at 50 connections', value: rateOf(few).toFixed(0) },
    { what: 'answers', value: JSON.stringify([few.statuses, many.statuses, uncommitted.statuses]) },
  ],
  {
    rate: rateOf(many),
    uncommitted: rateOf(uncommitted),
    ratio,
    p99At50: p99Few,
    p99At256: p99Many,
    rateAt50: rateOf(few),
  },
)

async function measure(connections: number, commits: boolean): Promise<LoadResult> {
  const server = await startBenchServer({ commits })
  const templates = makeTemplates(server.key)
  await load({ ...server, connections, milliseconds: 3_000, templates, run: 'w' })
  const result = await load({ ...server, connections, milliseconds: seconds * 1_000, templates, run: 'h' })
  await server.stop()
  return result
}

function makeTemplates(key: string): Template[] {
  const random = createPrng(1)
  return Array.from({ length: 500 }, () => {
    const message = makeMessage(random, Date.now(), ID_PLACE)
    return makeTemplate(message.type === 'page' ? '/v1/p' : '/v1/t', key, message)
  })
}

function rateOf(result: LoadResult): number {
  return (result.statuses['200'] ?? 0) / result.seconds
}
