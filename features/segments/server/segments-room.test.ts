import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import type { Definition } from '../contract.ts'
import { segmentPersons } from './reads.ts'

const NOW = Date.UTC(2026, 9, 1, 12)
const DAY = 86_400_000
let room: TestApp

beforeAll(async () => {
  room = await openTestApp({ now: () => NOW })
  await tellStory()
}, 60_000)
afterAll(() => room.close())

/** Olena bought twice, got it late and was unhappy; Petro bought once long ago; a browser only looked. */
async function tellStory(): Promise<void> {
  const source = await ensureSource(room.deps.db, room.shop, { kind: 'system', name: 'Test' })
  let id = 0
  const told = (who: object, days: number, event: string, properties: object = {}) => ({
    type: 'track',
    messageId: `story-${id++}`,
    timestamp: NOW - days * DAY,
    ...who,
    event,
    properties,
  })
  const olena = { userId: 'olena' }
  const petro = { userId: 'petro' }
  const messages = [
    {
      type: 'identify',
      messageId: 'who-1',
      timestamp: NOW - 40 * DAY,
      ...olena,
      traits: { name: '=Олена', city: 'Київ' },
    },
    told(olena, 40, 'Order Completed', { order_id: 'A-1', total: 900, currency: 'UAH' }),
    told(olena, 20, 'Order Completed', {
      order_id: 'A-2',
      total: 500,
      currency: 'UAH',
      promised_on: '2026-09-12',
    }),
    told(olena, 12, 'Order Delivered', { order_id: 'A-2' }),
    told(olena, 11, 'Feedback Given', { kind: 'csat', score: 2, scale_max: 5 }),
    told(petro, 300, 'Order Completed', { order_id: 'B-1', total: 100, currency: 'UAH' }),
    told({ anonymousId: 'browser' }, 2, 'Product Viewed'),
    told({ anonymousId: 'browser' }, 1, 'Product Viewed'),
  ]
  await recordMessages(room.deps, { shop: room.shop, source, messages, origin: 'system' })
  await room.deps.runner.drain()
}

const base = () => `/api/shops/${room.shop}/segments`
const unhappy: Definition = {
  all: [
    { about: 'orders', state: 'placed', times: { how: 'at_least', n: 2 } },
    { about: 'answer', kind: 'csat', low: 1, high: 2, which: 'any' },
  ],
}
const lapsed: Definition = { about: 'last_order', how: 'more', days: 180 }

async function make(name: string, definition: Definition, who: 'marketer' | 'viewer' = 'marketer') {
  const answer = await room.as(who)({ method: 'POST', url: base(), payload: { name, definition } })
  return { status: answer.statusCode, body: answer.json() }
}

async function size(definition: unknown, segment?: number) {
  const answer = await room.as('viewer')({
    method: 'POST',
    url: `${base()}/size`,
    payload: { definition, segment },
  })
  return { status: answer.statusCode, body: answer.json() }
}

test('a definition is counted while it is written', async () => {
  expect(await size(unhappy)).toMatchObject({ status: 200, body: { n: 1, of: 3 } })
  expect((await size(lapsed)).body.n).toBe(1)
  expect((await size({ all: [] })).body.n).toBe(3)
  expect((await size({ about: 'spent', state: 'placed', how: 'at_least', amount: 140_000 })).body.n).toBe(1)
  expect(
    (await size({ about: 'trait', where: { field: 'traits.city', op: 'equals', value: 'Київ' } })).body.n,
  ).toBe(1)
})

test('a mistake is refused with its place', async () => {
  expect(await size({ all: [{ about: 'known' }] })).toMatchObject({
    status: 400,
    body: { error: { code: 'validation_failed', details: [{ path: '/all/0' }] } },
  })
})

test('segments are kept, listed by name, found, changed and copied', async () => {
  const { body: made, status } = await make('Недовольные', unhappy)
  expect(status).toBe(201)
  expect(made).toMatchObject({ name: 'Недовольные', definition: unhappy, version: 1, usedBy: [] })
  expect((await make('недовольные', lapsed)).status).toBe(409)
  expect((await make('  ', lapsed)).status).toBe(400)
  const found = await room.as('viewer')({ url: `${base()}?q=${encodeURIComponent('недоВОЛ')}` })
  expect(found.json().items).toHaveLength(1)
  const change = { name: 'Недовольные', note: 'для звонка', definition: { all: [unhappy, lapsed] } }
  const put = (baseVersion: number) =>
    room.as('marketer')({ method: 'PUT', url: `${base()}/${made.id}`, payload: { ...change, baseVersion } })
  expect((await put(1)).json()).toMatchObject({ version: 2, note: 'для звонка' })
  expect((await put(1)).statusCode).toBe(409)
  const copy = await room.as('marketer')({ method: 'POST', url: `${base()}/${made.id}/copy` })
  expect(copy.json().name).toBe('Недовольные (2)')
})

test('a segment within another can’t be removed, nor contain itself', async () => {
  const { body: inner } = await make('Inner', unhappy)
  const { body: outer } = await make('Outer', { not: { about: 'segment', segment: inner.id } })
  expect((await size({ about: 'segment', segment: outer.id })).body.n).toBe(2)
  const removed = await room.as('owner')({ method: 'DELETE', url: `${base()}/${inner.id}` })
  expect(removed.statusCode).toBe(409)
  expect(removed.json().error.message).toContain('“Outer”')
  const circle = { all: [{ about: 'segment', segment: outer.id }] }
  const put = await room.as('owner')({
    method: 'PUT',
    url: `${base()}/${inner.id}`,
    payload: { name: 'Inner', definition: circle, baseVersion: 1 },
  })
  expect(put.statusCode).toBe(422)
  expect(put.json().error.message).toContain('“Inner” → “Outer” → “Inner”')
  expect((await size(circle, inner.id)).status).toBe(422)
  for (const id of [outer.id, inner.id])
    expect((await room.as('owner')({ method: 'DELETE', url: `${base()}/${id}` })).statusCode).toBe(200)
  expect((await room.as('owner')({ url: `${base()}/${inner.id}` })).statusCode).toBe(404)
})

test('its persons are paged, and exported so that no spreadsheet runs a name', async () => {
  const { body: all } = await make('Everybody', { all: [] })
  const path = `${base()}/${all.id}/persons`
  const first = (await room.as('viewer')({ url: `${path}?limit=2` })).json()
  expect(first.items).toHaveLength(2)
  expect(first.items[0]).toMatchObject({ label: '', isKnown: false })
  expect(first.items[1].label).toContain('Олена')
  const rest = (await room.as('viewer')({ url: `${path}?limit=2&cursor=${first.nextCursor}` })).json()
  expect(rest).toMatchObject({ items: [{ isKnown: true }], nextCursor: null })
  expect((await room.as('viewer')({ url: `${path}.csv` })).statusCode).toBe(403)
  const csv = (await room.as('marketer')({ url: `${path}.csv` })).body
  expect(csv.split('\r\n')).toHaveLength(5)
  expect(csv).toContain(",'=Олена,")
  const log = await room.as('owner')({ url: `/api/shops/${room.shop}/audit` })
  expect(log.json().items.map(({ action }: { action: string }) => action)).toContain('segment.exported')
})

test('viewers read and don’t write; a stranger sees nothing', async () => {
  expect((await make('Mine', lapsed, 'viewer')).status).toBe(403)
  expect((await room.as('stranger')({ url: base() })).statusCode).toBe(404)
  expect((await room.as('viewer')({ url: `/api/shops/${room.shop}/segment-choices` })).json()).toMatchObject({
    events: expect.arrayContaining(['Order Completed', 'Product Viewed']),
    traits: expect.arrayContaining(['city', 'name']),
  })
})

test('another room takes the persons as a piece of SQL, with a version for its cache', async () => {
  const { body: inner } = await make('Part', unhappy)
  const { body: outer } = await make('Whole', { any: [{ about: 'segment', segment: inner.id }, lapsed] })
  const shop = { id: room.shop, timeZone: 'Europe/Kyiv', currency: 'UAH', now: NOW }
  const before = await segmentPersons(room.deps.db, shop, outer.id)
  const rows = await room.deps.clickhouse.query<{ n: number }>(
    `SELECT uniqExact(identity) AS n FROM events FINAL WHERE shop = {shop:UInt32} AND identity IN (${before.sql})`,
    { params: before.params },
  )
  expect(rows[0]?.n).toBe(2)
  const payload = { name: 'Part', definition: lapsed, baseVersion: 1 }
  await room.as('owner')({ method: 'PUT', url: `${base()}/${inner.id}`, payload })
  expect((await segmentPersons(room.deps.db, shop, outer.id)).version).not.toBe(before.version)
})
