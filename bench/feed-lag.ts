import { createPrng } from '../kernel/prng.ts'
import { percentile, printFigures } from './lib/figures.ts'
import { load, makeTemplate } from './lib/load.ts'
import { ID_PLACE, makeMessage } from './lib/make-messages.ts'
import { startBenchServer } from './lib/start-bench-server.ts'

/**
 * How far consumers (people, orders) fall behind at a steady stream. A tenth of the events are of orders, a tenth
 * carry two identities.  Usage: npx tsx bench/feed-lag.ts [events a second] [seconds]
 */
const rate = Number(process.argv[2] ?? 5_000)
const seconds = Number(process.argv[3] ?? 20)
const BATCH = 50
const server = await startBenchServer()
const random = createPrng(3)
const templates = Array.from({ length: 200 }, () =>
  makeTemplate('/v1/batch', server.key, { batch: Array.from({ length: BATCH }, makeOne) }),
)
await load({ ...server, connections: 8, milliseconds: 2_000, templates, run: 'w', perSecond: rate / BATCH })

const lags: number[] = []
let isMeasuring = true
const watching = (async () => {
  while (isMeasuring) {
    lags.push((await server.ask('facts')).lagSeconds)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})()
const result = await load({
  ...server,
  connections: 16,
  milliseconds: seconds * 1_000,
  templates,
  run: 'h',
  perSecond: rate / BATCH,
})
isMeasuring = false
await watching
const ended = performance.now()
await server.ask('drain')
const drainSeconds = (performance.now() - ended) / 1000
await server.stop()

const most = Math.max(...lags)
const reached = result.events / result.seconds
printFigures(
  'feed-lag',
  [
    {
      what: 'events/s',
      value: reached.toFixed(0),
      goal: `>= ${(rate * 0.95).toFixed(0)}`,
      met: reached >= rate * 0.95,
    },
    { what: 'lag at most, s', value: most.toFixed(2), goal: '< 2', met: most < 2 },
    { what: 'lag p50, s', value: percentile(lags, 0.5).toFixed(2) },
    { what: 'caught up after the end in, s', value: drainSeconds.toFixed(2) },
    { what: 'answer p99, ms', value: percentile(result.latencies, 0.99).toFixed(0) },
    { what: 'answers', value: JSON.stringify(result.statuses) },
  ],
  { rate: reached, maxLag: most, p50Lag: percentile(lags, 0.5), drainSeconds, statuses: result.statuses },
)

function makeOne(): Record<string, unknown> {
  const message = makeMessage(random, Date.now(), ID_PLACE)
  const roll = random.below(100)
  const user = random.below(20_000)
  if (roll < 10)
    return {
      ...message,
      type: 'track',
      event: random.pick(['Order Completed', 'Order Shipped', 'Order Delivered']),
      userId: `user-${user}`,
      properties: { order_id: `order-${random.below(200_000)}`, total: 100 + user, currency: 'UAH' },
    }
  if (roll < 20)
    return {
      ...message,
      type: 'identify',
      userId: `user-${user}`,
      anonymousId: `visitor-${user}`,
      traits: { email: `user-${user}@example.com`, name: `Person ${user}` },
    }
  return { ...message, userId: null }
}
