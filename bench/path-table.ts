import { answerAttribution } from '../features/attribution/server/attribution-report.ts'
import { readQuestion } from '../features/attribution/server/read-question.ts'
import { type PathRow, pathTableQuery } from '../features/paths/server/reads.ts'
import type { Clickhouse } from '../platform/clickhouse.ts'
import type { ShopContext } from '../platform/http/access.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * The heaviest statement of attribution: `npx tsx bench/path-table.ts [million events]`. Against SQL that a person would
 * write by hand for the same paths, with the same FINAL and the same join of identities, in turns in one run; then the
 * whole report, cold and from memory.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = 3
const SHOP = 1
const FROM = Date.UTC(2026, 6, 1)
const TO = Date.UTC(2026, 9, 1)
const DAY = 86_400_000

const LINKED = `e LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = ${SHOP} AND deleted = 0) AS l ON l.identity = e.identity`
const PERSON = `if(l.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, l.person)`
const IS_WAY = `kind IN ('page', 'screen') AND channel NOT IN ('', 'site', 'app', 'unknown')`
const IS_CONTACT = `(arrival != '' OR touchpoint != '') AND name NOT IN ('Standard Measured', 'Page Measured', 'Feedback Given')`

/** Of each person all contacts and orders in the order of time, cut where thirty days are silent and after each order. */
const BY_HAND = `SELECT path, sum(brought) AS conversions, sum(lost) AS nulls FROM (
  SELECT arrayJoin(arrayMap((leg, at) -> (
    arrayStringConcat(arrayLast(w -> notEmpty(w), arraySlice(ways, 1, at)), '>'), leg[-1].2 = 2 AND leg[-1].1 >= ${FROM},
    length(legs) = 1 AND leg[-1].2 != 2 AND arrayExists(m -> m.2 = 1 AND m.1 >= ${FROM}, leg)
  ), legs, arrayEnumerate(legs))) AS told, told.1 AS path, told.2 AS brought, told.3 AS lost
  FROM (
    SELECT legs, arrayMap(leg -> arrayMap(m -> m.3, arrayFilter((m, i) -> i = 1 OR NOT (m.3 = v[i - 1].3 AND m.1 - v[i - 1].1 < 1800000), arrayFilter(m -> m.2 = 1, leg) AS v, arrayEnumerate(v))), legs) AS ways
    FROM (
      SELECT arrayReverseSplit(m -> m.2 = 2, arrayJoin(arraySplit((m, i) -> i > 1 AND m.1 - marks[i - 1].1 > ${30 * DAY}, marks, arrayEnumerate(marks)))) AS legs
      FROM (
        SELECT ${PERSON} AS p, arraySort(groupArray((e.at, e.rank, e.way))) AS marks FROM (
          SELECT identity, toUnixTimestamp64Milli(ts) AS at, toUInt8(${IS_WAY}) AS rank, if(${IS_WAY}, toString(channel), '') AS way
          FROM events FINAL WHERE shop = ${SHOP} AND ts >= fromUnixTimestamp64Milli(${FROM - 90 * DAY}) AND ts < fromUnixTimestamp64Milli(${TO}) AND (${IS_WAY} OR ${IS_CONTACT})
          UNION ALL
          SELECT argMin(identity, ts), toUnixTimestamp64Milli(min(ts)), toUInt8(2), '' FROM events FINAL
          WHERE shop = ${SHOP} AND name IN ('Order Completed', 'Order Placed') AND order_id != '' AND ts >= fromUnixTimestamp64Milli(${FROM - 90 * DAY}) AND ts < fromUnixTimestamp64Milli(${TO})
          GROUP BY order_id
        ) AS ${LINKED} GROUP BY p
      )
    )
  )
) WHERE brought + lost > 0 GROUP BY path ORDER BY conversions DESC, nulls DESC, path`

type Told = Pick<PathRow, 'path' | 'conversions' | 'nulls'>

async function time<Row>(clickhouse: Clickhouse, sql: string, params?: Record<string, unknown>) {
  const begun = performance.now()
  const rows = await clickhouse.query<Row>(sql, { params, kind: 'report' })
  return { rows, ms: performance.now() - begun }
}

const sumOf = (rows: readonly Told[]) =>
  [
    rows.length,
    rows.reduce((sum, row) => sum + row.conversions, 0),
    rows.reduce((sum, row) => sum + row.nulls, 0),
  ].join(' ')

async function compare(clickhouse: Clickhouse) {
  const { sql, params } = pathTableQuery({
    shop: SHOP,
    period: { from: FROM, to: TO },
    currency: 'UAH',
    by: 'channel',
    conversion: 'ordered',
  })
  const [ours, hand]: [number[], number[]] = [[], []]
  let told = ''
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await time<Told>(clickhouse, sql, params)
    const theirs = await time<Told>(clickhouse, BY_HAND)
    told = sumOf(mine.rows)
    if (told !== sumOf(theirs.rows))
      throw new Error(`${told} paths, orders, nulls; by hand ${sumOf(theirs.rows)}`)
    ours.push(mine.ms)
    hand.push(theirs.ms)
  }
  return { told, ours: Math.min(...ours), byHand: Math.min(...hand) }
}

const system = await openBenchSystem('path-table')
try {
  const { clickhouse } = system.deps
  await fillJourneys(clickhouse, SHOP, MILLIONS * 1e6)
  const { told, ours, byHand } = await compare(clickhouse)
  const shop = { id: SHOP, timeZone: 'UTC', currency: 'UAH' } as ShopContext
  const question = readQuestion({ from: '2026-07-01', to: '2026-10-01' }, shop, Date.now())
  const ask = async () => {
    const begun = performance.now()
    await answerAttribution(system.deps, shop, question)
    return performance.now() - begun
  }
  const cold = await ask()
  const again = Math.min(await ask(), await ask(), await ask())
  printFigures(
    'path-table',
    [
      {
        what: `the path table (${told}: paths, orders, journeys without one)`,
        value: `${(ours / byHand).toFixed(2)}× (${Math.round(byHand)} → ${Math.round(ours)} ms)`,
        goal: '1.5×',
        met: ours / byHand <= 1.5,
      },
      {
        what: 'the whole report, cold',
        value: `${(cold / 1000).toFixed(1)} s`,
        goal: '< 8 s',
        met: cold < 8_000,
      },
      { what: 'asked again', value: `${Math.round(again)} ms`, goal: '< 50 ms', met: again < 50 },
    ],
    { millionEvents: MILLIONS, ours, byHand, cold, again },
  )
} finally {
  await system.close()
}
