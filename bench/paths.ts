import { answerFlow, runPaths } from '../features/paths/server/answer-paths.ts'
import { type FlowRow, flowQuery } from '../features/paths/server/flow-query.ts'
import { codeNodes, END, keyOf, ON } from '../features/paths/server/node-codes.ts'
import { stepsQuery } from '../features/paths/server/steps-query.ts'
import type { PathPlan } from '../features/paths/server/units-query.ts'
import { variantsQuery } from '../features/paths/server/variants-query.ts'
import { MAX_STEPS, MAX_VARIANTS } from '../features/paths/vocabulary.ts'
import { getDefaultRegistry } from '../features/touchpoints/server/reads.ts'
import type { Deps } from '../platform/room.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * The flow of paths over a long history: `npx tsx bench/paths.ts [million events]`. Against SQL that a
 * person would write by hand for the same numbers, with the same FINAL and the same join of identities; then the other
 * two pictures, and the report asked again.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = MILLIONS > 5 ? 1 : 3
const SHOP = 1
const PERIOD = { from: Date.UTC(2026, 4, 15), to: Date.UTC(2026, 11, 1) }
const DEPTH = 5

const codes = codeNodes(getDefaultRegistry().registry, 'touchpoint')
const plan: PathPlan = {
  ...{ shop: SHOP, period: PERIOD, now: PERIOD.to, unit: 'journey', until: 'order', repeats: false },
  ...{ codes, currency: 'UAH' },
}
const flow = { ...plan, direction: 'forward' as const, depth: DEPTH, at: undefined }

/** By hand: moments as tuples (of one instant by the beginning of the event's hash, as the product has them), persons joined event by event, paths cut, followed and counted in plain array functions. */
const BY_HAND = `SELECT link.1 AS column, link.2 AS a, link.3 AS b, count() AS n FROM (
SELECT arrayJoin(arrayZip(range(1, length(way)), arrayPopBack(way), arrayPopFront(way))) AS link FROM (
SELECT arrayPushBack(arraySlice(nodes, 1, ${DEPTH}), multiIf(length(nodes) > ${DEPTH}, '@on', has(kinds, 2), '@ordered', last >= toDateTime64('2026-12-01', 3, 'UTC') - toIntervalDay(30), '@open', '@left')) AS way FROM (
SELECT arrayMap(c -> c.2, cut) AS kinds, cut[-1].1 AS last, arrayFilter(c -> c.2 < 2, cut) AS met,
  arrayMap(c -> c.3, arrayFilter((c, i) -> i = 1 OR c.3 != met[i - 1].3, met, arrayEnumerate(met))) AS nodes
FROM (
SELECT if(arrayExists(c -> c.2 = 2, leg), arraySlice(leg, 1, arrayFirstIndex(c -> c.2 = 2, leg)), leg) AS cut FROM (
SELECT arrayJoin(arraySplit((c, gap) -> gap > 2592000000, contacts, arrayDifference(arrayMap(c -> toUnixTimestamp64Milli(c.1), contacts)))) AS leg FROM (
SELECT if(l.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, l.person) AS p, arrayMap(c -> (c.1, c.3, c.4), arraySort(groupArray((e.ts, e.tie, e.contact.1, e.contact.2)))) AS contacts
FROM (
SELECT identity, ts, bitShiftRight(reinterpretAsUInt64(message_hash), 54) AS tie, contact FROM events FINAL
ARRAY JOIN [(0, toString(arrival)), (1, toString(touchpoint)), (2, if(name = 'Order Completed', '@order', ''))] AS contact
WHERE shop = ${SHOP} AND ts >= toDateTime64('2026-04-15', 3, 'UTC') AND ts < toDateTime64('2026-12-01', 3, 'UTC')
  AND name NOT IN ('Page Measured', 'Standard Measured') AND (name != 'Feedback Given' OR stage = 'opinion') AND contact.2 != ''
) AS e LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = ${SHOP} AND deleted = 0) AS l ON l.identity = e.identity
GROUP BY p
)
)
WHERE leg[1].1 >= toDateTime64('2026-05-15', 3, 'UTC')
)
)
WHERE notEmpty(nodes)
)
)
GROUP BY column, a, b`

async function time<T>(run: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const begun = performance.now()
  const result = await run()
  return { ms: performance.now() - begun, result }
}

interface HandRow {
  column: number
  a: string
  b: string
  n: number
}

const PLACES: Record<number, string> = {
  [END.left]: '@left',
  [END.ordered]: '@ordered',
  [END.open]: '@open',
  [ON]: '@on',
}
const nameOf = (code: number) => PLACES[code] ?? keyOf(codes, code)

/** The same numbers on both sides, or there is nothing to compare. Returns how many there are. */
function checkSame(ours: readonly FlowRow[], hand: readonly HandRow[]): number {
  const mine = ours.flatMap(({ column, from, to, n }) =>
    column === 0 ? [] : [`${column} ${nameOf(from)} ${nameOf(to)} ${n}`],
  )
  const theirs = hand
    .filter(({ a, b }) => a !== '@order' && b !== '@order')
    .map(({ column, a, b, n }) => `${column} ${a} ${b} ${n}`)
  const strange = [
    ...mine.filter((one) => !theirs.includes(one)),
    ...theirs.filter((one) => !mine.includes(one)),
  ]
  if (strange.length > 0) throw new Error(`Not the same numbers:\n${strange.slice(0, 10).join('\n')}`)
  return mine.length
}

async function measure(deps: Deps): Promise<void> {
  await fillJourneys(deps.clickhouse, SHOP, MILLIONS * 1e6)
  const [ours, byHand]: [number[], number[]] = [[], []]
  let numbers = 0
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await time(() => runPaths<FlowRow>(deps, flowQuery(flow)))
    const theirs = await time(() =>
      deps.clickhouse.query<HandRow>(BY_HAND, {
        kind: 'report',
        settings: { max_memory_usage: '1900000000' },
      }),
    )
    numbers = checkSame(mine.result, theirs.result)
    ours.push(mine.ms)
    byHand.push(theirs.ms)
  }
  const variants = await time(() =>
    runPaths(deps, variantsQuery({ ...plan, maxSteps: MAX_STEPS, top: MAX_VARIANTS, through: [] })),
  )
  const steps = await time(() => runPaths(deps, stepsQuery(plan)))
  const repeated = await timeRepeated(deps)
  const [mine, theirs] = [Math.min(...ours), Math.min(...byHand)]
  const ms = (value: number) => `${Math.round(value)} ms`
  printFigures(
    'paths',
    [
      {
        what: `flow against SQL by hand, the same ${numbers} numbers`,
        value: `${(mine / theirs).toFixed(2)}× (${ms(theirs)} → ${ms(mine)})`,
        goal: '1.5×',
        met: mine / theirs <= 1.5,
      },
      { what: 'flow', value: ms(mine), goal: '8 s', met: mine < 8_000 },
      { what: 'variants', value: ms(variants.ms), goal: '8 s', met: variants.ms < 8_000 },
      { what: 'map of steps', value: ms(steps.ms), goal: '8 s', met: steps.ms < 8_000 },
      { what: 'asked again', value: `${repeated.toFixed(1)} ms`, goal: '50 ms', met: repeated < 50 },
    ],
    {
      millionEvents: MILLIONS,
      ratio: mine / theirs,
      ours: mine,
      byHand: theirs,
      variants: variants.ms,
      steps: steps.ms,
      repeated,
    },
  )
}

/** The whole report, with what it says of itself. */
async function timeRepeated(deps: Deps): Promise<number> {
  const shop = { id: SHOP, timeZone: 'UTC', currency: 'UAH' } as Parameters<typeof answerFlow>[1]
  const ask = () => answerFlow(deps, shop, { from: '2026-05-15', to: '2026-12-01' })
  await ask()
  const times: number[] = []
  for (let round = 0; round < 20; round++) times.push((await time(ask)).ms)
  return times.sort((a, b) => a - b)[10] as number
}

const system = await openBenchSystem('paths')
try {
  await measure(system.deps)
} finally {
  await system.close()
}
