import { Analytics } from '@segment/analytics-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IngestHarness, openIngest } from './ingest-harness.ts'

let ingest: IngestHarness
let url: string
beforeAll(async () => {
  ingest = await openIngest()
  url = await ingest.listen()
})
afterAll(() => ingest.close())

test('Segment’s client for servers, unmodified, records every kind of message once', async () => {
  const client = new Analytics({ writeKey: ingest.key, host: url, flushAt: 3 })
  const errors: unknown[] = []
  client.on('error', (error) => errors.push(error))
  const at = new Date('2026-05-01T10:00:00.000Z')
  client.identify({ userId: 'u1', traits: { email: 'olena@example.com' }, timestamp: at })
  client.track({
    userId: 'u1',
    event: 'Order Completed',
    properties: { order_id: 'A-1', total: 100.5, currency: 'UAH' },
    timestamp: at,
  })
  client.page({ anonymousId: 'a1', name: 'Home', properties: { url: 'https://shop.example/' } })
  client.screen({ anonymousId: 'a1', name: 'Start' })
  client.group({ userId: 'u1', groupId: 'g1', traits: { plan: 'b2b' } })
  client.alias({ userId: 'u1', previousId: 'a1' })
  await client.closeAndFlush()
  expect(errors).toEqual([])
  const events = await ingest.events()
  expect(events.map((row) => row.kind).sort()).toEqual([
    'alias',
    'group',
    'identify',
    'page',
    'screen',
    'track',
  ])
  expect(events.find((row) => row.kind === 'track')).toMatchObject({
    name: 'Order Completed',
    user_id: 'u1',
    order_id: 'A-1',
    amount: 10_050,
    ts: '2026-05-01 10:00:00.000',
  })
  expect(events.find((row) => row.kind === 'alias')).toMatchObject({
    user_id: 'u1',
    properties: '{"previousId":"a1"}',
  })
})

test('the client learns that its key is wrong', async () => {
  const client = new Analytics({ writeKey: 'wk_nobody', host: url, flushAt: 1, maxRetries: 0 })
  const error = new Promise((resolve) => client.on('error', resolve))
  client.track({ userId: 'u1', event: 'Tested' })
  expect(await error).toMatchObject({ reason: { message: expect.stringContaining('401') } })
  await client.closeAndFlush()
})
