import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { deliverDomainEvents } from '../../../platform/domain-events.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { createOrdersRoom } from '../../orders/server/room.ts'
import { setWorkingHours } from './hours-store.ts'
import { listWaiting } from './measure-store.ts'
import { recordMeasures } from './record-measures.ts'
import { createStandardsRoom, type StandardsRoom } from './room.ts'

let system: System
let room: StandardsRoom
let shop: number
let now = Date.now()

/** In these tests a caller with the number +1 is the visitor `v1`. */
const siblings = async (_: unknown, of: number, identities: string[]) => {
  const pair = [identityKey(of, 'user', 'caller'), identityKey(of, 'anonymous', 'v1')]
  return new Map(identities.map((identity) => [identity, pair.includes(identity) ? pair : [identity]]))
}

beforeAll(async () => {
  room = createStandardsRoom(siblings)
  const orders = createOrdersRoom({
    findPersons: async () => new Map(),
    findIdentitiesByText: async () => [],
    personsJoin: (alias) => ({ join: '', person: `${alias}.identity` }),
  })
  system = await openTestSystem({ rooms: [orders, room], now: () => now })
})
afterAll(() => system.close())

async function freshShop(): Promise<number> {
  now = Date.now()
  shop = await createShop(system.deps.db, { name: 'Standards', currency: 'UAH', timeZone: 'Europe/Kyiv' })
  return shop
}

interface Said {
  who?: Record<string, string>
  id?: string
  kind?: 'track' | 'page'
  url?: string
}

const said = (event: string, at: string, properties: Record<string, unknown> = {}, options: Said = {}) => ({
  type: options.kind ?? 'track',
  event,
  name: event,
  messageId: options.id ?? randomUUID(),
  timestamp: at,
  ...(options.who ?? { userId: 'ann' }),
  context: options.url === undefined ? {} : { page: { url: options.url } },
  properties,
})

async function send(...messages: object[]): Promise<void> {
  const outcome = await recordMessages(system.deps, { shop, source: 1, messages, origin: 'import' })
  expect(outcome.rejected).toEqual([])
  await settle()
}

async function settle(): Promise<void> {
  const { db, runner } = system.deps
  await runner.drain()
  for (const subscription of room.subscribes ?? []) while ((await deliverDomainEvents(db, subscription)) > 0);
  await room.drain(db)
  await runner.drain()
}

interface Measured {
  measure: string
  touchpoint: string
  value: number
  at: string
  identity: string
  extra: Record<string, unknown>
}

/** What the history says, as every report reads it. */
async function listMeasured(): Promise<Measured[]> {
  const rows = await system.deps.clickhouse.query<{
    properties: string
    at: string
    identity: string
    kind: string
  }>(
    `SELECT properties, formatDateTime(ts, '%FT%TZ', 'UTC') AS at, identity, identity_kind AS kind FROM events FINAL
     WHERE shop = {shop:UInt32} AND name = 'Standard Measured' ORDER BY ts, message_id`,
    { params: { shop } },
  )
  return rows.flatMap(({ properties, at, identity }) => {
    const { measure, touchpoint, value, withdrawn, ...extra } = JSON.parse(properties)
    if (withdrawn !== undefined) return []
    expect(extra[measure]).toBe(value)
    return { measure, touchpoint, value, at, identity, extra }
  })
}

/** What the rules of the shop made of it. */
const listClassified = () =>
  system.deps.clickhouse.query<{ touchpoint: string; stage: string; measure: string; measured: number }>(
    `SELECT touchpoint, stage, measure, measured FROM events FINAL
     WHERE shop = {shop:UInt32} AND name = 'Standard Measured'`,
    { params: { shop } },
  )

const values = async () => (await listMeasured()).map(({ measure, value }) => [measure, value])
const chat = { contact_id: 'c1', channel: 'chat' }

describe('the first human answer', () => {
  it('is measured from the question, under the same identity and at its time; a robot doesn’t count', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T10:00:01Z', { ...chat, by: 'bot' }),
      said('Contact Answered', '2026-03-02T10:04:00Z', { ...chat, by: 'human', operator: 'Oleh' }),
      said('contact_answered', '2026-03-02T10:09:00Z', { ...chat, by: 'human' }),
    )
    expect(await listMeasured()).toMatchObject([
      {
        measure: 'first_answer_seconds',
        touchpoint: 'chat',
        value: 240,
        at: '2026-03-02T10:00:00Z',
        identity: identityKey(shop, 'user', 'ann'),
        extra: { of: 'c1', channel: 'chat' },
      },
    ])
  })

  it('is the same whatever came first and however often', async () => {
    await freshShop()
    const started = said('Contact Started', '2026-03-02T10:00:00Z', chat)
    const answered = said('Contact Answered', '2026-03-02T10:02:30Z', { ...chat, by: 'human' })
    await send(answered)
    expect(await values()).toEqual([])
    await send(started)
    await send(answered, started)
    expect(await values()).toEqual([['first_answer_seconds', 150]])
  })

  it('before the question, by a wrong clock, counts as no time and says so', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T09:59:58Z', { ...chat, by: 'human' }),
    )
    expect(await listMeasured()).toMatchObject([{ value: 0, extra: { skewed: true } }])
  })

  it('that an earlier answer corrects, is corrected in the history and stands there once', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T10:30:00Z', { ...chat, by: 'human' }),
    )
    expect(await values()).toEqual([['first_answer_seconds', 1_800]])
    const classified = { touchpoint: 'chat', stage: 'contact', measure: 'first_answer_seconds' }
    expect(await listClassified()).toEqual([{ ...classified, measured: 1_800 }])
    await send(said('Contact Answered', '2026-03-02T10:01:00Z', { ...chat, by: 'human' }))
    expect(await values()).toEqual([['first_answer_seconds', 60]])
    expect(await listClassified()).toEqual([{ ...classified, measured: 60 }])
  })

  it('that never came is a miss after a day, and is made good by a late one', async () => {
    await freshShop()
    const answered = { contact_id: 'c0', channel: 'chat' }
    await send(
      said('Contact Started', '2026-03-01T10:00:00Z', answered),
      said('Contact Answered', '2026-03-01T10:00:05Z', answered),
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
    )
    expect(await values()).toEqual([['first_answer_seconds', 5]])
    now += 16 * 60_000
    await settle()
    expect(await listMeasured()).toMatchObject([{ value: 5 }, { value: 86_400, extra: { answered: false } }])
    await send(said('Contact Answered', '2026-03-03T16:00:00Z', { ...chat, by: 'human' }))
    const [, late] = await listMeasured()
    expect(late).toMatchObject({ value: 30 * 3_600 })
    expect(late?.extra).not.toHaveProperty('answered')
  })

  it('isn’t missed where the shop reports no answers at all', async () => {
    await freshShop()
    const call = { contact_id: 'p', channel: 'phone' }
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Started', '2026-03-02T10:00:00Z', call),
      said('Contact Ended', '2026-03-02T10:03:00Z', call),
    )
    now += 16 * 60_000
    await settle()
    expect(await values()).toEqual([])
  })

  it('isn’t missed where a robot settled the matter', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Ended', '2026-03-02T10:03:00Z', { ...chat, solved: true }),
    )
    now += 3_600_000
    await settle()
    expect(await values()).toEqual([])
  })

  it.each([
    ['phone', 'phone_call', 'answer_seconds', 900],
    ['messenger', 'chat', 'first_answer_seconds', 900],
    ['callback', 'call_back', 'callback_minutes', 15],
    // Friday 17:50 to Monday 9:05 in Kyiv: 10 minutes and 5.
    ['email', 'email_form', 'first_reply_hours', 0.25],
  ])('by %s belongs to %s in its unit', async (channel, touchpoint, measure, value) => {
    await freshShop()
    const contact = { contact_id: 'x', channel }
    const answer = channel === 'email' ? '2026-03-09T07:05:00Z' : '2026-03-06T16:05:00Z'
    await send(
      said('Contact Started', '2026-03-06T15:50:00Z', contact),
      said('Contact Answered', answer, { ...contact, by: 'human' }),
    )
    expect(await listMeasured()).toMatchObject([{ touchpoint, measure, value }])
  })

  it('to a call is missed when the caller hung up, or when the call is reported as missed', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T09:00:00Z', { contact_id: 'p0', channel: 'phone' }),
      said('Contact Answered', '2026-03-02T09:00:10Z', { contact_id: 'p0', by: 'human' }),
      said('Contact Started', '2026-03-02T10:00:00Z', { contact_id: 'p1', channel: 'phone' }),
      said('Contact Ended', '2026-03-02T10:00:40Z', { contact_id: 'p1' }),
      said('Contact Started', '2026-03-02T11:00:00Z', { contact_id: 'p2', channel: 'phone' }),
      said('Contact Missed', '2026-03-02T11:00:40Z', { contact_id: 'p2' }),
    )
    now += 16 * 60_000
    await settle()
    expect(await listMeasured()).toMatchObject([
      { measure: 'answer_seconds', value: 10 },
      { measure: 'answer_seconds', value: 86_400, extra: { answered: false } },
      { measure: 'answer_seconds', value: 86_400 },
    ])
  })

  it('of an assistant is whether it solved the matter; whoever was handed over wasn’t helped', async () => {
    await freshShop()
    const talk = (id: string) => ({ contact_id: id, channel: 'assistant' })
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', talk('a')),
      said('Contact Ended', '2026-03-02T10:01:00Z', { ...talk('a'), solved: true }),
      said('Contact Started', '2026-03-02T11:00:00Z', talk('b')),
      said('Contact Answered', '2026-03-02T11:01:00Z', { ...talk('b'), by: 'human' }),
      said('Contact Started', '2026-03-02T12:00:00Z', talk('c')),
    )
    expect(await values()).toEqual([
      ['solved', 1],
      ['solved', 0],
    ])
  })

  it('takes the shop’s own working hours', async () => {
    await freshShop()
    await setWorkingHours(system.deps.db, shop, { days: [6, 7], opens: 600, closes: 1_200 })
    const letter = { contact_id: 'm', channel: 'form' }
    await send(
      said('Contact Started', '2026-03-06T15:00:00Z', letter),
      said('Contact Answered', '2026-03-07T09:00:00Z', { ...letter, by: 'human' }),
    )
    expect(await values()).toEqual([['first_reply_hours', 1]])
  })
})

describe('the confirmation of an order', () => {
  it('is measured by message and by call, the call in working time', async () => {
    await freshShop()
    const order = { order_id: 'A-1' }
    await send(
      said('Order Completed', '2026-03-06T17:00:00Z', order),
      said('Order Confirmation Sent', '2026-03-06T17:00:30Z', order),
      said('Contact Started', '2026-03-09T07:20:00Z', {
        ...order,
        contact_id: 'k',
        channel: 'phone',
        purpose: 'confirm',
      }),
      said('Order Confirmed', '2026-03-09T07:25:00Z', { ...order, by: 'call' }),
    )
    expect(await listMeasured()).toMatchObject([
      { measure: 'confirmation_minutes', touchpoint: 'confirmation', value: 0.5, at: '2026-03-06T17:00:30Z' },
      {
        measure: 'confirming_call_minutes',
        touchpoint: 'confirming_call',
        value: 20,
        extra: { order_id: 'A-1' },
      },
    ])
  })

  it('that is not reported is no miss', async () => {
    await freshShop()
    await send(said('Order Completed', '2026-03-02T10:00:00Z', { order_id: 'A-2' }))
    now += 10 * 86_400_000
    await settle()
    expect(await values()).toEqual([])
  })
})

describe('the promised day', () => {
  it('is judged by the calendar, early ones too, and corrected with the order', async () => {
    await freshShop()
    const order = { order_id: 'B-1' }
    await send(
      said('Order Completed', '2026-03-02T10:00:00Z', { ...order, promised_on: '2026-03-05' }),
      said('Order Delivered', '2026-03-07T21:30:00Z', order),
    )
    // 23:30 in Kyiv is the same day still.
    expect(await listMeasured()).toMatchObject([
      {
        measure: 'days_late',
        touchpoint: 'carrier',
        value: 2,
        at: '2026-03-07T21:30:00Z',
        extra: { of: 'B-1', order_id: 'B-1', promised_on: '2026-03-05', arrived_on: '2026-03-07' },
      },
    ])
    await send(said('Order Arrived', '2026-03-04T09:00:00Z', order))
    expect(await listMeasured()).toMatchObject([{ value: -1, at: '2026-03-04T09:00:00Z' }])
  })

  it('of an order that was cancelled after all is withdrawn', async () => {
    await freshShop()
    const order = { order_id: 'B-3' }
    await send(
      said('Order Completed', '2026-03-02T10:00:00Z', { ...order, promised_on: '2026-03-05' }),
      said('Order Arrived', '2026-03-07T10:00:00Z', order),
    )
    expect(await values()).toEqual([['days_late', 2]])
    await send(said('Order Cancelled', '2026-03-08T10:00:00Z', order))
    expect(await values()).toEqual([])
    expect(await listClassified()).toEqual([{ touchpoint: '', stage: '', measure: '', measured: null }])
  })

  it('that passed without an arrival measures nothing yet', async () => {
    await freshShop()
    await send(
      said('Order Completed', '2026-03-02T10:00:00Z', { order_id: 'B-2', promised_on: '2026-03-05' }),
    )
    expect(await values()).toEqual([])
  })
})

describe('prices', () => {
  const landing = 'https://shop.example/tv?utm_source=google&utm_medium=cpc&gclid=1&ad_price=2200'

  it('of the ad and of the page are compared once a visit', async () => {
    await freshShop()
    const seen = { product_id: 'tv', price: 2_600, session_id: 's1' }
    await send(
      said('TV', '2026-03-02T10:00:00Z', seen, { kind: 'page', url: landing, who: { anonymousId: 'v1' } }),
      said('Product Viewed', '2026-03-02T10:00:05Z', seen, { url: landing, who: { anonymousId: 'v1' } }),
    )
    expect(await listMeasured()).toMatchObject([
      { measure: 'price_same', touchpoint: 'search_ad', value: 0, extra: { promised: 2_200, given: 2_600 } },
    ])
  })

  it('that an operator names are compared with the page that the same person saw', async () => {
    await freshShop()
    const view = (id: string, price: number, at: string) =>
      said('Product Viewed', at, { product_id: id, price }, { who: { anonymousId: 'v1' } })
    const call = (id: string, product: string, price: number | string) =>
      said(
        'Contact Answered',
        '2026-03-02T12:00:00Z',
        { contact_id: id, by: 'human', product_id: product, quoted_price: price },
        { who: { userId: 'caller' } },
      )
    await send(view('tv', 2_200, '2026-03-01T10:00:00Z'), view('iron', 900, '2026-03-02T10:00:00Z'))
    await send(call('q1', 'tv', '2600'), call('q2', 'iron', 902), call('q3', 'lamp', 10))
    const found = await listMeasured()
    expect(found.map(({ value, extra }) => [extra.product_id, value])).toEqual([
      ['tv', 0],
      ['iron', 1],
    ])
    expect(found[0]).toMatchObject({
      touchpoint: 'confirming_call',
      identity: identityKey(shop, 'user', 'caller'),
    })
  })

  it('named before the page is known are compared when it is', async () => {
    await freshShop()
    const viewed = { product_id: 'tv', price: 2_200 }
    await send(
      said('Order Confirmed', '2026-03-02T10:00:00Z', {
        order_id: 'D',
        product_id: 'tv',
        quoted_price: 2_600,
      }),
    )
    await send(said('Product Viewed', '2026-03-02T09:00:00Z', viewed))
    expect(await values()).toEqual([])
    now += 3 * 60_000
    await settle()
    expect(await values()).toEqual([['price_same', 0]])
  })

  it('promised count before pages looked at, and what was never shown is compared with nothing', async () => {
    await freshShop()
    await send(
      said('Promise Made', '2026-02-20T10:00:00Z', { kind: 'price', product_id: 7, price: 100 }),
      said('Product Viewed', '2026-03-01T10:00:00Z', { product_id: 7, price: 140 }),
    )
    await send(
      said('Order Confirmed', '2026-03-02T10:00:00Z', { order_id: 'C', product_id: '7', quoted_price: 140 }),
    )
    expect(await listMeasured()).toMatchObject([
      { measure: 'price_same', value: 0, extra: { promised: 100 } },
    ])
  })
})

describe('the outbox', () => {
  it('recorded twice, after a crash between the two stores, counts once', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T10:01:00Z', { ...chat, by: 'human' }),
    )
    const { db } = system.deps
    await db.execute(sql`UPDATE measured_standards SET recorded = 0 WHERE shop = ${shop}`)
    await settle()
    expect(await values()).toEqual([['first_answer_seconds', 60]])
    const { rows } = await db.execute(
      sql`SELECT 1 FROM measured_standards WHERE shop = ${shop} AND recorded < version`,
    )
    expect(rows).toEqual([])
  })

  it('a correction that overtakes the first record still ends as the last word', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T10:20:00Z', { ...chat, by: 'human' }),
    )
    // As if the process had died after the first record and before noting it.
    await system.deps.db.execute(sql`UPDATE measured_standards SET recorded = 0 WHERE shop = ${shop}`)
    await send(said('Contact Answered', '2026-03-02T10:10:00Z', { ...chat, by: 'human' }))
    expect(await values()).toEqual([['first_answer_seconds', 600]])
  })

  it('garbage measures nothing and stops nothing', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', {}),
      said('Contact Started', '2026-03-02T10:00:00Z', { contact_id: { a: 1 }, channel: 7 }),
      said('Contact Answered', '2026-03-02T10:00:00Z', { contact_id: 'z'.repeat(5_000), by: [] }),
      said('Order Confirmed', '2026-03-02T10:00:00Z', { order_id: '', quoted_price: 'cheap', product_id: 1 }),
      said('Product Viewed', '2026-03-02T10:00:00Z', { ad_price: -1, price: null }),
    )
    expect(await values()).toEqual([])
  })
})

describe('an erasure', () => {
  it('that overtakes a record on its way takes it along', async () => {
    await freshShop()
    const { db } = system.deps
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T10:04:00Z', { ...chat, by: 'human' }),
    )
    await db.execute(sql`UPDATE measured_standards SET recorded = 0 WHERE shop = ${shop}`)
    const onTheWay = await listWaiting(db, [shop], 10)
    expect(onTheWay).toHaveLength(1)
    await db.execute(sql`DELETE FROM measured_standards WHERE shop = ${shop}`)
    await recordMeasures(system.deps, shop, onTheWay)
    expect(await values()).toEqual([])
  })
})

describe('a person', () => {
  const person = () => {
    const identity = identityKey(shop, 'user', 'ann')
    return { shop, person: identity, identities: [identity] }
  }

  it('sees on the path what was measured, and takes it along; erased, nothing of it stays', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T10:04:00Z', { ...chat, by: 'human' }),
      said('Order Completed', '2026-03-02T11:00:00Z', { order_id: 'P', promised_on: '2026-03-03' }),
      said('Order Arrived', '2026-03-04T11:00:00Z', { order_id: 'P' }),
    )
    const query = { ...person(), before: Date.UTC(2100, 0), after: 0, limit: 10 }
    expect(await room.timeline?.(system.deps, query)).toEqual([
      {
        at: Date.parse('2026-03-02T10:00:00Z'),
        room: 'standards',
        kind: 'timeline.first_answer_seconds',
        values: { seconds: 240 },
        tone: 'quiet',
        channel: 'chat',
        ref: 'first_answer_seconds c1',
      },
    ])
    expect(await room.person?.export?.(system.deps, person())).toHaveLength(2)
    await system.deps.db.transaction(async (tx) => room.person?.erase?.(tx, person()))
    expect(await room.person?.export?.(system.deps, person())).toEqual([])
    const { rows } = await system.deps.db.execute(sql`SELECT 1 FROM standard_spans WHERE shop = ${shop}`)
    expect(rows).toEqual([])
  })
})
