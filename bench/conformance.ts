import { type JourneysPlan, pathsQuery, SETTINGS } from '../features/conformance/server/journeys-query.ts'
import type { PathRow } from '../features/conformance/server/models/count-journeys.ts'
import { countJourneys } from '../features/conformance/server/run-count.ts'
import { codeScenario } from '../features/conformance/server/scenario-path.ts'
import type { ScenarioStep } from '../features/touchpoints/contract.ts'
import { getDefaultRegistry } from '../features/touchpoints/server/reads.ts'
import type { Clickhouse, QueryOptions } from '../platform/clickhouse.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * Half a year of journeys beside an intended path: `npx tsx bench/conformance.ts [million events]`. The statement against
 * SQL that a person would write by hand for the same sequences, with the same FINAL and the same join of identities; the
 * run stops where a number differs. Then the sequences read and counted in their thread.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = 2
const SHOP = 1
const FROM = Date.UTC(2026, 4, 1)
const TO = Date.UTC(2026, 10, 1)

const step = (stage: string, touchpoints: string[], isOptional = false): ScenarioStep => ({
  ...{ stage, touchpoints, isOptional },
})
const SCENARIO = [
  step('search', ['search_ad', 'organic_search'], true),
  step('site', ['product_page']),
  step('order', ['cart']),
  step('order', ['checkout']),
  step('delivery', ['carrier']),
  step('receipt', ['branch']),
  step('opinion', ['survey'], true),
]

/** Tokens are those of the product, so that both sides can be compared; everything else is written out. */
function writeByHand({ keys, values }: JourneysPlan['scenario']): string {
  const list = (items: readonly (string | number)[]) =>
    `[${items.map((one) => (typeof one === 'string' ? `'${one}'` : one)).join(', ')}]`
  const tokenOf = (column: string) => `transform(${column}, ${list(keys)}, ${list(values)}, 0)`
  return `SELECT path, count() AS journeys FROM (
  SELECT arrayCompact(arrayFilter(t -> t > 1, arrayMap(m -> m.3, leg))) AS path, leg[1].1 AS at
  FROM (
    SELECT arrayJoin(arraySplit((m, gap) -> gap > 2592000000, marks, arrayDifference(arrayMap(m -> m.1, marks)))) AS leg
    FROM (
      SELECT if(l.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, l.person) AS p, arraySort(groupArrayArray(e.marks)) AS marks
      FROM (
        SELECT identity, toUnixTimestamp64Milli(ts) AS at, arrayFilter(m -> m.3 > 0, [
          (at, 0, multiIf(name = 'Order Completed', 65000, name = 'Order Delivered', 65001, 0)), (at, 1, ${tokenOf('arrival')}),
          (at, 2, if(name IN ('Page Measured', 'Standard Measured') OR name = 'Feedback Given' AND touchpoint != 'survey', 0, ${tokenOf('touchpoint')}))
        ]) AS marks
        FROM events FINAL WHERE shop = ${SHOP} AND ts >= toDateTime64('2026-04-01', 3, 'UTC') AND ts < toDateTime64('2027-01-01', 3, 'UTC')
      ) AS e LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = ${SHOP} AND deleted = 0) AS l ON l.identity = e.identity
      GROUP BY p HAVING notEmpty(marks)
    )
  )
  WHERE at >= ${FROM} AND at < ${TO}
)
GROUP BY path`
}

async function run<Row>(clickhouse: Clickhouse, sql: string, options: QueryOptions = {}) {
  const begun = performance.now()
  const rows = await clickhouse.query<Row>(sql, { ...options, kind: 'report' })
  return { rows, ms: performance.now() - begun }
}

/** How many journeys went each way. */
const tell = (rows: readonly Pick<PathRow, 'path' | 'journeys'>[]) => {
  const found = new Map<string, number>()
  for (const { path, journeys } of rows) found.set(path.join(), (found.get(path.join()) ?? 0) + journeys)
  return [...found].sort().join(' ')
}

const system = await openBenchSystem('conformance')
try {
  const { clickhouse } = system.deps
  await fillJourneys(clickhouse, SHOP, MILLIONS * 1e6)
  const scenario = codeScenario(SCENARIO, getDefaultRegistry().registry)
  const side = { period: { from: FROM, to: TO }, persons: () => ({ sql: '1', params: {} }) }
  const plan = { shop: SHOP, scenario, side, now: Date.UTC(2027, 0, 1) }
  const query = pathsQuery(plan)
  const byHand = writeByHand(scenario)
  const [ours, hand]: [number[], number[]] = [[], []]
  let rows: PathRow[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await run<PathRow>(clickhouse, query.sql, { params: query.params, settings: SETTINGS })
    const theirs = await run<PathRow>(clickhouse, byHand)
    if (tell(mine.rows) !== tell(theirs.rows)) throw new Error('The sequences by hand are others.')
    ours.push(mine.ms)
    hand.push(theirs.ms)
    rows = mine.rows
  }
  const begun = performance.now()
  const counts = await countJourneys(rows, scenario.path, 'ordered')
  const reading = performance.now() - begun
  const [mine, theirs] = [Math.min(...ours), Math.min(...hand)]
  const cold = (ours[0] as number) + reading
  printFigures(
    'conformance',
    [
      {
        what: `statement (${counts.journeys} journeys, ${rows.length} sequences)`,
        value: `${(mine / theirs).toFixed(2)}× (${Math.round(theirs)} → ${Math.round(mine)} ms)`,
        goal: '1.5×',
        met: mine / theirs <= 1.5,
      },
      { what: 'sequences read in their thread', value: `${Math.round(reading)} ms` },
      { what: 'asked for the first time', value: `${Math.round(cold)} ms`, goal: '8 s', met: cold < 8_000 },
    ],
    { millionEvents: MILLIONS, ours, hand, reading },
  )
} finally {
  await system.close()
}
