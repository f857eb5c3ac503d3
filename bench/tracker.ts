import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, CDPSession } from 'playwright-core'
import { openChromium } from '../test/browser/chromium.ts'
import { percentile, printFigures } from './lib/figures.ts'

/**
 * What the browser script costs a page: its size, and the time for which it holds the page's main thread on a processor
 * slowed four times; the median of first loads, each in a browser context of its own (nothing compiled, nothing cached).
 *
 * The browser's own trace says it: of the page's main thread, every piece of work that belongs to the script (compiling,
 * running, its timers and listeners, what they call in the browser, what the browser does on the way, such as waiting for
 * the storage), by the clock on the wall, each moment once. Parsing happens on another thread and doesn't count. "At
 * load" is what ends before the page's load event does, and the script's own run in any case; "afterwards" is the rest
 * until the first view and what came with it are on their way.
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

const load = middle(costs.map((cost) => cost.loadMs))
const after = middle(costs.map((cost) => cost.afterMs))
const longest = middle(costs.map((cost) => cost.longestMs))
const worst = Math.max(...costs.map((cost) => cost.longestMs))
const loadWorst = Math.max(...costs.map((cost) => cost.loadMs))
printFigures(
  'tracker',
  [
    { what: 'packed (gzip), bytes', value: String(packed), goal: '< 3072', met: packed < 3_072 },
    { what: 'unpacked, bytes', value: String(Buffer.byteLength(script)) },
    { what: 'main thread at load, 4× slowed, ms', value: load.toFixed(2), goal: '< 5', met: load < 5 },
    { what: '… the slowest load', value: loadWorst.toFixed(2) },
    { what: 'afterwards, in several tasks, ms', value: after.toFixed(2) },
    { what: 'longest of all, ms', value: longest.toFixed(2), goal: '< 50', met: longest < 50 },
    { what: '… in the slowest load', value: worst.toFixed(2) },
  ],
  { packed, loadMs: load, loadWorstMs: loadWorst, afterMs: after, longestMs: longest, worstMs: worst, loads },
)

interface LoadCost {
  loadMs: number
  afterMs: number
  longestMs: number
}

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** Beginning and length, in microseconds. */
  ts: number
  dur?: number
  args?: { data?: { url?: string } }
}

async function measureLoad(chromium: Browser): Promise<LoadCost> {
  const context = await chromium.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    categories: 'devtools.timeline,v8.compile',
  })
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await page.goto(url)
  await sent
  await page.waitForFunction('performance.now() > 1200')
  const events = await endTrace(session)
  await context.close()
  return readCost(events)
}

function readCost(events: readonly TraceEvent[]): LoadCost {
  const own = events.filter(({ args }) => args?.data?.url?.endsWith('/t.js'))
  const run = own.find(({ name }) => name === 'EvaluateScript')
  if (!run) throw new Error('The trace has no run of the script.')
  const pieces = findOutermost(own.filter(({ pid, tid }) => pid === run.pid && tid === run.tid))
  const loaded = events.find(({ name, pid }) => name === 'MarkLoad' && pid === run.pid)?.ts ?? run.ts
  const isAtLoad = (piece: TraceEvent) => piece.ts < loaded || piece === run
  return {
    loadMs: sum(pieces.filter(isAtLoad)),
    afterMs: sum(pieces.filter((piece) => !isAtLoad(piece))),
    longestMs: Math.max(...pieces.map(({ dur = 0 }) => dur)) / 1_000,
  }
}

/** What stands inside another piece is counted with that. */
function findOutermost(events: readonly TraceEvent[]): TraceEvent[] {
  const pieces: TraceEvent[] = []
  let end = 0
  for (const event of [...events].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    if (event.ts < end) continue
    pieces.push(event)
    end = event.ts + (event.dur ?? 0)
  }
  return pieces
}

function sum(events: readonly TraceEvent[]): number {
  return events.reduce((total, { dur = 0 }) => total + dur, 0) / 1_000
}

function middle(values: readonly number[]): number {
  return percentile(values, 0.5)
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
  return `<!doctype html><title>Teas</title><script async src="/t.js" data-key="wk_bench" data-consent="full"></script>
    <h1>Teas</h1><ul>${goods.join('')}</ul><p>Call us and say <b data-tropa-code></b></p>`
}
