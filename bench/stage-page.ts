import { listStageWords } from '../features/journeys/server/list-stage-words.ts'
import type { Question } from '../features/journeys/server/map-question.ts'
import { takePicture } from '../features/journeys/server/picture.ts'
import { takeCourse } from '../features/journeys/server/stage-report.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * The busiest stage as a page beside the map of the same period: `npx tsx bench/stage-page.ts [million events]`. Its
 * course and readings, and a page of words, without anything kept in memory.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = 5
const SHOP = 1
const STAGE = 'site'
const question: Question = {
  shop: SHOP,
  zone: 'Europe/Kyiv',
  currency: 'UAH',
  period: { from: Date.UTC(2026, 3, 1), to: Date.UTC(2026, 11, 1) },
  segment: { key: 'all' },
  compare: undefined,
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await run()
  return performance.now() - begun
}

const system = await openBenchSystem('stage-page')
const { deps } = system
try {
  await fillJourneys(deps.clickhouse, SHOP, MILLIONS * 1e6)
  const best = {
    map: Number.POSITIVE_INFINITY,
    course: Number.POSITIVE_INFINITY,
    words: Number.POSITIVE_INFINITY,
  }
  // In turns, so that whatever else the machine does slows all alike; the quickest of each tells the cost.
  for (let round = 0; round < ROUNDS; round++) {
    best.map = Math.min(best.map, await time(() => takePicture(deps, question)))
    best.course = Math.min(best.course, await time(() => takeCourse(deps, question, STAGE)))
    best.words = Math.min(best.words, await time(() => listStageWords(deps, question, STAGE, {})))
  }
  const ratio = best.course / best.map
  printFigures(
    'stage-page',
    [
      {
        what: `course and readings of the busiest stage, beside the map of ${MILLIONS} million events`,
        value: `${ratio.toFixed(2)}× (${Math.round(best.map)} → ${Math.round(best.course)} ms)`,
        goal: '1.5×',
        met: ratio <= 1.5,
      },
      { what: 'a page of words', value: `${Math.round(best.words)} ms` },
    ],
    { millionEvents: MILLIONS, ratio, ...best },
  )
} finally {
  await system.close()
}
