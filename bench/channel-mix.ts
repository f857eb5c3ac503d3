import { codeCare } from '../features/channel-mix/server/care-codes.ts'
import type { MixPlan } from '../features/channel-mix/server/mix-plan.ts'
import { type MixRow, mixQuery } from '../features/channel-mix/server/mix-query.ts'
import { toSide } from '../features/channel-mix/server/mix-result.ts'
import { runReport } from '../features/reports/server/reads.ts'
import { getDefaultRegistry } from '../features/touchpoints/server/reads.ts'
import type { Clickhouse } from '../platform/clickhouse.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys, mergeMonths } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * The channel mix over a long history: `npx tsx bench/channel-mix.ts [million events]`. Against SQL that a person would
 * write by hand for the same numbers, with the same FINAL and the same join of identities, in turns in one run.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = MILLIONS > 5 ? 2 : 5
const SHOP = 1
const DAY = 86_400_000
/** A quarter: over half a year of 20 million events the statement by hand needs more memory than a report may have. */
const PERIOD = { from: Date.UTC(2026, 7, 1), to: Date.UTC(2026, 10, 1) }
const { registry } = getDefaultRegistry()
const plan: MixPlan = {
  ...{ shop: SHOP, period: PERIOD, currency: 'UAH', codes: codeCare(registry) },
  persons: () => ({ sql: '1', params: {} }),
}

/** Of buyers every third calls and every fourth chats before the order; half say how the order was. */
async function addCare(clickhouse: Clickhouse): Promise<void> {
  // Orders come from a subquery: an alias of the same name would be asked for in their place.
  const add = (changes: string, which: string) =>
    clickhouse.command(
      `INSERT INTO events SELECT * REPLACE (${changes}) FROM (
         SELECT * REPLACE (reinterpretAsUUID(sipHash128(message_hash, '${changes.length}')) AS message_hash) FROM events
         WHERE shop = ${SHOP} AND name = 'Order Completed' AND ${which})`,
    )
  const asked = (touchpoint: string, channel: string) =>
    `'Contact Started' AS name, '' AS order_id, '${touchpoint}' AS touchpoint, '' AS arrival, '${channel}' AS channel, ts - INTERVAL 1 HOUR AS ts, sent_ts - INTERVAL 1 HOUR AS sent_ts`
  await add(asked('phone_call', 'phone'), 'cityHash64(order_id) % 3 = 0')
  await add(asked('chat', 'chat'), 'cityHash64(order_id) % 4 = 0')
  await add(
    `'Feedback Given' AS name, 'survey' AS touchpoint, toFloat64(cityHash64(order_id, 1) % 5) / 2 - 1 AS valence, ts + INTERVAL 9 DAY AS ts, sent_ts + INTERVAL 9 DAY AS sent_ts`,
    'cityHash64(order_id) % 2 = 0',
  )
}

const PERSON = `if(l.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, l.person)`
const LINKED = `e LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = ${SHOP} AND deleted = 0) AS l ON l.identity = e.identity`
const since = (ms: number) => `fromUnixTimestamp64Milli(toInt64(${ms}))`
const MODERN = "('chat', 'assistant', 'faq')"
const CLASSIC = "('phone_call', 'call_back', 'email_form', 'store_talk')"

/** Orders with what carries their number: problems, what was said, recommendation, money, category, how it ended. */
const ORDERS = `SELECT ${PERSON} AS person, e.placed AS at, 1 AS is_order, 0 AS is_contact, 0 AS bit, e.bad AS bad, e.words AS words, e.said AS said,
    e.money AS money, e.category AS category, e.bought AS bought, e.settled AS settled, e.asked AS asked, e.score AS score
  FROM (
    SELECT argMinIf(identity, ts, name = 'Order Completed') AS identity, toUnixTimestamp64Milli(minIf(ts, name = 'Order Completed')) AS placed,
      maxIf(measured, measure = 'days_late') > 0 OR countIf(touchpoint = 'complaint' OR name = 'Case Opened') > 0 AS bad,
      countIf(valence IS NOT NULL) AS words, sumIf(ifNull(valence, 0), valence IS NOT NULL) AS said,
      toFloat64(argMinIf(ifNull(amount, 0), ts, name = 'Order Completed')) AS money,
      argMinIf(JSONExtractString(properties, 'products', 1, 'category'), ts, name = 'Order Completed') AS category,
      countIf(name IN ('Order Delivered', 'Order Received')) > 0 AS bought, bought OR countIf(name = 'Order Refused') > 0 AS settled,
      countIf(name = 'Feedback Given' AND valence IS NULL AND JSONExtractString(properties, 'kind') = 'nps') AS asked,
      sumIf(JSONExtractFloat(properties, 'score'), name = 'Feedback Given' AND valence IS NULL AND JSONExtractString(properties, 'kind') = 'nps') AS score
    FROM events FINAL WHERE shop = ${SHOP} AND order_id != '' AND ts >= ${since(PERIOD.from - 365 * DAY)} AND ts < ${since(PERIOD.to + 120 * DAY)}
    GROUP BY order_id HAVING countIf(name = 'Order Completed') > 0 AND placed < ${PERIOD.to}
  ) AS ${LINKED}`

/** What buyers did and said, since all people's would not fit into a report's memory; what carries an order's number breaks a silence only. */
const CONTACTS = `SELECT ${PERSON} AS person, toUnixTimestamp64Milli(e.ts) AS at, 0 AS is_order, e.name != 'Feedback Given' AS is_contact,
    if(e.order_id != '' OR NOT is_contact, 0, multiIf(e.touchpoint IN ${MODERN}, 2, e.touchpoint IN ${CLASSIC}, 1, 0)) AS bit, 0 AS bad,
    if(e.order_id = '' AND e.valence IS NOT NULL, 1, 0) AS words, if(words > 0, ifNull(e.valence, 0), 0) AS said,
    0. AS money, '' AS category, 0 AS bought, 0 AS settled, 0 AS asked, 0. AS score
  FROM (
    SELECT identity, ts, touchpoint, name, order_id, valence FROM events FINAL
    WHERE shop = ${SHOP} AND ts >= ${since(PERIOD.from - 90 * DAY)} AND ts < ${since(PERIOD.to)}
      AND (arrival != '' OR touchpoint != '') AND name NOT IN ('Standard Measured', 'Page Measured')
  ) AS ${LINKED}
  WHERE person IN (SELECT person FROM (${ORDERS}) WHERE at >= ${PERIOD.from})`

/** Both in one row of time: an order has what came since the order before it and since thirty days of silence. */
const ORDERS_WITH_CARE = `SELECT person, groupBitOr(bit) AS mix, max(bad) AS is_bad, sum(words) AS n, sum(said) / n AS mark, sum(money) AS amount,
    max(category) AS kind, max(bought) AS is_bought, max(settled) AS is_settled, sum(asked) AS is_asked, sum(score) AS scored, leg > 0 AS returning
  FROM (
    SELECT *, sum(begins) OVER (PARTITION BY person ORDER BY at, is_order ROWS UNBOUNDED PRECEDING) AS journey,
      sum(is_order) OVER (PARTITION BY person ORDER BY at, is_order ROWS UNBOUNDED PRECEDING) - is_order AS leg
    FROM (
      SELECT *, maxIf(at, is_contact) OVER (PARTITION BY person ORDER BY at, is_order ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last,
        is_contact AND at - last > ${30 * DAY} AS begins
      FROM (${ORDERS} UNION ALL ${CONTACTS})
    )
  )
  GROUP BY person, journey, leg HAVING max(is_order) = 1 AND maxIf(at, is_order = 1) >= ${PERIOD.from}`

/** By ways and by what makes orders alike: sums, and for the errors sums of squares and products of persons. */
const BY_HAND = `SELECT unit, mix, is_bad, returning, kind, sum(orders_) AS orders, sum(heard_) AS heard, sum(marks_) AS marks, sum(amount_) AS revenue,
  sum(bought_) AS bought, sum(settled_) AS settled, sum(asked_) AS asked, sum(scored_) AS scored,
  sum(heard_ * heard_) AS nn, sum(heard_ * marks_) AS ny, sum(marks_ * marks_) AS yy, sum(amount_ * amount_) AS aa, sum(orders_ * amount_) AS oa,
  sum(settled_ * settled_) AS ss, sum(settled_ * bought_) AS sb, sum(bought_ * bought_) AS bb
FROM (
  SELECT person, multiIf(mix = 0, 0, bitAnd(mix, 2) = 0, 1, bitAnd(mix, 1) = 0, 2, 3) AS unit, mix, is_bad, returning, kind, count() AS orders_,
    countIf(n > 0) AS heard_, sumIf(mark, n > 0) AS marks_, sum(amount) AS amount_, sum(is_bought) AS bought_, sum(is_settled) AS settled_,
    sum(is_asked) AS asked_, sum(scored) AS scored_
  FROM (${ORDERS_WITH_CARE})
  GROUP BY person, unit, mix, is_bad, returning, kind
)
GROUP BY unit, mix, is_bad, returning, kind`

interface HandRow {
  unit: number
  is_bad: number
  orders: number
  heard: number
  marks: number
  revenue: number
  bought: number
}

async function time<T>(run: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const begun = performance.now()
  const result = await run()
  return { ms: performance.now() - begun, result }
}

/** The same numbers on both sides, or there is nothing to compare. Returns how many there are. */
function checkSame(rows: readonly MixRow[], hand: readonly HandRow[]): number {
  const { groups } = toSide(rows).side
  const ours = groups.flatMap(({ orders, problems, said }) => [
    ...[orders, problems, said.orders],
    (said.raw?.mean ?? 0) / 100,
  ])
  const theirs = groups.flatMap((_, unit) => {
    const cells = hand.filter((one) => one.unit === unit)
    const sum = (what: (row: HandRow) => number) => cells.reduce((all, row) => all + what(row), 0)
    const heard = sum((row) => row.heard)
    const orders = sum((row) => row.orders)
    const problems = sum((row) => row.is_bad * row.orders)
    return [orders, problems, heard, heard > 0 ? sum((row) => row.marks) / heard : 0]
  })
  const differs = ours.some((value, index) => Math.abs(value - (theirs[index] as number)) > 1e-9)
  if (differs) throw new Error(`Not the same numbers: ${ours.join(' ')} and by hand ${theirs.join(' ')}`)
  return ours.length
}

const system = await openBenchSystem('channel-mix')
try {
  const { clickhouse } = system.deps
  await fillJourneys(clickhouse, SHOP, MILLIONS * 1e6)
  await addCare(clickhouse)
  await mergeMonths(clickhouse)
  const [ours, byHand]: [number[], number[]] = [[], []]
  let numbers = 0
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await time(() => runReport<MixRow>(system.deps, mixQuery(plan)))
    const theirs = await time(() =>
      clickhouse.query<HandRow>(BY_HAND, { kind: 'report', settings: { max_memory_usage: '1900000000' } }),
    )
    numbers = checkSame(mine.result, theirs.result)
    ours.push(mine.ms)
    byHand.push(theirs.ms)
  }
  const [cold, best, hand] = [ours[0] as number, Math.min(...ours), Math.min(...byHand)]
  printFigures(
    'channel-mix',
    [
      {
        what: `against SQL by hand, the same ${numbers} numbers`,
        value: `${(best / hand).toFixed(2)}× (${Math.round(hand)} → ${Math.round(best)} ms)`,
        goal: '1.5×',
        met: best / hand <= 1.5,
      },
      { what: 'cold', value: `${(cold / 1_000).toFixed(1)} s` },
    ],
    { millionEvents: MILLIONS, ratio: best / hand, ours: best, byHand: hand, cold },
  )
} finally {
  await system.close()
}
