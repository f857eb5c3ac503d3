import { appendFileSync, existsSync, readFileSync } from 'node:fs'
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
 * No server needed. Usage: npm run verify:truth -- [data sets] [persons] [seconds at most] [first seed] [file]
 * With a file, what is found is kept there shop by shop, and what is there already isn't looked for again. Ctrl+C ends it after the
 * shops that are being looked at, and prints what is known by then.
 */
const FIRST_SEED = 1_000
const END = '2026-11-22'
const PROGRESS_MS = 15_000

/** A shop's messages are garbage as soon as they are told: room for them spares a fifth of the time. */
const ROOMY = { maxYoungGenerationSizeMb: 256 }

/** `--import tsx` has no say in a worker thread; there it is registered by hand. */
const START = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(import.meta.url)})))`

if (isMainThread) await verify()
else await simulateWhileAsked(workerData as DemoOptions)

async function verify(): Promise<void> {
  const [sets = '2000', persons = '5000', seconds = '7200', seed = String(FIRST_SEED), file] =
    process.argv.slice(2)
  const options = readDemoOptions({ persons, end: END }, Date.now())
  const began = performance.now()
  const plan = { sets: Number(sets), seed: Number(seed), seconds: Number(seconds) }
  const shops = await simulate(options, plan, openNotes(file, options))
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

interface Notes {
  known: ReadonlyMap<number, ShopFindings>
  keep(seed: number, shop: ShopFindings): void
}

interface Note {
  persons: number
  end: number
  truths: DemoOptions['truths']
  seed: number
  shop: ShopFindings
}

/** A line of JSON for each shop; those of other shops than the asked ones are passed over. */
function openNotes(file: string | undefined, { persons, end, truths }: DemoOptions): Notes {
  const isAlike = (note: Note) =>
    JSON.stringify([note.persons, note.end, note.truths]) === JSON.stringify([persons, end, truths])
  const lines = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  const notes = lines.filter((line) => line !== '').map((line) => JSON.parse(line, reviveNaN) as Note)
  return {
    known: new Map(notes.filter(isAlike).map(({ seed, shop }) => [seed, shop])),
    keep(seed, shop) {
      const note: Note = { persons, end, truths, seed, shop }
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(note)}\n`)
    },
  }
}

/** What was refused is no number, which JSON writes as null. */
function reviveNaN(key: string, value: unknown): unknown {
  return value === null && (key === 'estimate' || key === 'error') ? Number.NaN : value
}

/** Spreads seeds over the processors; whoever is done takes the next one, until all are taken or time is up. */
async function simulate(
  options: DemoOptions,
  { sets, seed: first, seconds }: Plan,
  { known, keep }: Notes,
): Promise<ShopFindings[]> {
  const began = performance.now()
  const seeds = Array.from({ length: sets }, (_, at) => first + at)
  const shops = seeds.flatMap((seed) => known.get(seed) ?? [])
  const open = seeds.filter((seed) => !known.has(seed))
  let isOver = false
  onInterrupt(() => {
    isOver = true
  })
  const takeSeed = () => {
    isOver ||= performance.now() - began >= seconds * 1_000
    return isOver ? undefined : open.shift()
  }
  const before = shops.length
  const timer = setInterval(
    () => tellProgress(shops.length - before, sets - before, began, seconds),
    PROGRESS_MS,
  )
  const count = Math.min(open.length, availableParallelism())
  const onShop = (seed: number, shop: ShopFindings) => {
    keep(seed, shop)
    shops.push(shop)
  }
  await Promise.all(Array.from({ length: count }, () => work(options, takeSeed, onShop)))
  clearInterval(timer)
  return shops
}

/** A second Ctrl+C, some time after the first, ends at once. The same one may come twice: from the terminal, and passed on by tsx. */
function onInterrupt(stop: () => void): void {
  let first: number | undefined
  process.on('SIGINT', () => {
    const now = performance.now()
    first ??= now
    if (now - first > 1_000) process.exit(130)
    stop()
  })
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
  onShop: (seed: number, shop: ShopFindings) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(START, { workerData: options, eval: true, resourceLimits: ROOMY })
    const give = () => worker.postMessage(takeSeed() ?? null)
    worker.on('message', ({ seed, shop }: { seed: number; shop: ShopFindings }) => {
      onShop(seed, shop)
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
    else port.postMessage({ seed, shop: findBoth({ ...options, seed }) })
  })
}
