import { monitorEventLoopDelay } from 'node:perf_hooks'
import { loadDemo } from '../demo/load/load-demo.ts'
import { readDemoOptions } from '../demo/options.ts'
import { tellByMonth } from '../demo/tell-by-month.ts'
import { printFigures, readMemory } from './lib/figures.ts'
import { drainEffects, openBenchSystem, watchProcessors } from './lib/open-bench-system.ts'

/**
 * The demo shop: made alone, then made and recorded through the product's own way in, with all consumers at work beside
 * it, then once more when all of it is there.  Usage: npx tsx bench/demo.ts [persons]
 */
const options = readDemoOptions({ end: '2026-11-22', persons: process.argv[2] }, Date.now())
const made = makeOnly()
const system = await openBenchSystem('demo')

try {
  report(await measure())
} finally {
  await system.close()
}

function makeOnly(): { seconds: number; events: number } {
  const began = performance.now()
  let events = 0
  for (const { messages } of tellByMonth(options, 10_000)) events += messages.length
  return { seconds: (performance.now() - began) / 1_000, events }
}

/** All of it once, and once more when it is there. */
async function measure() {
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
  await drainEffects(deps)
  const measuredAfter = (performance.now() - began) / 1_000
  loop.disable()
  const busy = readBusy()
  const again = await loadDemo(deps, options)
  const recorded = (recordedAt - began) / 1_000
  const memory = readMemory(pids) - idle
  return { outcome, again, recorded, seconds, measuredAfter, busy, memory, loopMaxMs: loop.max / 1e6 }
}

function report({ outcome, again, busy, ...run }: Awaited<ReturnType<typeof measure>>): void {
  const { recorded, seconds, measuredAfter } = run
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
        what: 'with people and orders',
        value: `${seconds.toFixed(1)} s, ${Math.round(made.events / seconds)} events/s`,
        goal: `${goal} s`,
        met: seconds < goal && outcome.recorded === made.events,
      },
      {
        what: 'with all measured standards in the history',
        value: `${measuredAfter.toFixed(1)} s`,
      },
      {
        what: 'processor time: this, PostgreSQL, ClickHouse',
        value: busy.map((one) => `${one.toFixed(1)} s`).join(', '),
      },
      { what: 'memory above idle, engines too', value: `${Math.round(run.memory)} MB` },
      { what: 'event loop held at most', value: `${run.loopMaxMs.toFixed(0)} ms` },
      { what: 'the same again', value: `${again.recorded} new`, goal: '0 new', met: again.recorded === 0 },
    ],
    { options, made, recorded, seconds, measuredAfter, busy, outcome },
  )
}
