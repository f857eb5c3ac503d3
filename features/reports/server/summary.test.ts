import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { eventsQuery } from './summary-query.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1, 9)
let shopApp: TestApp
let source: number

beforeAll(async () => {
  shopApp = await openTestApp()
  source = await ensureSource(shopApp.deps.db, shopApp.shop, { kind: 'system', name: 'Test' })
})
afterAll(() => shopApp.close())

let id = 0
const message = (who: Record<string, unknown>, day: number, given: Record<string, unknown> = {}) => ({
  type: 'track',
  event: 'Tested',
  messageId: `s${id++}`,
  timestamp: START + day * DAY,
  ...who,
  ...given,
})

async function send(...messages: unknown[]): Promise<void> {
  await recordMessages(shopApp.deps, { shop: shopApp.shop, source, messages, origin: 'system' })
  await shopApp.deps.runner.drain()
}

async function ask(query = '') {
  const answer = await shopApp.as('viewer')({ url: `/api/shops/${shopApp.shop}/summary${query}` })
  return { status: answer.statusCode, body: answer.json() }
}

test('an empty shop has zeros', async () => {
  const none = {
    events: 0,
    persons: 0,
    identities: 0,
    journeys: 0,
    orders: 0,
    rejected: 0,
    duplicates: 0,
    dropped: 0,
  }
  expect((await ask()).body).toMatchObject(none)
})

test('events, persons, identities, journeys and orders are counted, and what was not recorded', async () => {
  const order = { event: 'Order Completed', properties: { order_id: 'S-1', total: 10 } }
  await send(
    message({ anonymousId: 'a' }, 0),
    message({ anonymousId: 'a' }, 29),
    message({ anonymousId: 'a' }, 58.9),
    // 30 days and a little of silence: a second journey.
    message({ anonymousId: 'a' }, 89),
    message({ userId: 'b' }, 3),
    message({ userId: 'b' }, 3, order),
    { type: 'track', event: '', userId: 'x' },
    { ...message({ userId: 'b' }, 5), messageId: 'twice' },
    { ...message({ userId: 'b' }, 5), messageId: 'twice' },
  )
  expect((await ask()).body).toMatchObject({
    events: 7,
    persons: 2,
    identities: 2,
    journeys: 3,
    orders: 1,
    rejected: 1,
    duplicates: 1,
    // What other lanes of the store still hand out is none of this shop's.
    lagSeconds: expect.any(Number),
  })
})

test('joining two identities joins their journeys', async () => {
  await send(
    message({ anonymousId: 'browser' }, 0),
    message({ userId: 'c' }, 20),
    message({ anonymousId: 'browser' }, 45),
  )
  const before = (await ask()).body
  await send(message({ userId: 'c', anonymousId: 'browser' }, 45, { type: 'identify', traits: {} }))
  // Two silences of 20 and 25 days instead of one of 45: four journeys become one person's one.
  await expect
    .poll(async () => (await ask()).body)
    .toMatchObject({
      events: before.events + 1,
      persons: before.persons - 1,
      identities: before.identities,
      journeys: before.journeys - 2,
    })
})

test('a period is half-open and its days are the shop’s', async () => {
  // The shop is in Kyiv: its 1 January ends at 22:00 UTC.
  expect((await ask('?from=2026-01-01&to=2026-01-02')).body).toMatchObject({ events: 2 })
  expect((await ask('?from=2026-01-01T09:00:00Z&to=2026-01-04T09:00:00Z')).body.events).toBe(2)
  expect((await ask(`?from=${START}&to=${START + 1}`)).body.events).toBe(2)
  expect((await ask('?from=2026-01-04&to=2026-01-05')).body).toMatchObject({
    events: 2,
    persons: 1,
    orders: 1,
  })
  expect((await ask('?from=2031-01-01')).body).toMatchObject({ events: 0, rejected: 0, duplicates: 0 })
})

test('a period that is none is refused in words', async () => {
  expect(await ask('?from=yesterday')).toMatchObject({
    status: 400,
    body: { error: { code: 'validation_failed' } },
  })
})

test('the question becomes one statement with parameters', () => {
  const { sql, params } = eventsQuery(5, { from: 1, to: 2 }, { join: 'JOIN links', person: 'links.person' })
  expect(params).toEqual({ shop: 5, from: 1, to: 2, silence: 30 * DAY })
  expect(sql).toContain(
    'FROM events FINAL WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({to:Int64})',
  )
  expect(sql).toContain(') AS e JOIN links')
})
