import { compileSegment } from '../features/segments/server/compile-segment.ts'
import type { PlainDefinition } from '../features/segments/server/list-references.ts'
import { sizeQuery } from '../features/segments/server/persons-query.ts'
import type { Clickhouse } from '../platform/clickhouse.ts'
import { printFigures } from './lib/figures.ts'
import { fillJourneys } from './lib/fill-journeys.ts'
import { openBenchSystem } from './lib/open-bench-system.ts'

/**
 * The live size of segments: `npx tsx bench/segments.ts [million events]`. Against SQL that a person would write by hand
 * for the same persons, with the same FINAL and the same join of identities, in turns in one run.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const ROUNDS = 5
const SHOP = 1
const CONTEXT = { shop: SHOP, timeZone: 'UTC', currency: 'UAH', now: Date.UTC(2026, 9, 20, 12) }

const LINKED = `e LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = ${SHOP} AND deleted = 0) AS l ON l.identity = e.identity`
const PERSON = `if(l.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, l.person)`

interface Case {
  name: string
  definition: PlainDefinition
  byHand: string
}

const CASES: Case[] = [
  {
    name: 'ordered, last parcel late, first came by an ad, unhappy',
    definition: {
      all: [
        { about: 'orders', state: 'placed', times: { how: 'at_least', n: 1 } },
        { about: 'parcel', is: 'late', which: 'last' },
        { about: 'touch', which: 'first', by: 'channel', values: ['search_ad', 'display_ad'] },
        { about: 'attitude', how: 'at_most', value: 0, answers: 1 },
      ],
    },
    byHand: `SELECT count() AS n FROM (
  SELECT ${PERSON} AS p, sum(e.orders) AS o, argMax(e.late, e.parcel_at) AS late, max(e.parcel_at) AS parcel,
    argMinIf(e.channel, e.first_at, e.touches > 0) AS channel, sum(e.said) / sum(e.words) AS mean
  FROM (
    SELECT identity, uniqExactIf(order_id, name = 'Order Completed' AND order_id != '') AS orders,
      argMaxIf(measured, ts, measure = 'days_late') AS late, maxIf(ts, measure = 'days_late') AS parcel_at,
      argMinIf(channel, ts, (arrival != '' OR touchpoint != '') AND name NOT IN ('Page Measured', 'Standard Measured', 'Feedback Given')) AS channel,
      minIf(ts, (arrival != '' OR touchpoint != '') AND name NOT IN ('Page Measured', 'Standard Measured', 'Feedback Given')) AS first_at,
      countIf((arrival != '' OR touchpoint != '') AND name NOT IN ('Page Measured', 'Standard Measured', 'Feedback Given')) AS touches,
      sumIf(valence, valence IS NOT NULL) AS said, countIf(valence IS NOT NULL) AS words
    FROM events FINAL WHERE shop = ${SHOP} GROUP BY identity
  ) AS ${LINKED}
  GROUP BY p HAVING o >= 1 AND parcel > toDateTime64(0, 3) AND late > 0 AND channel IN ('search_ad', 'display_ad') AND mean <= 0
)`,
  },
  {
    name: 'met the cart in the last 60 days and didn’t order',
    definition: {
      all: [
        {
          about: 'event',
          which: { touchpoint: 'cart' },
          times: { how: 'at_least', n: 1 },
          when: { lastDays: 60 },
        },
        { about: 'orders', state: 'placed', times: { how: 'exactly', n: 0 }, when: { lastDays: 60 } },
      ],
    },
    byHand: `SELECT count() AS n FROM (
  SELECT ${PERSON} AS p FROM (
    SELECT identity, countIf(touchpoint = 'cart' OR arrival = 'cart') AS carts, countIf(name = 'Order Completed' AND order_id != '') AS orders
    FROM events FINAL WHERE shop = ${SHOP} AND ts >= toDateTime64('2026-08-21', 3, 'UTC') GROUP BY identity
  ) AS ${LINKED}
  GROUP BY p HAVING sum(e.carts) > 0 AND sum(e.orders) = 0
)`,
  },
  {
    name: 'product page, then search, then cart within 7 days',
    definition: {
      about: 'sequence',
      steps: [{ touchpoint: 'product_page' }, { touchpoint: 'site_search' }, { touchpoint: 'cart' }],
      withinDays: 7,
    },
    byHand: `SELECT count() AS n FROM (
  SELECT ${PERSON} AS p, windowFunnel(604800000, 'strict_increase')(toUInt64(toUnixTimestamp64Milli(e.ts)), e.touchpoint = 'product_page', e.touchpoint = 'site_search', e.touchpoint = 'cart') AS got
  FROM (SELECT identity, ts, touchpoint FROM events FINAL WHERE shop = ${SHOP} AND name != 'Page Measured' AND touchpoint IN ('product_page', 'site_search', 'cart')) AS ${LINKED}
  GROUP BY p HAVING got = 3
)`,
  },
]

async function run(clickhouse: Clickhouse, sql: string, params?: Record<string, unknown>) {
  const begun = performance.now()
  const [row] = await clickhouse.query<{ n: number }>(sql, { params, kind: 'report' })
  return { n: row?.n ?? 0, ms: performance.now() - begun }
}

/** In turns, so that whatever else the machine does slows both alike; the quickest of each tells the cost. */
async function compare(clickhouse: Clickhouse, { name, definition, byHand }: Case) {
  const segment = compileSegment(definition, CONTEXT)
  const counted = { ...segment, sql: `SELECT count() AS n FROM (${segment.sql})` }
  const [ours, hand]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await run(clickhouse, counted.sql, counted.params)
    const theirs = await run(clickhouse, byHand)
    if (mine.n !== theirs.n) throw new Error(`${name}: ${mine.n} persons, by hand ${theirs.n}`)
    ours.push(mine.ms)
    hand.push(theirs.ms)
  }
  const size = sizeQuery(segment)
  const live = await run(clickhouse, size.sql, size.params)
  return { name, n: live.n, ours: Math.min(...ours), byHand: Math.min(...hand), live: live.ms }
}

const system = await openBenchSystem('segments')
try {
  const { clickhouse } = system.deps
  await fillJourneys(clickhouse, SHOP, MILLIONS * 1e6)
  const results = []
  for (const one of CASES) results.push(await compare(clickhouse, one))
  printFigures(
    'segments',
    results.map(({ name, n, ours, byHand, live }) => ({
      what: `${name} (${n} persons)`,
      value: `${(ours / byHand).toFixed(2)}× (${Math.round(byHand)} → ${Math.round(ours)} ms; live ${Math.round(live)} ms)`,
      goal: '1.5×',
      met: ours / byHand <= 1.5,
    })),
    { millionEvents: MILLIONS, results },
  )
} finally {
  await system.close()
}
