import { loadDemo } from '../demo/load/load-demo.ts'
import { readDemoOptions } from '../demo/options.ts'
import { ZONE } from '../demo/world/places.ts'
import { FINDING_OUTCOMES, NEWS_DAYS } from '../features/boards/vocabulary.ts'
import { answerChanges } from '../features/changes/server/reads.ts'
import { answerDrivers } from '../features/drivers/server/actions.ts'
import { answerMap } from '../features/journeys/server/reads.ts'
import { formatDay } from '../kernel/time.ts'
import { type Figure, printFigures } from './lib/figures.ts'
import { drainEffects, openBenchSystem } from './lib/open-bench-system.ts'

/**
 * What the first page asks of the demo shop, one after another, with nothing in memory and once more: `npx tsx bench/first-page.ts
 * [persons]`. At night it is asked so for the morning.
 */
const AGAIN_MS = 50

const options = readDemoOptions({ persons: process.argv[2] }, Date.now())
const system = await openBenchSystem('first-page')
try {
  const { deps } = system
  const { shop } = await loadDemo(deps, options)
  await drainEffects(deps)
  const context = { ...shop, currency: 'UAH', timeZone: ZONE, role: 'owner' as const }
  const lastDays = { from: formatDay(options.end + 1 - NEWS_DAYS), to: formatDay(options.end + 1) }
  const questions: Record<string, () => Promise<unknown>> = {
    map: () => answerMap(deps, context, { ...lastDays, compare: 'previous' }),
    ...Object.fromEntries(
      FINDING_OUTCOMES.map((outcome) => [
        `drivers of ${outcome}`,
        () => answerDrivers(deps, context, { outcome }),
      ]),
    ),
    changes: () => answerChanges(deps, context, {}),
  }
  const figures: Figure[] = []
  const data: Record<string, { cold: number; again: number }> = {}
  for (const [name, ask] of Object.entries(questions)) {
    const cold = await measure(ask)
    const again = Math.min(...[await measure(ask), await measure(ask), await measure(ask)])
    data[name] = { cold, again }
    const value = `cold ${(cold / 1_000).toFixed(1)} s, again ${again.toFixed(0)} ms (1 : ${(cold / again).toFixed(0)})`
    figures.push({ what: name, value, goal: `again < ${AGAIN_MS} ms`, met: again < AGAIN_MS })
  }
  printFigures('first-page', figures, { persons: options.persons, ...data })
} finally {
  await system.close()
}

async function measure(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await ask()
  return performance.now() - began
}
