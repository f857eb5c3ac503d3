import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerQuestion } from '../features/journeys/server/journey-map.ts'
import { type LoadsRow, loadsQuery } from '../features/journeys/server/loads-query.ts'
import { type MapRow, mapQuery } from '../features/journeys/server/map-query.ts'
import type { Question } from '../features/journeys/server/map-question.ts'
import { orderNames } from '../features/journeys/server/order-names.ts'
import { planPicture, takePicture } from '../features/journeys/server/picture.ts'
import { runReport } from '../features/journeys/server/run-report.ts'
import { createClickhouse } from '../platform/clickhouse.ts'
import { startEngines } from '../platform/engines/start-engines.ts'
import { createLog } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import type { Deps } from '../platform/room.ts'
import { migrate } from '../server/migrations/migrate.ts'
import { openSystem } from '../server/open-system.ts'
import { findDifferences, type HandAnswers, runByHand } from './lib/compare-maps.ts'
import { printFigures, readMemory } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'

/**
 * The journey map over a long history: `npx tsx bench/journey-map.ts [million events] [folder to keep] [fill]`. Against
 * the hand-written statements in the same run, growth from a tenth of the events, repeated, and four at once. With
 * `fill` it makes the history in the folder, or goes on with it, and measures nothing.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const KEPT = process.argv[3]
const FILL_ONLY = process.argv[4] === 'fill'
const ROUNDS = MILLIONS > 5 ? 1 : 5
const PERIOD = { from: Date.UTC(2026, 3, 1), to: Date.UTC(2026, 11, 1) }
const log = createLog('warn')

const question = (shop: number, shift = 0): Question => ({
  shop,
  zone: 'UTC',
  currency: 'UAH',
  period: { from: PERIOD.from + shift, to: PERIOD.to + shift },
  segment: { key: 'all' },
  compare: undefined,
})

async function time(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await run()
  return performance.now() - begun
}

/** The same numbers on both sides, or there is nothing to compare. Returns how many there are. */
async function checkSame(deps: Deps, shop: number, hand: HandAnswers): Promise<number> {
  const plan = await planPicture(deps, question(shop))
  const rows = await runReport<MapRow>(deps, mapQuery(plan, orderNames))
  const loads = await runReport<LoadsRow>(deps, loadsQuery(plan, orderNames))
  const { compared, differences } = findDifferences(plan.codes, rows, loads, hand)
  if (differences.length > 0) throw new Error(`Not the same numbers:\n${differences.join('\n')}`)
  return compared
}

/** In turns, so that whatever else the machine does slows both alike; the quickest of each tells the cost. */
async function compare(deps: Deps, shop: number) {
  const ours: number[] = []
  const byHand: number[] = []
  let answers: HandAnswers | undefined
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await time(() => takePicture(deps, question(shop))))
    byHand.push(
      await time(async () => {
        answers = await runByHand(deps.clickhouse, { shop, ...PERIOD })
      }),
    )
  }
  const numbers = await checkSame(deps, shop, answers as HandAnswers)
  return { ours: Math.min(...ours), byHand: Math.min(...byHand), numbers }
}

async function timeRepeated(deps: Deps, shop: number): Promise<number> {
  await answerQuestion(deps, question(shop))
  const times: number[] = []
  for (let round = 0; round < 20; round++) times.push(await time(() => answerQuestion(deps, question(shop))))
  return times.sort((a, b) => a - b)[10] as number
}

/** Four different questions at the same moment: the most that server and engines hold in all. */
async function measureFour(deps: Deps, shop: number, pids: readonly number[]): Promise<number> {
  let most = 0
  const watching = setInterval(() => {
    most = Math.max(most, readMemory(pids))
  }, 250)
  await Promise.all([1, 2, 3, 4].map((hour) => takePicture(deps, question(shop, hour * 3_600_000))))
  clearInterval(watching)
  return most
}

async function measure(deps: Deps, pids: readonly number[]): Promise<void> {
  const [small, large] = [1, 2]
  await fillJourneys(deps.clickhouse, small, (MILLIONS * 1e6) / 10)
  await fillJourneys(deps.clickhouse, large, MILLIONS * 1e6)
  if (FILL_ONLY) return
  const tenth = Math.min(
    await time(() => takePicture(deps, question(small))),
    await time(() => takePicture(deps, question(small))),
  )
  const { ours, byHand, numbers } = await compare(deps, large)
  const repeated = await timeRepeated(deps, large)
  const memory = await measureFour(deps, large, pids)
  const [ratio, growth] = [ours / byHand, ours / tenth]
  printFigures(
    'journey-map',
    [
      {
        what: `against SQL by hand, the same ${numbers} numbers`,
        value: `${ratio.toFixed(2)}× (${Math.round(byHand)} → ${Math.round(ours)} ms)`,
        goal: '1.3×',
        met: ratio <= 1.3,
      },
      {
        what: `${MILLIONS / 10} → ${MILLIONS} million events`,
        value: `${growth.toFixed(1)}× (${Math.round(tenth)} → ${Math.round(ours)} ms)`,
        goal: '10×',
        met: growth <= 10,
      },
      { what: 'asked again', value: `${repeated.toFixed(1)} ms`, goal: '50 ms', met: repeated < 50 },
      {
        what: 'four at once, memory in all',
        value: `${Math.round(memory)} MB`,
        goal: '2500 MB',
        met: memory < 2500,
      },
    ],
    { millionEvents: MILLIONS, ratio, growth, ours, byHand, tenth, repeated, memory },
  )
}

const dataDir = KEPT ?? (await mkdtemp(join(tmpdir(), 'tropa-bench-')))
await mkdir(dataDir, { recursive: true })
const engines = await startEngines({ dataDir, log })
const postgres = createPostgres(engines.databaseUrl, log, { max: 1 })
const clickhouse = createClickhouse(engines.clickhouseUrl)
await migrate({ pool: postgres.pool, clickhouse, log })
await Promise.all([postgres.close(), clickhouse.close()])
const system = await openSystem({
  ...engines,
  log,
  rooms: [],
  consumes: false,
  settings: {
    dataDir,
    publicUrl: 'http://localhost:3000',
    secret: Buffer.alloc(32, 1),
    embedded: engines.embedded,
    trustProxy: false,
  },
})
try {
  const pids = [process.pid, ...engines.status().flatMap(({ pid }) => (pid === undefined ? [] : [pid]))]
  await measure(system.deps, pids)
} finally {
  await system.close()
  await engines.stop()
  if (KEPT === undefined) await rm(dataDir, { recursive: true, force: true })
}
