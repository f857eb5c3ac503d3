import { drainEffects, openBenchSystem } from '../bench/lib/open-bench-system.ts'
import { loadDemo } from './load/load-demo.ts'
import { readDemoOptions } from './options.ts'
import { findServed, type ServedFinding } from './product/find-served.ts'
import { ZONE } from './world/places.ts'

/**
 * Records the usual demo shop through the whole product, over embedded engines in a folder that goes away with it, and prints every
 * truth beside what the product's own pages say. Usage: npx tsx demo/verify-served.ts [persons]
 */
const options = readDemoOptions({ persons: process.argv[2] }, Date.now())
const system = await openBenchSystem('verify')
try {
  const { deps } = system
  const { shop } = await loadDemo(deps, options)
  await drainEffects(deps)
  const context = { ...shop, currency: 'UAH', timeZone: ZONE, role: 'owner' as const }
  const found = await findServed(deps, context, options)
  const head = 'finding              truth    found     95 % interval      naive   where it stands'
  process.stdout.write(`${shop.name}, ${options.persons} persons\n${[head, ...found.map(tell)].join('\n')}\n`)
} finally {
  await system.close()
}

function tell({ name, truth, found, naive, where }: ServedFinding): string {
  const isRange = found && found.low !== found.high
  return [
    name.padEnd(19),
    write(truth, 7),
    write(found?.value, 8),
    isRange ? `${write(found.low, 8)} …${write(found.high, 7)}` : ''.padStart(17),
    write(naive, 8),
    `  ${where}`,
  ].join(' ')
}

function write(value: number | undefined, width: number): string {
  const text = value === undefined ? '–' : value.toFixed(Math.abs(value) >= 10 ? 1 : 3)
  return text.padStart(width)
}
