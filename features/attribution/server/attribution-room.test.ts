import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { type Attribution, MODELS } from '../contract.ts'

const NOW = Date.UTC(2026, 9, 1, 12)
const DAY = 86_400_000
let room: TestApp

beforeAll(async () => {
  room = await openTestApp({ now: () => NOW })
  await tellStory()
}, 60_000)
afterAll(() => room.close())

/** Olena came by an ad, then by a letter, and ordered; Petro came by the ad and left; Ivan ordered by phone. */
async function tellStory(): Promise<void> {
  const source = await ensureSource(room.deps.db, room.shop, { kind: 'system', name: 'Test' })
  const page = (userId: string, days: number, query: string) => ({
    type: 'page',
    messageId: `${userId} ${days}`,
    timestamp: NOW - days * DAY,
    userId,
    context: { page: { url: `https://tea.example/${query}`, path: '/' } },
  })
  const order = (userId: string, days: number, id: string, total: number) => ({
    type: 'track',
    messageId: id,
    timestamp: NOW - days * DAY,
    userId,
    event: 'Order Completed',
    properties: { order_id: id, total, currency: 'UAH' },
  })
  const messages = [
    page('olena', 9, '?utm_source=google&utm_medium=cpc'),
    page('olena', 8, '?utm_source=letters&utm_medium=email'),
    order('olena', 7, 'A-1', 900),
    page('petro', 6, '?utm_source=google&utm_medium=cpc'),
    order('ivan', 5, 'B-1', 100),
  ]
  await recordMessages(room.deps, { shop: room.shop, source, messages, origin: 'system' })
  await room.deps.runner.drain()
}

async function ask(query = '', who: 'viewer' | 'stranger' | 'nobody' = 'viewer') {
  const url = `/api/shops/${room.shop}/attribution${query}`
  const answer = await room.as(who)({ method: 'GET', url })
  return { status: answer.statusCode, body: answer.json() as Attribution }
}

const creditsOf = ({ models }: Attribution, model: string) =>
  Object.fromEntries(
    (models.find((one) => one.model === model)?.channels ?? []).map(({ channel, conversions, value }) => [
      channel,
      [conversions, value],
    ]),
  )

test('models stand side by side, and an order before which nobody was seen is nobody’s', async () => {
  const { status, body } = await ask()
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.totals).toEqual({
    conversions: 2,
    value: 100_000,
    nulls: 1,
    foreign: 0,
    unknown: { conversions: 1, value: 10_000 },
  })
  expect(body.models.map(({ model }) => model)).toEqual([...MODELS])
  expect(creditsOf(body, 'first')).toEqual({ search_ad: [1, 90_000], email: [0, 0] })
  expect(creditsOf(body, 'last')).toEqual({ search_ad: [0, 0], email: [1, 90_000] })
  expect(creditsOf(body, 'shapley')).toEqual({ search_ad: [0.5, 45_000], email: [0.5, 45_000] })
  expect(body.meta).toMatchObject({ journeys: 3, paths: 3, toDay: '2026-10-01', by: 'channel', order: 1 })
})

test('every model shares out all that can be shared, each share inside its range', async () => {
  for (const query of ['', '?order=2', '?nulls=without', '?by=source', '?by=touchpoint']) {
    const { body } = await ask(query)
    const { conversions, value, unknown } = body.totals
    for (const { model, channels } of body.models) {
      const sum = (key: 'conversions' | 'value' | 'share') => channels.reduce((all, one) => all + one[key], 0)
      expect(sum('conversions'), `${model} ${query}`).toBeCloseTo(conversions - unknown.conversions, 9)
      expect(sum('value'), `${model} ${query}`).toBeCloseTo(value - unknown.value, 6)
      for (const { share, low, high } of channels) {
        expect(low).toBeLessThanOrEqual(share)
        expect(high).toBeGreaterThanOrEqual(share)
      }
    }
  }
})

test('nothing bought out, and a period of nothing, are answers of zeros', async () => {
  const { body } = await ask('?conversion=bought_out')
  expect(body.totals).toMatchObject({ conversions: 0, value: 0, nulls: 2 })
  expect(body.models.flatMap(({ channels }) => channels).every(({ share }) => share === 0)).toBe(true)
  const { body: empty } = await ask('?from=2020-01-01&to=2020-02-01')
  expect(empty.totals).toMatchObject({ conversions: 0, nulls: 0 })
  expect(empty.models.every(({ channels }) => channels.length === 0)).toBe(true)
})

test('a saved segment keeps its persons only, and one that isn’t there is not found', async () => {
  const made = await room.as('marketer')({
    method: 'POST',
    url: `/api/shops/${room.shop}/segments`,
    payload: {
      name: 'Never ordered',
      definition: { about: 'orders', state: 'placed', times: { how: 'exactly', n: 0 } },
    },
  })
  const { id } = made.json() as { id: number }
  const { body } = await ask(`?segment=${id}`)
  expect(body.totals).toMatchObject({ conversions: 0, nulls: 1 })
  expect(body.meta.segment).toEqual({ id, name: 'Never ordered' })
  expect((await ask('?segment=999999')).status).toBe(404)
})

test.each([
  '?from=2026-09-01&to=2026-08-01',
  '?from=yesterday',
  '?by=mood',
  '?order=7',
  '?segment=-1',
  '?nulls=maybe',
  '?from=1990-01-01',
])('%s is refused with its reason', async (query) => {
  const { status, body } = await ask(query)
  expect(status).toBe(400)
  expect(body).toMatchObject({ error: { code: 'validation_failed' } })
})

test('strangers and nobody learn nothing', async () => {
  expect((await ask('', 'nobody')).status).toBe(401)
  expect([403, 404]).toContain((await ask('', 'stranger')).status)
})
