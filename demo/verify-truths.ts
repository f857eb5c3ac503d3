import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { tellCoverage } from './analysis/tell-coverage.ts'
import { type DemoOptions, readDemoOptions } from './options.ts'
import type { ShopFindings } from './product/find-both.ts'
import { findBoth } from './product/find-both.ts'
import { expected } from './truths.ts'

/**
 * Simulates many shops, each with a seed of its own, and counts in how many of them the 95 % interval of each finding holds the
 * planted truth: of the product's report of drivers, of the plain comparison, and of a second method that shares no code with it.
 * No server needed. Usage: npm run verify:truth -- [data sets] [persons] [seconds at most] [first seed]
 */
const FIRST_SEED = 1_000
const END = '2026-11-22'
const PROGRESS_MS = 15_000

/** `--import tsx` has no say in a worker thread; there it is registered by hand. */
const START = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(import.meta.url)})))`

if (isMainThread) await verify()
else await simulateWhileAsked(workerData as DemoOptions)

async function verify(): Promise<void> {
  const [sets = '2000', persons = '10000', seconds = '36000', seed = String(FIRST_SEED)] =
    process.argv.slice(2)
  const options = readDemoOptions({ persons, end: END }, Date.now())
  const began = performance.now()
  const shops = await simulate(options, { sets: Number(sets), seed: Number(seed), seconds: Number(seconds) })
  const took = ((performance.now() - began) / 1_000).toFixed(0)
  process.stdout.write(
    `${shops.length} shops of ${persons} persons, seeds from ${seed}, in ${took} s\n${tellCoverage(shops, expected(options.truths))}`,
  )
}

interface Plan {
  sets: number
  seed: number
  seconds: number
}

/** Spreads seeds over the processors; whoever is done takes the next one, until all are taken or time is up. */
async function simulate(options: DemoOptions, { sets, seed, seconds }: Plan): Promise<ShopFindings[]> {
  const began = performance.now()
  const shops: ShopFindings[] = []
  let next = 0
  const takeSeed = () =>
    next < sets && performance.now() - began < seconds * 1_000 ? seed + next++ : undefined
  const timer = setInterval(() => tellProgress(shops.length, sets, began, seconds), PROGRESS_MS)
  const count = Math.min(sets, availableParallelism())
  const onShop = (shop: ShopFindings) => void shops.push(shop)
  await Promise.all(Array.from({ length: count }, () => work(options, takeSeed, onShop)))
  clearInterval(timer)
  return shops
}

function tellProgress(done: number, sets: number, began: number, seconds: number): void {
  const passed = (performance.now() - began) / 1_000
  const left = done === 0 ? seconds : Math.min(seconds - passed, (passed / done) * (sets - done))
  process.stderr.write(
    `${done} of ${sets} shops, at most ${Math.ceil(Math.max(0, left) / 60)} minutes more\n`,
  )
}

function work(
  options: DemoOptions,
  takeSeed: () => number | undefined,
  onShop: (shop: ShopFindings) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(START, { workerData: options, eval: true })
    const give = () => worker.postMessage(takeSeed() ?? null)
    worker.on('message', (shop: ShopFindings) => {
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
    else port.postMessage(findBoth({ ...options, seed }))
  })
}
