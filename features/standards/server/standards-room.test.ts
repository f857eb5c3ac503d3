import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { listWaiting } from './measure-store.ts'
import { recordMeasures } from './record-measures.ts'
import {
  chat,
  freshShop,
  listMeasured,
  openStandards,
  room,
  said,
  send,
  settle,
  shop,
  system,
  values,
  wait,
} from './standards-harness.ts'

openStandards()

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

  it('that the shop has compared itself are not compared again', async () => {
    await freshShop()
    const ad = 'https://shop.example/kettle?utm_source=google&utm_medium=cpc&gclid=1&ad_price=100'
    await send(
      said(
        'Product Viewed',
        '2026-03-02T10:00:00Z',
        { product_id: '9', price: 150, price_same: 0 },
        { url: ad },
      ),
      said('Order Confirmed', '2026-03-02T11:00:00Z', {
        order_id: 'D',
        product_id: '9',
        quoted_price: 150,
        price_same: 1,
      }),
    )
    expect(await values()).toEqual([])
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
    wait(3 * 60_000)
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
  it('is emptied by one at a time: two who ask at once bring nothing twice', async () => {
    await freshShop()
    const { runner, writer, clickhouse, db } = system.deps
    const messages = Array.from({ length: 40 }, (_, at) => [
      said('Contact Started', '2026-03-02T10:00:00Z', { ...chat, contact_id: `c${at}` }),
      said('Contact Answered', '2026-03-02T10:01:00Z', { contact_id: `c${at}`, by: 'human' }),
    ]).flat()
    await recordMessages(system.deps, { shop, source: 1, messages, origin: 'import' })
    await runner.drain()
    await Promise.all([room.drain(db), room.drain(db), room.drain(db)])
    expect(await values()).toHaveLength(40)
    await writer.counts.write()
    const counted = await clickhouse.query<{ outcome: string; n: number }>(
      'SELECT outcome, sum(n) AS n FROM ingest_counts WHERE shop = {shop:UInt32} GROUP BY outcome',
      { params: { shop } },
    )
    expect(counted).toEqual([{ outcome: 'accepted', n: 120 }])
  })

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
