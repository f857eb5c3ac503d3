import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey, messageHash } from '../../../kernel/hash128.ts'
import type { EventRow } from '../../../platform/feed/event-row.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { exportOrders } from './export-orders.ts'
import { listQuery, orderRateQuery } from './order-query.ts'
import type { ListRow } from './order-result.ts'
import { orders } from './order-table.ts'
import type { PeopleLookup } from './people-lookup.ts'
import { countOrders, findIdentitiesByOrderId, listOrdersOfIdentities } from './reads.ts'
import { refoldOutdated } from './refold-job.ts'
import { createOrdersRoom } from './room.ts'
import { summariseOrders } from './summarise-orders.ts'

/** Everybody is their own person: whom identities belong to is tested in the people room. */
const noLinks: PeopleLookup = {
  findPersons: async () => new Map(),
  findIdentitiesByText: async () => [],
  personsJoin: (alias) => ({ join: '', person: `${alias}.identity` }),
}

let system: System
let shop: number

beforeAll(async () => {
  system = await openTestSystem({ rooms: [createOrdersRoom(noLinks)] })
})
afterAll(() => system.close())

async function freshShop(): Promise<number> {
  shop = await createShop(system.deps.db, { name: 'Orders', currency: 'UAH', timeZone: 'Europe/Kyiv' })
  return shop
}

type Given = Partial<EventRow> & { who?: string; with?: Record<string, unknown> }

function event(name: string, at: string, given: Given = {}): EventRow {
  const { who = 'ann', with: properties = {}, ...rest } = given
  const id = rest.message_id ?? randomUUID()
  const ts = Date.parse(at)
  return {
    shop,
    identity: identityKey(shop, 'user', who),
    sent_ts: ts,
    message_hash: messageHash(shop, id),
    ts,
    received_at: Date.now(),
    source: 7,
    kind: 'track',
    name,
    message_id: id,
    identity_kind: 'user',
    anonymous_id: '',
    user_id: who,
    session_id: '',
    url: '',
    path: '',
    referrer: '',
    utm_source: '',
    utm_medium: '',
    utm_campaign: '',
    utm_content: '',
    utm_term: '',
    click_id: '',
    order_id: '',
    amount: null,
    currency: 'UAH',
    properties: JSON.stringify({ order_id: 'A-1', ...properties }),
    traits: '{}',
    context: '{}',
    original_time: '',
    marks: [],
    channel: 'unknown',
    touchpoint: '',
    stage: '',
    valence: null,
    arrival: '',
    measure: '',
    measured: null,
    rules_version: 0,
    ...rest,
  }
}

async function record(...events: EventRow[]): Promise<void> {
  await system.deps.writer.write(events, [])
  await system.deps.runner.drain()
}

const context = () => ({
  id: shop,
  name: 'Orders',
  currency: 'UAH',
  timeZone: 'Europe/Kyiv',
  role: 'owner' as const,
})
const all = () => ({ shop, today: '2026-04-01' })
const readOrders = () => system.deps.db.select().from(orders).where(sql`shop = ${shop}`)

describe('orders from events', () => {
  it('derives an order from its events, whatever batch they came in and however often', async () => {
    await freshShop()
    const placed = event('Order Completed', '2026-03-01T10:00:00Z', {
      amount: 125_000,
      with: {
        promised_on: '2026-03-04',
        region: 'Kyiv',
        products: [{ product_id: 7, price: 1250, colour: 'red' }],
        gift: true,
      },
    })
    const received = event('order_delivered', '2026-03-06T10:00:00Z')
    await record(received)
    await record(placed, event('Product Viewed', '2026-03-01T09:00:00Z', { with: { order_id: undefined } }))
    await record({ ...placed, message_id: placed.message_id })
    const [order, ...others] = await readOrders()
    expect(others).toEqual([])
    expect(order).toMatchObject({
      id: 'A-1',
      state: 'received',
      ending: 'bought_out',
      orderedOn: '2026-03-01',
      promisedOn: '2026-03-04',
      arrivedOn: '2026-03-06',
      lateDays: 2,
      amount: 125_000,
      region: 'Kyiv',
      extra: { gift: true },
      flags: [],
      items: [{ id: '7', price: 125_000, quantity: 1, extra: { colour: 'red' } }],
    })
  })

  it('keeps the order under the identity that placed it', async () => {
    await freshShop()
    await record(
      event('Order Shipped', '2026-03-02T10:00:00Z', { who: 'warehouse' }),
      event('Order Completed', '2026-03-01T10:00:00Z', { who: 'ann' }),
    )
    const [order] = await readOrders()
    expect(order?.identity).toBe(identityKey(shop, 'user', 'ann'))
  })

  it('ignores events without an order id and keeps a promise alone out of every count', async () => {
    await freshShop()
    await record(
      event('Order Completed', '2026-03-01T10:00:00Z', { with: { order_id: '  ' } }),
      event('Promise Made', '2026-03-01T10:00:00Z', {
        with: { order_id: 'P', kind: 'delivery_date', promised_on: '2026-03-05' },
      }),
      event('Promise Made', '2026-03-01T10:00:00Z', { with: { order_id: 'Q', kind: 'price', value: 5 } }),
    )
    expect(await countOrders(system.deps.db, shop)).toMatchObject({ orders: 0 })
    expect((await readOrders()).map(({ id, state }) => [id, state])).toEqual([['P', null]])
  })

  it('derives days anew when the shop moves to another zone', async () => {
    await freshShop()
    await record(event('Order Completed', '2026-03-01T23:00:00Z'))
    expect((await readOrders())[0]?.orderedOn).toBe('2026-03-02')
    await system.deps.db.execute(sql`UPDATE shops SET time_zone = 'Europe/London' WHERE id = ${shop}`)
    await refoldOutdated(system.deps)
    expect((await readOrders())[0]).toMatchObject({ orderedOn: '2026-03-01', timeZone: 'Europe/London' })
  })
})

describe('figures', () => {
  /** Ten orders: 5 received (1 of them returned, 2 late), 2 refused, 1 cancelled on the way, 1 cancelled before, 1 open. */
  async function tenOrders(): Promise<void> {
    await freshShop()
    const steps: [string, [string, string][]][] = [
      ['R1', [['Order Delivered', '2026-03-03']]],
      ['R2', [['Order Delivered', '2026-03-05']]],
      ['R3', [['Order Delivered', '2026-03-06']]],
      ['R4', [['Order Delivered', '2026-03-08']]],
      [
        'R5',
        [
          ['Order Delivered', '2026-03-04'],
          ['Order Returned', '2026-03-12'],
        ],
      ],
      [
        'F1',
        [
          ['Order Shipped', '2026-03-02'],
          ['Order Refused', '2026-03-06'],
        ],
      ],
      ['F2', [['Order Refused', '2026-03-06']]],
      [
        'C1',
        [
          ['Order Shipped', '2026-03-02'],
          ['Order Cancelled', '2026-03-03'],
        ],
      ],
      ['C2', [['Order Cancelled', '2026-03-02']]],
      ['O1', [['Order Shipped', '2026-03-02']]],
    ]
    const rows = steps.flatMap(([id, after]) => [
      event('Order Completed', '2026-03-01T10:00:00Z', {
        who: `who-${id}`,
        amount: 1_000,
        with: { order_id: id, promised_on: '2026-03-05' },
      }),
      ...after.map(([name, on]) =>
        event(name, `${on}T10:00:00Z`, { who: `who-${id}`, with: { order_id: id } }),
      ),
    ])
    const visitors = Array.from({ length: 10 }, (_, index) =>
      event('Page', '2026-03-01T08:00:00Z', { kind: 'page', who: `visitor-${index}` }),
    )
    await record(...rows, ...visitors)
  }

  it('puts the buy-out rate beside the order rate, each with n and interval', async () => {
    await tenOrders()
    const summary = await summariseOrders(system.deps, noLinks, context(), all())
    expect(summary).toMatchObject({
      orders: 10,
      open: 1,
      refused: 2,
      returned: 1,
      overdue: 1,
      medianDaysToArrive: 4,
      byState: { received: 4, returned: 1, refused: 2, cancelled: 2, shipped: 1 },
      buyOut: { k: 5, n: 8, share: 0.625 },
      late: { k: 2, n: 5, share: 0.4 },
      orderRate: { k: 10, n: 20, share: 0.5 },
      money: [{ currency: 'UAH', amount: 10_000, boughtOut: 4_000, paid: 0 }],
    })
    expect(summary.buyOut?.low).toBeCloseTo(0.3057, 4)
    expect(summary.buyOut?.high).toBeCloseTo(0.8632, 4)
  })

  it.each([
    [{ state: 'open' as const }, ['O1']],
    [{ state: 'refused' as const }, ['F2', 'F1']],
    [{ delivery: 'late' as const }, ['R4', 'R3']],
    [{ delivery: 'overdue' as const }, ['O1']],
    [{ delivery: 'on_time' as const }, ['R5', 'R2', 'R1']],
    [{ q: '#r1' }, ['R1']],
    [{ q: '%' }, []],
    [{ from: '2026-03-02' }, []],
    [{ payment: 'paid' as const }, []],
  ])('lists by %j', async (filter, ids) => {
    if ((await countOrders(system.deps.db, shop)).orders !== 10) await tenOrders()
    const { rows } = await system.deps.db.execute<ListRow>(listQuery({ ...all(), ...filter }, undefined, 50))
    expect(rows.map(({ id }) => id)).toEqual(ids)
  })

  it('pages through orders of the same instant without losing one', async () => {
    await tenOrders()
    const seen: string[] = []
    let after: { at: string; id: string } | undefined
    for (;;) {
      const { rows } = await system.deps.db.execute<ListRow>(listQuery(all(), after, 3))
      const last = rows.at(-1)
      if (!last) break
      seen.push(...rows.map(({ id }) => id))
      after = { at: new Date(last.ordered_at).toISOString(), id: last.id }
    }
    expect(seen).toHaveLength(10)
    expect(new Set(seen).size).toBe(10)
  })

  it('exports what the list shows', async () => {
    await tenOrders()
    let text = ''
    for await (const part of exportOrders(system.deps, noLinks, { ...all(), delivery: 'late' })) text += part
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^\ufefforder_id,ordered_at/)
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['R4', 'R3'])
    expect(lines[1]).toContain(',10.00,UAH,')
  })

  it('counts the order rate by persons of the period, as SQL', () => {
    const { sql: text, params } = orderRateQuery(
      { shop: 3, from: 0, to: 9 },
      { join: 'LEFT JOIN l', person: 'p' },
    )
    expect(text).toContain("uniqExactIf(p, e.name = 'Order Completed') AS ordered")
    expect(text).toContain('FROM events AS e LEFT JOIN l')
    expect(params).toEqual({ shop: 3, from: 0, to: 9 })
  })
})

describe('a person’s orders', () => {
  it('are found by identity and by the beginning of an order id', async () => {
    await freshShop()
    await record(event('Order Completed', '2026-03-01T10:00:00Z', { with: { order_id: 'X-100' } }))
    const ann = identityKey(shop, 'user', 'ann')
    expect((await listOrdersOfIdentities(system.deps.db, shop, [ann])).map(({ id }) => id)).toEqual(['X-100'])
    expect(await listOrdersOfIdentities(system.deps.db, shop, [])).toEqual([])
    expect(await findIdentitiesByOrderId(system.deps.db, shop, '№ x-1', 5)).toEqual([ann])
  })

  it('are landmarks of the path: steps, promises and lateness, newest first', async () => {
    await freshShop()
    await record(
      event('Order Completed', '2026-03-01T10:00:00Z', { amount: 500, with: { promised_on: '2026-03-03' } }),
      event('Order Updated', '2026-03-02T10:00:00Z', { with: { promised_on: '2026-03-05' } }),
      event('Order Delivered', '2026-03-04T10:00:00Z'),
    )
    const room = createOrdersRoom(noLinks)
    const ann = identityKey(shop, 'user', 'ann')
    const query = {
      shop,
      person: ann,
      identities: [ann],
      before: Date.parse('2026-04-01'),
      after: 0,
      limit: 10,
    }
    const items = await room.timeline?.(system.deps, query)
    expect(items?.map(({ kind, tone }) => [kind, tone])).toEqual([
      ['timeline.received_late', 'lost'],
      ['timeline.promise_moved', 'lost'],
      ['timeline.placed', 'even'],
      ['timeline.promised', 'quiet'],
    ])
    expect(items?.[0]?.values).toMatchObject({ lateDays: 1, promisedOn: '2026-03-03' })
  })

  it('stay as numbers without the person after an erasure, whatever is reported later', async () => {
    await freshShop()
    const ann = identityKey(shop, 'user', 'ann')
    await record(
      event('Order Completed', '2026-03-01T10:00:00Z', {
        amount: 900,
        with: { note: 'call Ann', products: [{ id: 1, engraving: 'Ann' }] },
      }),
    )
    const room = createOrdersRoom(noLinks)
    const person = { shop, person: ann, identities: [ann] }
    expect(await room.person?.export?.(system.deps, person)).toMatchObject([{ id: 'A-1', amount: 900 }])
    await system.deps.db.transaction((tx) => room.person?.erase?.(tx, person) ?? Promise.resolve())
    await record(event('Order Delivered', '2026-03-03T10:00:00Z', { with: { reason: 'left with Ann' } }))
    const [order] = await readOrders()
    expect(order).toMatchObject({ state: 'received', amount: 900, identity: null, extra: {} })
    const { rows } = await system.deps.db.execute<{ facts: string }>(
      sql`SELECT (jsonb_agg(f.data)::text || coalesce(string_agg(f.identity::text, ''), '')) AS facts FROM order_facts f WHERE shop = ${shop}`,
    )
    expect(`${rows[0]?.facts}${JSON.stringify(order)}`).not.toMatch(/Ann/)
    expect(await listOrdersOfIdentities(system.deps.db, shop, [ann])).toEqual([])
  })
})
