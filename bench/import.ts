import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { finished } from 'node:stream/promises'
import { createShop } from '../features/accounts/server/actions.ts'
import type { TableMapping } from '../features/imports/contract.ts'
import { compileEvents } from '../features/imports/server/presets/events.ts'
import { openTable } from '../features/imports/server/read-stage.ts'
import { runImport } from '../features/imports/server/run-import.ts'
import { prepareImport } from '../features/imports/server/start-import.ts'
import { createPrng } from '../kernel/prng.ts'
import { printFigures, readMemory } from './lib/figures.ts'
import { openBenchSystem, watchProcessors } from './lib/open-bench-system.ts'

/**
 * A table of events of twelve columns through the whole import, with all consumers at work beside it, against the same
 * file only read and mapped. Then once more, when all of it is there already.  Usage: npx tsx bench/import.ts [rows]
 */
const rows = Number(process.argv[2] ?? 1_000_000)
const system = await openBenchSystem('import')
const { deps, folder } = system

const mapping: TableMapping = {
  fields: {
    name: 'event',
    time: 'time',
    user_id: 'user_id',
    anonymous_id: 'visitor',
    url: 'url',
    referrer: 'referrer',
    value: 'price',
    currency: 'currency',
  },
}

try {
  const path = join(folder, 'events.csv')
  await writeTable(path)
  const { size } = await stat(path)
  const onlyRead = await readOnly(path, size)
  const shop = await createShop(deps.db, { name: 'Bench' })
  const first = await importOnce(shop, path, size, 1)
  const again = await importOnce(shop, path, size, 2)
  report(size, onlyRead, first, again)
} finally {
  await system.close()
}

async function writeTable(path: string): Promise<void> {
  const out = createWriteStream(path)
  out.write('event,time,user_id,visitor,url,referrer,product,category,price,currency,quantity,device\n')
  const random = createPrng(7)
  const started = Date.UTC(2026, 2, 1)
  for (let row = 0; row < rows; row++) {
    const at = new Date(started + (row * 30 * 86_400_000) / rows).toISOString().slice(0, 19).replace('T', ' ')
    const visitor = random.below(Math.ceil(rows / 12))
    const user = visitor % 5 === 0 ? `user-${visitor}` : ''
    const name = random.below(10) === 0 ? 'Product Added' : 'Product Viewed'
    const product = random.below(5_000)
    const line = `${name},${at},${user},v-${visitor},https://shop.example/p/${product},https://www.google.com/,${product},tea,${product / 4},UAH,${random.below(3) + 1},phone\n`
    if (!out.write(line)) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
  }
  out.end()
  await finished(out)
}

async function readOnly(path: string, bytes: number): Promise<number> {
  const began = performance.now()
  const table = await openTable({ name: 'events.csv', path, bytes })
  const options = { shop: 1, timeZone: 'Europe/Kyiv', currency: 'UAH', phoneCountry: 'UA', mapping }
  const read = compileEvents(mapping, table.columns, options)
  for await (const batch of table.batches) for (const { cells } of batch.rows) read(cells)
  return (performance.now() - began) / 1_000
}

interface Run {
  seconds: number
  /** With all effects in PostgreSQL. */
  secondsWithEffects: number
  recorded: number
  duplicates: number
  memoryAboveIdle: number
  allMemoryAboveIdle: number
  /** Processor seconds of this process, PostgreSQL and ClickHouse, effects included. */
  busy: number[]
  loopMaxMs: number
  loopP99Ms: number
}

async function importOnce(shop: number, path: string, bytes: number, modified: number): Promise<Run> {
  global.gc?.()
  const pids = system.pids()
  const idle = process.memoryUsage.rss()
  const idleAll = readMemory(pids)
  const readBusy = watchProcessors(pids)
  const loop = monitorEventLoopDelay({ resolution: 5 })
  let peak = 0
  // The exact way of asking (readMemory) walks all pages and would be measured itself.
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 100)
  loop.enable()
  const files = [{ name: 'events.csv', path, bytes, modified }]
  const began = performance.now()
  let read = 0
  const id = await prepareImport(deps, { shop, preset: 'events', files, mapping, origin: 'cli', by: 'cli' })
  const outcome = await runImport(deps, id, {
    runner: 'bench',
    onProgress: ({ share }) => {
      if (share === 1 && read === 0) read = performance.now() - began
    },
  })
  await deps.runner.drain()
  const whole = performance.now() - began
  loop.disable()
  clearInterval(watching)
  if (outcome?.state !== 'done') throw new Error(`The import ended as ${outcome?.state}.`)
  const { recorded, duplicates } = outcome.progress
  const busy = readBusy()
  return {
    seconds: read / 1_000,
    secondsWithEffects: whole / 1_000,
    recorded,
    duplicates,
    memoryAboveIdle: (peak - idle) / 2 ** 20,
    allMemoryAboveIdle: readMemory(pids) - idleAll,
    busy,
    loopMaxMs: loop.max / 1e6,
    loopP99Ms: loop.percentile(99) / 1e6,
  }
}

function report(bytes: number, onlyRead: number, first: Run, again: Run): void {
  const per = (seconds: number) => `${Math.round(rows / seconds).toLocaleString('en')}/s`
  const scaled = (60 * rows) / 1_000_000
  printFigures(
    'import',
    [
      { what: 'rows', value: `${rows.toLocaleString('en')} (${Math.round(bytes / 1e6)} MB)` },
      {
        what: 'imported, durable',
        value: `${first.seconds.toFixed(1)} s, ${per(first.seconds)}`,
        goal: `${scaled} s`,
        met: first.seconds < scaled && first.recorded === rows,
      },
      { what: 'with all effects', value: `${first.secondsWithEffects.toFixed(1)} s` },
      {
        what: 'processor time: this, PostgreSQL, ClickHouse',
        value: first.busy.map((seconds) => `${seconds.toFixed(1)} s`).join(', '),
      },
      { what: 'only read and mapped', value: `${onlyRead.toFixed(1)} s, ${per(onlyRead)}` },
      { what: 'import ÷ only reading', value: (first.seconds / onlyRead).toFixed(1) },
      {
        what: 'memory above idle',
        value: `${Math.round(first.memoryAboveIdle)} MB`,
        goal: '300 MB',
        met: first.memoryAboveIdle < 300,
      },
      {
        what: 'memory above idle afterwards, engines too',
        value: `${Math.round(first.allMemoryAboveIdle)} MB`,
      },
      {
        what: 'event loop held, p99 and max',
        value: `${first.loopP99Ms.toFixed(0)} and ${first.loopMaxMs.toFixed(0)} ms; the same again ${again.loopP99Ms.toFixed(0)} and ${again.loopMaxMs.toFixed(0)} ms`,
        goal: '50 ms',
        met: Math.max(first.loopMaxMs, again.loopMaxMs) <= 50,
      },
      {
        what: 'the same again',
        value: `${again.seconds.toFixed(1)} s, ${again.recorded} new`,
        goal: '0 new',
        met: again.recorded === 0 && again.duplicates === rows,
      },
    ],
    { rows, bytes, onlyRead, first, again },
  )
}
