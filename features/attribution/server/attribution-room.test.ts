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
    // Before the days that the tests ask about.
    page('olena', 100, '?utm_source=google&utm_medium=cpc'),
    order('olena', 99, 'A-0', 300),
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
  for (const query of [
    '',
    '?order=2',
    '?nulls=without',
    '?by=source',
    '?by=campaign',
    '?by=touchpoint',
    '?compare=previous',
  ]) {
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
  const { status, body } = (await ask(query)) as unknown as {
    status: number
    body: { error: { code: string } }
  }
  expect(status).toBe(400)
  expect(['validation_failed', 'bad_request']).toContain(body.error.code)
})

const get = async (path: string, who: 'viewer' | 'nobody' | 'stranger' = 'viewer') => {
  const answer = await room.as(who)({ method: 'GET', url: `/api/shops/${room.shop}/${path}` })
  return { status: answer.statusCode, body: answer.json() }
}

test('behind each way stand its orders and who placed them, page by page', async () => {
  const { body } = await get('attribution/orders?way=search_ad&from=2026-06-01&to=2026-10-01&limit=1')
  expect(body.items).toEqual([
    {
      order: 'A-1',
      at: new Date(NOW - 7 * DAY).toISOString(),
      person: expect.any(String),
      name: 'olena',
      value: 90_000,
      path: ['search_ad', 'email'],
    },
  ])
  const next = await get(
    `attribution/orders?way=search_ad&from=2026-06-01&to=2026-10-01&limit=1&cursor=${body.nextCursor}`,
  )
  expect(next.body).toMatchObject({ items: [{ order: 'A-0' }], nextCursor: null })
  expect((await get('attribution/orders?way=')).body.items).toMatchObject([{ order: 'B-1', path: [] }])
  expect((await get('attribution/orders?way=nobody')).body.items).toEqual([])
  expect((await get('attribution/orders?way=email&cursor=zzz')).status).toBe(400)
  expect((await get('attribution/orders?way=email', 'stranger')).status).not.toBe(200)
})

test('orders by week end now, the last whole one last', async () => {
  const { body } = await get('attribution/weeks?from=2026-09-10')
  expect(body).toEqual({ weeks: [0, 0, 2].slice(-Math.floor((NOW - Date.UTC(2026, 8, 10)) / (7 * DAY))) })
})

test('against the period before each model says what changed, and corrects for looking at many', async () => {
  const { body } = await ask('?compare=previous&from=2026-09-01&to=2026-10-01')
  expect(body.comparedTotals).toMatchObject({ conversions: 0 })
  const { body: longer } = await ask('?compare=previous&from=2026-08-01&to=2026-10-01')
  expect(longer.comparedTotals).toMatchObject({ conversions: 1 })
  const changes = longer.models
    .find(({ model }) => model === 'last')
    ?.channels.map(({ channel, change }) => [channel, change?.difference])
  expect(Object.fromEntries(changes ?? [])).toEqual({ search_ad: -1, email: 1 })
  // One order on each side: nothing is found, however far apart they are.
  const found = longer.models.flatMap(({ channels }) => channels.filter(({ change }) => (change?.q ?? 1) < 1))
  expect(found).toEqual([])
})

async function send(text: string, query: string, who: 'marketer' | 'viewer' = 'marketer') {
  const answer = await room.as(who)({
    method: 'POST',
    url: `/api/shops/${room.shop}/ad-costs?name=costs.csv${query}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.from(text),
  })
  return { status: answer.statusCode, body: answer.json() }
}

test('costs meet the orders of their way, and the same file twice costs as much as once', async () => {
  const file =
    'date,utm_source,utm_medium,utm_campaign,cost\n2026-09-20,google,cpc,tea,30\n2026-09-21,Google,CPC,Tea,15\n2026-09-21,facebook,paid_social,,7\n2026-09-22,google,cpc,tea,-1\n'
  const looked = (await send(file, '')).body
  expect(looked).toMatchObject({ isSaved: false, rows: 4, bad: 1, entries: 3, replaced: 0, amount: 5_200 })
  expect(looked.channels).toEqual([
    { channel: 'search_ad', amount: 4_500 },
    { channel: 'social_ad', amount: 700 },
  ])
  expect((await get('ad-costs')).body.items).toEqual([])
  expect((await send(file, '&save=true', 'viewer')).status).toBe(403)
  expect((await send(file, '&save=true')).body).toMatchObject({ isSaved: true, replaced: 0 })
  expect((await send(file, '&save=true')).body).toMatchObject({ isSaved: true, replaced: 3 })
  const { body } = await ask('?from=2026-09-20&to=2026-10-01')
  expect(body.costs).toMatchObject({
    amount: 5_200,
    days: 11,
    daysWithCosts: 2,
    gaps: [{ from: '2026-09-22', to: '2026-09-30' }],
    ways: [{ way: 'search_ad', amount: 4_500, clicks: null }],
    unmatched: [{ way: 'social_ad', amount: 700 }],
    unmatchedAmount: 700,
  })
  const shapley = body.models.find(({ model }) => model === 'shapley')?.channels
  const ad = shapley?.find(({ channel }) => channel === 'search_ad')
  expect(ad?.costPerOrder?.value).toBeCloseTo(9_000, 6)
  expect(ad?.return?.value).toBeCloseTo(10, 9)
  expect(shapley?.find(({ channel }) => channel === 'email')?.costPerOrder).toBeNull()
  for (const [by, way] of [
    ['source', 'google'],
    ['touchpoint', 'search_ad'],
    ['campaign', 'google / tea'],
  ]) {
    const { costs } = (await ask(`?by=${by}&from=2026-09-20&to=2026-10-01`)).body
    const all = [...(costs?.ways ?? []), ...(costs?.unmatched ?? [])]
    expect(all.find((one) => one.way === way)?.amount, by).toBe(4_500)
  }
  const sampled = (await ask('?sample=0.5&from=2026-09-20&to=2026-10-01')).body
  expect(sampled.costs?.isWithheld).toBe(true)
})

test('costs are listed by campaign, page by page, and taken away by days', async () => {
  const first = (await get('ad-costs?limit=1')).body
  expect(first.items).toMatchObject([
    { campaign: 'tea', channel: 'search_ad', amount: 4_500, days: 2, firstDay: '2026-09-20' },
  ])
  expect((await get(`ad-costs?limit=1&cursor=${first.nextCursor}`)).body).toMatchObject({
    items: [{ source: 'facebook', amount: 700 }],
    nextCursor: null,
  })
  const remove = (query: string) =>
    room.as('marketer')({ method: 'DELETE', url: `/api/shops/${room.shop}/ad-costs?${query}` })
  expect((await remove('from=2026-09-21&to=2026-09-22')).json()).toEqual({ entries: 2, amount: 2_200 })
  expect((await remove('from=2026-09-22&to=2026-09-22')).statusCode).toBe(400)
  expect((await remove('from=2026-02-30&to=2026-09-22')).statusCode).toBe(400)
  expect((await get('ad-costs')).body.items).toMatchObject([{ amount: 3_000, days: 1 }])
})

test.each([
  ['a,b\n1,2\n', 'unprocessable'],
  ['', 'unprocessable'],
  ['date,cost\n2026-09-01,5\n', 'unprocessable'],
  ['PK\u0003\u0004 a workbook', 'unsupported'],
])('a file that is no table of costs is refused: %j', async (text, code) => {
  expect((await send(text, '&save=true')).body.error.code).toBe(code)
})

test('marks that no text column takes are left out of a file’s name and words', async () => {
  const file = 'date,cost\n2026-09-01,5\n'
  const { status, body } = await send(file, '%00&source=goo%00gle&medium=cpc%00&save=true')
  expect(status, JSON.stringify(body)).toBe(200)
  expect((await get('ad-costs?from=2026-09-01&to=2026-09-02')).body.items).toMatchObject([
    { source: 'google', medium: 'cpc', amount: 500 },
  ])
})

test('strangers and nobody learn nothing', async () => {
  expect((await ask('', 'nobody')).status).toBe(401)
  expect([403, 404]).toContain((await ask('', 'stranger')).status)
})
