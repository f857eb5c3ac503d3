import { answerFunnel } from '../features/funnels/server/answer-funnel.ts'
import { funnelQuery } from '../features/funnels/server/funnel-query.ts'
import { readQuestion } from '../features/funnels/server/funnel-question.ts'
import type { StepRow } from '../features/funnels/server/funnel-result.ts'
import { type GroundSide, runReport } from '../features/reports/server/reads.ts'
import type { ShopContext } from '../platform/http/access.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { handWrittenFunnel } from './lib/hand-written-funnel.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * The shop's standard funnel over a long history: `npx tsx bench/funnel.ts [million events]`. Its heaviest statement
 * against the SQL that a person would write by hand for the same numbers, with the same FINAL and the same join of
 * identities, in turns in one run; the whole answer cold, and asked again.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = MILLIONS > 5 ? 2 : 5
const SHOP = 1
const NOW = Date.UTC(2026, 11, 31)
const context = { id: SHOP, timeZone: 'UTC', currency: 'UAH' } as ShopContext
const ASKED = { from: '2026-05-01', to: '2026-11-01' }

type HandRow = Pick<StepRow, 'step' | 'n' | 'took'>

async function time<T>(run: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const begun = performance.now()
  const value = await run()
  return { ms: performance.now() - begun, value }
}

const system = await openBenchSystem('funnel')
try {
  const { deps } = system
  await fillJourneys(deps.clickhouse, SHOP, MILLIONS * 1e6)
  const { way, report } = readQuestion(ASKED, context, NOW)
  const everybody: GroundSide = { period: report.period, persons: () => ({ sql: '1', params: {} }) }
  const query = funnelQuery({ shop: SHOP, ...everybody, ...way })
  const { from, to } = report.period
  const times = { from, until: to + way.windowMs, span: to - from, window: way.windowMs }
  const hand = { sql: handWrittenFunnel, params: { shop: SHOP, ...times } }
  const [ours, byHand]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await time(() => runReport<StepRow>(deps, query))
    const theirs = await time(() => runReport<HandRow>(deps, hand))
    const [numbers, expected] = [mine.value, theirs.value].map((rows) =>
      JSON.stringify(rows.map(({ step, n, took }) => [step, n, took])),
    )
    if (numbers !== expected) throw new Error(`Not the same numbers: ${numbers}, by hand ${expected}`)
    ours.push(mine.ms)
    byHand.push(theirs.ms)
  }
  const cold = await time(() => answerFunnel(deps, context, ASKED))
  const again = await time(() => answerFunnel(deps, context, ASKED))
  const ratio = Math.min(...ours) / Math.min(...byHand)
  printFigures(
    'funnel',
    [
      {
        what: `against SQL by hand, ${cold.value.steps.length} steps`,
        value: `${ratio.toFixed(2)}× (${Math.round(Math.min(...byHand))} → ${Math.round(Math.min(...ours))} ms)`,
        goal: '1.5×',
        met: ratio <= 1.5,
      },
      {
        what: 'the whole report, cold',
        value: `${Math.round(cold.ms)} ms`,
        goal: '8000 ms',
        met: cold.ms < 8000,
      },
      { what: 'asked again', value: `${again.ms.toFixed(1)} ms`, goal: '50 ms', met: again.ms < 50 },
    ],
    { millionEvents: MILLIONS, ratio, ours, byHand, cold: cold.ms, again: again.ms },
  )
} finally {
  await system.close()
}
