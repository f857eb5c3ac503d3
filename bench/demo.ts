import { monitorEventLoopDelay } from 'node:perf_hooks'
import { loadDemo } from '../demo/load/load-demo.ts'
import { readDemoOptions } from '../demo/options.ts'
import { tellByMonth } from '../demo/tell-by-month.ts'
import { printFigures, readMemory } from './lib/figures.ts'
import { openBenchSystem, watchProcessors } from './lib/open-bench-system.ts'

/**
 * The demo shop: made alone, then made and recorded through the product's own way in, with all consumers at work beside
 * it, then once more when all of it is there.  Usage: npx tsx bench/demo.ts [persons]
 */
const options = readDemoOptions({ end: '2026-11-22', persons: process.argv[2] }, Date.now())
const made = makeOnly()
const system = await openBenchSystem('demo')

try {
  await report()
} finally {
  await system.close()
}

function makeOnly(): { seconds: number; events: number } {
  const began = performance.now()
  let events = 0
  for (const { messages } of tellByMonth(options, 10_000)) events += messages.length
  return { seconds: (performance.now() - began) / 1_000, events }
}

async function report(): Promise<void> {
  const { deps } = system
  const pids = system.pids()
  const readBusy = watchProcessors(pids)
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
  const busy = readBusy()
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
