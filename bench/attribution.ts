import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createModel, type ModelName } from '../features/attribution/server/models/create-model.ts'
import { partPersons } from '../features/attribution/server/models/persons-apart.ts'
import { runModels } from '../features/attribution/server/run-models.ts'
import { STEP_SEPARATOR } from '../features/paths/server/reads.ts'
import { createPrng } from '../kernel/prng.ts'
import { printFigures } from './lib/figures.ts'

/**
 * Attribution on a million distinct paths of thirty channels, and Shapley values of twelve: each model by itself, then
 * the whole report with its ranges in its thread, with the longest stop of this thread's event loop.
 * `npx tsx bench/attribution.ts [paths]`
 */
const PATHS = Number(process.argv[2] ?? 1_000_000)

function inventPaths(channels: number): number[][] {
  const prng = createPrng(`paths of ${channels}`)
  const seen = new Set<string>()
  const paths: number[][] = []
  while (paths.length < PATHS) {
    const path = Array.from({ length: 3 + prng.below(8) }, () => prng.below(channels))
    const key = path.join(' ')
    if (seen.has(key)) continue
    seen.add(key)
    paths.push(path)
  }
  return paths
}

const weightOf = (at: number) => ({
  conversions: at % 3 === 0 ? 1 : 0,
  value: at % 3 === 0 ? 900 : 0,
  nulls: at % 3,
})

function time(name: ModelName, order: number, channels: number, paths: readonly number[][]): number {
  const begun = performance.now()
  const model = createModel(name, { order, halfLife: 2, isDirect: (channel) => channel === 0 })
  paths.forEach((steps, at) => {
    model.add(steps, weightOf(at))
  })
  model.finish(channels)
  return (performance.now() - begun) / 1000
}

const thirty = inventPaths(30)
const figures: Record<string, number> = {
  markov1Seconds: time('markov', 1, 30, thirty),
  markov2Seconds: time('markov', 2, 30, thirty),
  shapley12Seconds: time('shapley', 1, 12, inventPaths(12)),
}
const rows = partPersons(
  thirty.map((path, at) => {
    return { path: path.join(STEP_SEPARATOR), ...weightOf(at), foreign: 0, anonymous: 0 }
  }),
)
for (const order of [1, 2]) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const begun = performance.now()
  await runModels([rows], { order, withNulls: true, halfLife: 2 })
  figures[`report${order}Seconds`] = (performance.now() - begun) / 1000
  figures[`report${order}LongestStopMs`] = delay.max / 1e6
  delay.disable()
}
const GOALS: Record<string, number> = {
  markov1Seconds: 5,
  markov2Seconds: 5,
  shapley12Seconds: 1,
  report1LongestStopMs: 50,
  report2LongestStopMs: 50,
}
const told = Object.entries(figures).map(([what, value]) => {
  const goal = GOALS[what]
  return {
    what,
    value: value.toFixed(2),
    ...(goal !== undefined && { goal: `< ${goal}`, met: value < goal }),
  }
})
printFigures('attribution', told, { paths: PATHS, ...figures })
