import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { coverTruth, findRegion, type TruthCoverage } from './analysis/coverage.ts'
import { findPlanted } from './analysis/read-rows.ts'
import { type DemoOptions, readDemoOptions } from './options.ts'
import { expected, type FindingKey } from './truths.ts'

/**
 * Simulates many shops, each with a seed of its own, and counts in how many of them the 95 % interval of each finding
 * holds the planted truth, and that of the plain comparison does. No server needed.
 * Usage: npx tsx demo/verify-truths.ts [data sets] [persons] [seconds at most]
 */
type Findings = ReturnType<typeof findPlanted>

const FIRST_SEED = 1_000
const END = '2026-11-22'

/** `--import tsx` has no say in a worker thread; there it is registered by hand. */
const START = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(import.meta.url)})))`

if (isMainThread) await verify()
else await simulateWhileAsked(workerData as DemoOptions)

async function verify(): Promise<void> {
  const [sets = '60', persons = '30000', seconds = '300'] = process.argv.slice(2)
  const options = readDemoOptions({ persons, end: END }, Date.now())
  const began = performance.now()
  const shops = await simulate(options, Number(sets), began + Number(seconds) * 1_000)
  const truths = expected(options.truths)
  const keys = Object.keys(truths) as FindingKey[]
  const rows = keys.map((key) => {
    const findings = shops.map((shop) => shop[key])
    return { key, ...coverTruth(truths[key], findings) }
  })
  const took = ((performance.now() - began) / 1_000).toFixed(0)
  process.stdout.write(
    `${shops.length} shops of ${persons} persons, seeds from ${FIRST_SEED}, in ${took} s\n${write(rows)}`,
  )
}

/** Spreads seeds over the processors; whoever is done takes the next one, until all are taken or time is up. */
async function simulate(options: DemoOptions, sets: number, until: number): Promise<Findings[]> {
  const shops: Findings[] = []
  let next = 0
  const takeSeed = () => (next < sets && performance.now() < until ? FIRST_SEED + next++ : undefined)
  const count = Math.min(sets, availableParallelism())
  await Promise.all(Array.from({ length: count }, () => work(options, takeSeed, (shop) => shops.push(shop))))
  return shops
}

function work(
  options: DemoOptions,
  takeSeed: () => number | undefined,
  onShop: (shop: Findings) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(START, { workerData: options, eval: true })
    const give = () => worker.postMessage(takeSeed() ?? null)
    worker.on('message', (shop: Findings) => {
      onShop(shop)
      give()
    })
    worker.once('error', reject)
    worker.once('exit', () => resolve())
    give()
  })
}

async function simulateWhileAsked(options: DemoOptions): Promise<void> {
  const port = parentPort
  port?.on('message', (seed: number | null) => {
    if (seed === null) port.close()
    else port.postMessage(findPlanted({ ...options, seed }))
  })
}

function write(rows: readonly (TruthCoverage & { key: string })[]): string {
  const lines = [
    'finding              truth    found    ± error   covered      region        naive   covered',
  ]
  for (const { key, truth, found, naive } of rows) {
    const region = findRegion(found.shops, rows.length)
    const isInside = found.covered >= region.low && found.covered <= region.high
    const columns = [
      key.padEnd(19),
      figure(truth, 7),
      figure(found.mean, 8),
      figure(found.error, 10, 4),
      String(found.covered).padStart(9),
      `${region.low} … ${region.high}`.padStart(11),
      isInside ? ' ' : '!',
      naive ? figure(naive.mean, 10) : '–'.padStart(10),
      (naive ? String(naive.covered) : '–').padStart(9),
    ]
    lines.push(columns.join(' '))
  }
  return `${lines.join('\n')}\n`
}

function figure(value: number, width: number, digits = Math.abs(value) >= 10 ? 1 : 3): string {
  return value.toFixed(digits).padStart(width)
}
