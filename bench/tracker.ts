import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, CDPSession } from 'playwright-core'
import { openChromium } from '../test/browser/chromium.ts'
import { percentile, printFigures } from './lib/figures.ts'

/**
 * What the browser script costs a page: its size, and the time of the main thread from its first instruction to the
 * first view queued, on a processor slowed four times; the median of fresh browsers' first loads.
 * Usage: npm run build && npx tsx bench/tracker.ts [loads]
 */
const loads = Number(process.argv[2] ?? 20)
const script = readFileSync(join(import.meta.dirname, '..', 'dist', 'tracker', 't.js'), 'utf8')
const packed = gzipSync(script, { level: 9 }).length

const server = createServer((request, response) => {
  const isScript = request.url === '/t.js'
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
  if (isScript) response.end(script)
  else response.end(request.method === 'POST' ? '{}' : makePage())
})
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

const browser = await openChromium()
const costs: LoadCost[] = []
for (let load = 0; load < loads; load++) costs.push(await measureLoad(browser))
await browser.close()
server.close()

const load = percentile(
  costs.map((cost) => cost.loadMs),
  0.5,
)
const longest = Math.max(...costs.map((cost) => cost.longestMs))
printFigures(
  'tracker',
  [
    { what: 'packed (gzip), bytes', value: String(packed), goal: '< 3072', met: packed < 3_072 },
    { what: 'unpacked, bytes', value: String(Buffer.byteLength(script)) },
    { what: 'main thread at load, 4× slowed, ms', value: load.toFixed(2), goal: '< 5', met: load < 5 },
    {
      what: 'longest task with the script in it, ms',
      value: longest.toFixed(1),
      goal: '< 50',
      met: longest < 50,
    },
  ],
  { packed, loadMs: load, longestMs: longest, loads },
)

interface LoadCost {
  loadMs: number
  longestMs: number
}

interface TraceEvent {
  name: string
  /** Time of the thread, in microseconds: what other programs take from it meanwhile is not in it. */
  tdur?: number
  args?: { data?: { url?: string } }
}

/** Reads the browser's own trace: the time in which it compiles and runs the script, and later runs its timers. */
async function measureLoad(chromium: Browser): Promise<LoadCost> {
  const context = await chromium.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    categories: 'devtools.timeline,v8.compile',
  })
  await page.goto(url)
  await page.waitForFunction('window.tropa && performance.now() > 600')
  const events = await endTrace(session)
  await context.close()
  const own = events.filter(({ args }) => args?.data?.url?.endsWith('/t.js'))
  const runs = own.filter(({ name }) => ['EvaluateScript', 'v8.compile', 'FunctionCall'].includes(name))
  const first = runs.filter(({ name }) => name === 'EvaluateScript')
  return {
    loadMs: sum(first) / 1_000,
    longestMs: Math.max(...runs.map(({ tdur = 0 }) => tdur)) / 1_000,
  }
}

function sum(events: readonly TraceEvent[]): number {
  return events.reduce((total, { tdur = 0 }) => total + tdur, 0)
}

async function endTrace(session: CDPSession): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  return events
}

/** A page of a shop, with enough in it to be one. */
function makePage(): string {
  const goods = Array.from(
    { length: 60 },
    (_, n) => `<li><a href="/product/${n}">Tea ${n}</a> <button>Buy</button></li>`,
  )
  return `<!doctype html><title>Teas</title><script async src="/t.js" data-key="bench" data-consent="full"></script>
    <h1>Teas</h1><ul>${goods.join('')}</ul><p>Call us and say <b data-tropa-code></b></p>`
}
