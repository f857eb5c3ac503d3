import { answerCohorts, planCohorts } from '../features/cohorts/server/answer-cohorts.ts'
import { cohortsQuery } from '../features/cohorts/server/cohorts-query.ts'
import { RETURNS, type Return } from '../features/cohorts/vocabulary.ts'
import { type Day, localDay } from '../kernel/time.ts'
import type { Clickhouse } from '../platform/clickhouse.ts'
import type { ShopContext } from '../platform/http/access.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * Cohorts by week: `npx tsx bench/cohorts.ts [million events]`. Against SQL that a person would write by hand for the
 * same numbers, with the same FINAL and the same join of identities, in turns in one run; then the whole answer, cold and
 * from memory.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = 3
const SHOP = 1
const ZONE = 'Europe/Kyiv'
const shop = { id: SHOP, timeZone: ZONE, currency: 'UAH' } as ShopContext
const DAYS = { from: localDay(Date.UTC(2026, 4, 4), ZONE), to: localDay(Date.UTC(2026, 7, 3), ZONE) }
const OBSERVED: Day = localDay(Date.UTC(2026, 9, 20, 12), ZONE)

const LINKED = `e LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = ${SHOP} AND deleted = 0) AS l ON l.identity = e.identity`
const PERSON = `if(l.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, l.person)`
const NONE = "('Standard Measured', 'Page Measured', 'Feedback Given')"

/** Of each person the days, then a line for each day after the first; the sum of all cells stands for the table. */
function byHand(returns: Return): string {
  const days = {
    contact: `SELECT identity, groupUniqArray(toDate(ts, '${ZONE}')) AS days, min(toDate(ts, '${ZONE}')) AS first
    FROM events FINAL WHERE shop = ${SHOP} AND (arrival != '' OR touchpoint != '') AND name NOT IN ${NONE} GROUP BY identity`,
    visit: `SELECT identity, groupUniqArrayIf(toDate(ts, '${ZONE}'), kind IN ('page', 'screen')) AS days, min(toDate(ts, '${ZONE}')) AS first
    FROM events FINAL WHERE shop = ${SHOP} AND (arrival != '' OR touchpoint != '') AND name NOT IN ${NONE} GROUP BY identity`,
    order: `SELECT identity, groupUniqArray(toDate(placed, '${ZONE}')) AS days, min(toDate(placed, '${ZONE}')) AS first
    FROM (SELECT any(identity) AS identity, min(ts) AS placed FROM events FINAL
      WHERE shop = ${SHOP} AND order_id != '' AND name IN ('Order Completed', 'Order Placed') GROUP BY order_id) GROUP BY identity`,
  }
  return `SELECT toMonday(first) AS week, count() AS n, ${Array.from({ length: 12 }, (_, at) => `countIf(has(weeks, ${at}))`).join(' + ')} AS back
FROM (
  SELECT first, arrayMap(d -> intDiv(d - first - 1, 7), arrayFilter(d -> d > first, days)) AS weeks
  FROM (
    SELECT ${PERSON} AS p, min(e.first) AS first, groupUniqArrayArray(e.days) AS days
    FROM (${days[returns]}) AS ${LINKED} GROUP BY p
    HAVING first >= '2026-05-04' AND first < '2026-08-03'
  )
) GROUP BY week ORDER BY week`
}

async function time<Row>(clickhouse: Clickhouse, sql: string, params?: Record<string, unknown>) {
  const begun = performance.now()
  const rows = await clickhouse.query<Row>(sql, { params, kind: 'report' })
  return { rows, ms: performance.now() - begun }
}

async function compare(clickhouse: Clickhouse, returns: Return) {
  const query = cohortsQuery(planCohorts(shop, { days: DAYS, size: 'week', returns, observed: OBSERVED }))
  const [ours, hand]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await time<{ n: number; within: number[] }>(clickhouse, query.sql, query.params)
    const theirs = await time<{ n: number; back: number }>(clickhouse, byHand(returns))
    const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0)
    const [mineTold, theirsTold] = [
      [sum(mine.rows.map(({ n }) => n)), sum(mine.rows.flatMap(({ within }) => within))],
      [sum(theirs.rows.map(({ n }) => n)), sum(theirs.rows.map(({ back }) => back))],
    ]
    if (mineTold.join() !== theirsTold.join())
      throw new Error(`${returns}: ${mineTold} persons and returns, by hand ${theirsTold}`)
    ours.push(mine.ms)
    hand.push(theirs.ms)
  }
  return { returns, ours: Math.min(...ours), byHand: Math.min(...hand) }
}

const system = await openBenchSystem('cohorts')
try {
  const { clickhouse } = system.deps
  await fillJourneys(clickhouse, SHOP, MILLIONS * 1e6)
  const results = []
  for (const returns of RETURNS) results.push(await compare(clickhouse, returns))
  const deps = { ...system.deps, now: () => Date.UTC(2026, 9, 20, 12) }
  const ask = async () => {
    const begun = performance.now()
    await answerCohorts(deps, shop, { from: '2026-05-04', to: '2026-08-03' })
    return performance.now() - begun
  }
  const cold = await ask()
  const again = Math.min(await ask(), await ask(), await ask())
  printFigures(
    'cohorts',
    [
      ...results.map(({ returns, ours, byHand: hand }) => ({
        what: `return by ${returns}`,
        value: `${(ours / hand).toFixed(2)}× (${Math.round(hand)} → ${Math.round(ours)} ms)`,
        goal: '1.5×',
        met: ours / hand <= 1.5,
      })),
      { what: 'the whole answer, cold', value: `${Math.round(cold)} ms`, goal: '8 s', met: cold < 8000 },
      { what: 'the same again', value: `${again.toFixed(1)} ms`, goal: '50 ms', met: again < 50 },
    ],
    { millionEvents: MILLIONS, results, cold, again },
  )
} finally {
  await system.close()
}
