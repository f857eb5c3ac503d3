import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng } from '../../../kernel/prng.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop, ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { runReport } from '../../reports/server/reads.ts'
import { getDefaultRegistry } from '../../touchpoints/server/reads.ts'
import type { ChannelMix, MixOrders } from '../contract.ts'
import { codeCare } from './care-codes.ts'
import type { MixPlan } from './mix-plan.ts'
import { type MixRow, mixQuery } from './mix-query.ts'
import { indexRows, toSide } from './mix-result.ts'
import { averageClustered } from './models/person-sums.ts'
import { type OrderRow, ordersQuery } from './orders-query.ts'
import { inventHistory, toEvents } from './testing/invent-history.ts'
import { type SlowOrder, walkOrders } from './testing/slow-mix.ts'

const DAY = 86_400_000
const PERIOD = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 5, 1) }
const HISTORIES = 3
const NOW = Date.UTC(2026, 8, 1)

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ now: () => NOW })
})
afterAll(() => app.close())

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

/** An order of the walk as the statement writes it. */
function settle(order: SlowOrder, identity: (who: string) => string) {
  const { id, person, said, asked, problem, returning, foreign, settled, bought, ...rest } = order
  const flags = { problem, returning, foreign, settled, bought }
  return {
    order_id: id,
    person: identity(person),
    ...rest,
    ...Object.fromEntries(Object.entries(flags).map(([key, value]) => [key, Number(value)])),
    ...{ said_n: said.length, said_sum: sum(said), asked_n: asked.length, asked_sum: sum(asked) },
  }
}

/** Mean and clustered variance of what was said about orders of a mix, by the textbook, order after order. */
function averageSaid(orders: readonly SlowOrder[]) {
  const heard = orders.filter(({ said }) => said.length > 0)
  const values = heard.map(({ said }) => sum(said) / said.length)
  const mean = sum(values) / values.length
  const persons = [...new Set(heard.map(({ person }) => person))]
  const squares = persons.map((person) => {
    const own = heard.flatMap((order, index) =>
      order.person === person ? [(values[index] as number) - mean] : [],
    )
    return sum(own) ** 2
  })
  const g = persons.length
  return { n: heard.length, persons: g, mean, variance: ((g / (g - 1)) * sum(squares)) / heard.length ** 2 }
}

test('the statement finds what a walk through every history finds, and its sums are those of its orders', async () => {
  const { deps } = app
  const { registry } = getDefaultRegistry()
  let [mixed, heard] = [0, 0]
  for (let seed = 0; seed < HISTORIES; seed++) {
    const prng = createPrng(`mix ${seed}`)
    const shop = await createShop(deps.db, { name: `Mix ${seed}` })
    const told = inventHistory(prng, PERIOD)
    const rows = toEvents(shop, told)
    await deps.writer.write([...rows, ...rows.filter(() => prng.below(4) === 0)], [])
    const identity = (who: string) => identityKey(shop, 'anonymous', who)
    // Two visitors turn out to be one person; another link was taken back.
    await deps.clickhouse.insert('identity_links', [
      { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
      { shop, identity: identity('v5'), person: identity('v3'), version: 2, deleted: 1 },
    ])
    const slow = walkOrders(told, PERIOD, (who) => (who === 'v7' ? 'v2' : who))
    const plan: MixPlan = {
      ...{ shop, period: PERIOD, currency: 'UAH', codes: codeCare(registry) },
      persons: () => ({ sql: '1', params: {} }),
    }
    const orders = await runReport<OrderRow>(deps, ordersQuery(plan))
    const found = orders.map(({ known: _, ...row }) => row).sort((a, b) => (a.order_id < b.order_id ? -1 : 1))
    const expected = slow.map((order) => settle(order, identity))
    expect(found, `history ${seed}`).toEqual(expected.sort((a, b) => (a.order_id < b.order_id ? -1 : 1)))

    const sums = await runReport<MixRow>(deps, mixQuery(plan))
    const of = indexRows(sums)
    const none = slow.filter(({ mix }) => mix === 0)
    const average = averageClustered(of('group', 0, 'said'))
    const byHand = averageSaid(none)
    if (byHand.persons > 1) {
      expect(average?.persons, `history ${seed}`).toBe(byHand.persons)
      expect(average?.mean).toBeCloseTo(byHand.mean, 9)
      expect(average?.variance).toBeCloseTo(byHand.variance, 9)
      heard++
    }
    const { side } = toSide(sums)
    const { orders: count, groups, mixes, value, problems } = side
    expect([count, value, problems]).toEqual([
      slow.length,
      sum(slow.map(({ amount }) => amount)),
      slow.filter(({ problem }) => problem).length,
    ])
    for (const parts of [groups, mixes]) {
      expect(sum(parts.map((part) => part.orders))).toBe(count)
      expect(sum(parts.map(({ share }) => share?.mean ?? 0))).toBeCloseTo(1, 9)
      expect(sum(parts.map(({ revenueShare }) => revenueShare?.mean ?? 0))).toBeCloseTo(value > 0 ? 1 : 0, 9)
    }
    mixed += groups[3]?.orders ?? 0
  }
  // Were there never both, or never an answer, the comparison would prove little.
  expect([mixed > 10, heard === HISTORIES]).toEqual([true, true])
}, 60_000)

let id = 0
const message = (who: string, at: number, event: string, properties: Record<string, unknown> = {}) => ({
  ...{ type: 'track', event, anonymousId: who, messageId: `m${id++}`, timestamp: at, properties },
})

/** Forty call before they order and are less content than forty who only order; both have problems now and then. */
async function tellStory(): Promise<void> {
  const source = await ensureSource(app.deps.db, app.shop, { kind: 'system', name: 'Test' })
  const messages = Array.from({ length: 80 }, (_, n) => {
    const at = PERIOD.from + n * DAY
    const who = `p${n}`
    const order = { order_id: `O-${String(n).padStart(2, '0')}` }
    const calls = n < 40
    const hasProblem = n % 4 === 0 || (calls && n % 4 === 1)
    return [
      ...(calls
        ? [message(who, at - 60_000, 'Contact Started', { channel: 'phone', contact_id: `c${n}` })]
        : []),
      message(who, at, 'Order Completed', { ...order, total: 10, products: [{ category: 'tea' }] }),
      ...(hasProblem ? [message(who, at + DAY, 'Case Opened', { ...order, case_id: `k${n}` })] : []),
      message(who, at + 2 * DAY, 'Order Delivered', order),
      message(who, at + 3 * DAY, 'Feedback Given', { ...order, kind: 'stars', score: hasProblem ? 1 : 5 }),
    ]
  }).flat()
  await recordMessages(app.deps, { shop: app.shop, source, messages, origin: 'system' })
  await app.deps.runner.drain()
}

async function ask<T>(query: string, path = '', who: 'viewer' | 'stranger' | 'nobody' = 'viewer') {
  const answer = await app.as(who)({ url: `/api/shops/${app.shop}/channel-mix${path}?${query}` })
  return {
    status: answer.statusCode,
    body: answer.json() as T & { error?: { code: string; message: string; details?: unknown } },
  }
}
const DAYS = 'from=2026-02-01&to=2026-07-01'

test('callers are less content because they have more problems, and alike once that is taken into account', async () => {
  await tellStory()
  const { status, body } = await ask<ChannelMix>(DAYS)
  expect(status).toBe(200)
  const [none, classic] = body.groups
  expect(body).toMatchObject({ orders: 80, persons: 80, value: 80_000, foreign: 0, problems: 30 })
  expect(none).toMatchObject({ key: 'none', orders: 40, problems: 10, boughtOut: { mean: 1 } })
  expect([none?.said.raw?.mean, classic?.said.raw?.mean]).toEqual([50, 0])
  // Of all orders three eighths have a problem: 100 · 5/8 − 100 · 3/8.
  expect(none?.said.adjusted?.mean).toBeCloseTo(25, 9)
  expect(classic?.said.adjusted?.mean).toBeCloseTo(25, 9)
  expect(body.adjusting.said).toEqual({
    ...{
      by: ['problem', 'returning', 'category'],
      groups: ['none', 'classic'],
      strata: 2,
      covered: 1,
      left: [],
    },
  })
  expect(body.mixes.map(({ ways, orders }) => [ways, orders])).toEqual([
    [[], 40],
    [['phone'], 40],
  ])
  expect(body.meta).toMatchObject({ n: 80, unidentifiedShare: 1, compared: null })
})

test('orders behind a number come in pages, the newest first', async () => {
  const first = await ask<MixOrders>(`${DAYS}&group=classic&problem=true&limit=15`, '/orders')
  expect(first.body.items.map(({ id }) => id).slice(0, 2)).toEqual(['O-37', 'O-36'])
  expect(first.body.items[0]).toMatchObject({
    ways: ['phone'],
    problem: true,
    said: -100,
    person: { name: null },
  })
  const rest = await ask<MixOrders>(
    `${DAYS}&group=classic&problem=true&limit=15&cursor=${first.body.nextCursor}`,
    '/orders',
  )
  expect([rest.body.items.length, rest.body.nextCursor]).toEqual([5, null])
  expect((await ask<MixOrders>(`${DAYS}&mix=3`, '/orders')).body.items).toEqual([])
})

test('the period before is compared, and an empty period has no shares', async () => {
  const { body } = await ask<ChannelMix>('from=2026-04-01&to=2026-05-01&compare=previous')
  expect(body.other?.orders).toBe(30)
  expect(body.changes.filter(({ about }) => about === 'share').map(({ group }) => group)).toContain('classic')
  const empty = await ask<ChannelMix>('from=2020-01-01&to=2020-02-01')
  expect(empty.body).toMatchObject({ orders: 0, mixes: [], adjusting: { said: null, recommendation: null } })
  expect(empty.body.groups.every(({ share, said }) => share === null && said.raw === null)).toBe(true)
})

test.each([
  ['from=2026-03-10&to=2026-03-01', '', 'before it begins'],
  ['compare=nonsense', '', 'no comparison'],
  [`${DAYS}&cursor=nonsense`, '/orders', 'cursor'],
])('%s%s is refused in words', async (query, path, words) => {
  const { status, body } = await ask<object>(query, path)
  expect(status).toBe(400)
  expect(body.error?.message).toContain(words)
})

test('nobody sees another shop’s mix', async () => {
  expect([403, 404]).toContain((await ask('', '', 'stranger')).status)
  expect((await ask('', '', 'nobody')).status).toBe(401)
})
