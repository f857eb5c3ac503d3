import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { analyseAttribution } from '../features/attribution/server/analyse-attribution.ts'
import type { ModelName } from '../features/attribution/server/models/create-model.ts'
import { createBadRows, openRows } from '../features/imports/server/reads.ts'
import { createPrng } from '../kernel/prng.ts'
import { type Figure, printFigures } from './lib/figures.ts'

/** Attribution of a file of paths over 30 channels, against only reading the file.  Usage: npx tsx bench/analyse.ts [rows] */
const rows = Number(process.argv[2] ?? 1_000_000)
const folder = await mkdtemp(join(tmpdir(), 'tropa-bench-analyse-'))
const file = join(folder, 'paths.csv')
const nowhere = { isTerminal: false, wantsJson: false, line() {}, json() {}, remark() {} }
const columns = { path: 'path', conversions: 'conversions', value: 'value', nulls: 'nulls' }

try {
  await writePaths()
  const reading = await time(async () => {
    const { read } = await openRows(file, createBadRows(false))
    await read(() => undefined)
  })
  const figures: Figure[] = [{ what: `reading ${rows} rows`, value: `${reading.toFixed(2)} s` }]
  const ratios: Record<string, number> = {}
  for (const [model, order] of [
    ['linear', 1],
    ['markov', 1],
    ['markov', 2],
    ['shapley', 1],
  ] as const) {
    const seconds = await time(() => analyse(model, order))
    ratios[`${model} ${order}`] = seconds / reading
    figures.push({
      what: `${model}, order ${order}`,
      value: `${seconds.toFixed(2)} s, ${(seconds / reading).toFixed(2)}×`,
      goal: '< 10 s',
      met: seconds < 10,
    })
  }
  printFigures('analyse', figures, { rows, reading, ratios })
} finally {
  await rm(folder, { recursive: true })
}

function analyse(model: ModelName, order: number) {
  const args = { model, order, halfLife: 1, direct: ['direct'], withNulls: true, separator: ' > ', columns }
  return analyseAttribution(file, { ...args, mayLeaveOut: false }, nowhere)
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await run()
  return (performance.now() - began) / 1000
}

async function writePaths(): Promise<void> {
  const prng = createPrng('paths')
  const out = createWriteStream(file)
  out.write('path,conversions,value,nulls\n')
  for (let done = 0; done < rows; done += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - done) }, () => {
      const steps = Array.from({ length: 2 + prng.below(8) }, () => `channel ${prng.below(30)}`)
      const conversions = prng.below(3)
      return `${steps.join(' > ')},${conversions},${conversions * 100},${prng.below(5)}\n`
    })
    if (!out.write(lines.join(''))) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
  }
  out.end()
  await finished(out)
}
