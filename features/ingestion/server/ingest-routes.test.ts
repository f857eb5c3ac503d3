import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IngestHarness, openIngest } from './ingest-harness.ts'

let ingest: IngestHarness
beforeAll(async () => {
  ingest = await openIngest()
})
afterAll(() => ingest.close())

test('a tracked event is recorded with its facts', async () => {
  const answer = await ingest.post('/v1/track', {
    event: 'Order Completed',
    userId: 'u1',
    anonymousId: 'a1',
    messageId: 'first',
    timestamp: '2026-01-31T12:00:00.000Z',
    properties: { order_id: 'A-1', total: 1428.61, currency: 'UAH' },
    context: {
      page: {
        url: 'https://shop.example/thanks?utm_source=google&utm_medium=cpc&gclid=x',
        referrer: 'https://google.com/',
      },
    },
  })
  expect(answer.body).toEqual({ success: true, recorded: 1, duplicates: 0, rejected: [] })
  expect(await ingest.events()).toMatchObject([
    {
      shop: ingest.shop,
      source: ingest.source,
      kind: 'track',
      name: 'Order Completed',
      message_id: 'first',
      user_id: 'u1',
      anonymous_id: 'a1',
      identity_kind: 'user',
      order_id: 'A-1',
      amount: 142861,
      currency: 'UAH',
      path: '/thanks',
      utm_source: 'google',
      click_id: 'gclid',
      channel: 'search_ad',
      sent_ts: '2026-01-31 12:00:00.000',
      ts: '2026-01-31 12:00:00.000',
      marks: [],
    },
  ])
})
