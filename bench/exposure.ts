import { answerExposure } from '../features/exposure/server/answer-exposure.ts'
import { planDays } from '../features/exposure/server/exposure-question.ts'
import { historiesQuery } from '../features/exposure/server/histories-query.ts'
import type { HistoryRow } from '../features/exposure/server/models/to-history.ts'
import { parseDay, startOfDay } from '../kernel/time.ts'
import type { Clickhouse } from '../platform/clickhouse.ts'
import type { ShopContext } from '../platform/http/access.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * Contacts and what follows them: `npx tsx bench/exposure.ts [million events]`. The statement against SQL that a person
 * would write by hand for the days of all customers, with the same FINAL and the same join of identities, in turns in one
 * run; then the whole answer, cold and from memory, and how long the event loop stood still meanwhile.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = 3
const SHOP = 1
const ZONE = 'UTC'
const NOW = Date.UTC(2026, 9, 20, 12)
const TOUCHPOINT = 'catalogue'
const shop = { id: SHOP, timeZone: ZONE, currency: 'UAH' } as ShopContext
const DAYS = { from: '2026-06-01', to: '2026-09-01' }
const momentOf = (day: string) => startOfDay(parseDay(day) as number, ZONE)
const { question: days, ...times } = planDays(
  {
    report: { period: { from: momentOf(DAYS.from), to: momentOf(DAYS.to) } },
    ...{ touchpoint: TOUCHPOINT, outcome: 'order', window: 30 },
  },
  ZONE,
  NOW,
)
/** About those that a shop of this size has: fifteen thousand with an order and as many without. */
const CHANCES = { with: Math.min(1, 0.9 / MILLIONS), without: Math.min(1, 0.18 / MILLIONS) }
const plan = { shop: SHOP, timeZone: ZONE, touchpoint: TOUCHPOINT, outcome: 'order' as const, share: 1 }
const query = historiesQuery({
  ...plan,
  ...times,
  chances: CHANCES,
  whom: () => ({ sql: '1', params: {} }),
})

/** Every customer's days with contacts and orders; their number and sums stand for the table. */
const BY_HAND = `SELECT count() AS n, sum(arraySum(arrayMap(d -> d.2, days))) AS seen, sum(length(days)) AS lines, max(phone) AS phones, uniq(channel) AS channels FROM (
  SELECT if(l.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, l.person) AS p, max(e.phone) AS phone, argMin(e.channel, e.first) AS channel,
    groupArray((e.day, e.seen, e.other, e.orders)) AS days
  FROM (
    SELECT identity, toDate(ts, '${ZONE}') AS day, min(ts) AS first, argMin(channel, ts) AS channel, max(device = 'phone') AS phone,
      countIf(touchpoint = '${TOUCHPOINT}' OR arrival = '${TOUCHPOINT}') AS seen,
      countIf(touchpoint NOT IN ('', '${TOUCHPOINT}')) + countIf(arrival NOT IN ('', '${TOUCHPOINT}')) AS other,
      groupUniqArrayIf(order_id, name = 'Order Completed') AS orders
    FROM events FINAL
    WHERE shop = ${SHOP} AND ts >= toDateTime64('${iso(times.moments.from)}', 3, 'UTC') AND ts < toDateTime64('${iso(times.moments.to)}', 3, 'UTC')
      AND (touchpoint != '' OR arrival != '' OR name = 'Order Completed') AND name NOT IN ('Standard Measured', 'Page Measured', 'Feedback Given')
    GROUP BY identity, day
  ) AS e LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = ${SHOP} AND deleted = 0) AS l ON l.identity = e.identity
  GROUP BY p
)`

function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}

async function time<Row>(clickhouse: Clickhouse, sql: string, params?: Record<string, unknown>) {
  const begun = performance.now()
  const rows = await clickhouse.query<Row>(sql, { params, kind: 'report' })
  return { rows, ms: performance.now() - begun }
}

/** In turns, so that whatever else the machine does slows both alike; the quickest of each tells the cost. */
async function compare(clickhouse: Clickhouse) {
  const [ours, hand]: [number[], number[]] = [[], []]
  let persons = 0
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await time<HistoryRow>(clickhouse, query.sql, query.params)
    const theirs = await time<{ n: number }>(clickhouse, BY_HAND)
    const { with: one, without: other } = CHANCES
    const all = mine.rows.reduce((sum, { has }) => sum + 1 / (has ? one : other), 0)
    persons = theirs.rows[0]?.n ?? 0
    if (!(Math.abs(all / persons - 1) < 0.05))
      throw new Error(`about ${Math.round(all)} persons, by hand ${persons}`)
    ours.push(mine.ms)
    hand.push(theirs.ms)
  }
  return { persons, ours: Math.min(...ours), byHand: Math.min(...hand) }
}

/** The longest stretch in which nothing else had its turn, ms. */
async function watchLoop<T>(work: Promise<T>): Promise<{ answer: T; stood: number }> {
  let last = performance.now()
  let stood = 0
  const timer = setInterval(() => {
    const now = performance.now()
    stood = Math.max(stood, now - last - 5)
    last = now
  }, 5)
  try {
    return { answer: await work, stood }
  } finally {
    clearInterval(timer)
  }
}

const system = await openBenchSystem('exposure')
try {
  const { clickhouse } = system.deps
  await fillJourneys(clickhouse, SHOP, MILLIONS * 1e6)
  const result = await compare(clickhouse)
  const deps = { ...system.deps, now: () => NOW }
  const ask = async () => {
    const begun = performance.now()
    const { answer, stood } = await watchLoop(answerExposure(deps, shop, { ...DAYS, touchpoint: TOUCHPOINT }))
    return { ms: performance.now() - begun, stood, days: answer.days, refusal: answer.refusal }
  }
  const cold = await ask()
  const again = Math.min((await ask()).ms, (await ask()).ms)
  const ratio = result.ours / result.byHand
  printFigures(
    'exposure',
    [
      {
        what: `days of ${result.persons} persons`,
        value: `${ratio.toFixed(2)}× (${Math.round(result.byHand)} → ${Math.round(result.ours)} ms)`,
        goal: '1.5×',
        met: ratio <= 1.5,
      },
      {
        what: `the whole answer, cold (${cold.days} days, ${cold.refusal ?? 'answered'})`,
        value: `${Math.round(cold.ms)} ms`,
        goal: '20 s',
        met: cold.ms < 20_000,
      },
      { what: 'the same again', value: `${again.toFixed(1)} ms`, goal: '50 ms', met: again < 50 },
      {
        what: 'the event loop stood',
        value: `${Math.round(cold.stood)} ms`,
        goal: '250 ms',
        met: cold.stood < 250,
      },
    ],
    { millionEvents: MILLIONS, question: days, result, cold, again },
  )
} finally {
  await system.close()
}
