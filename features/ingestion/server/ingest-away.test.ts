import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EngineProxy, openEngineProxy } from '../../../test/engine-proxy.ts'
import { testEngineUrls } from '../../../test/harness.ts'
import { type IngestHarness, openIngest } from './ingest-harness.ts'

let postgres: EngineProxy
let clickhouse: EngineProxy
let ingest: IngestHarness

beforeAll(async () => {
  const { databaseUrl, clickhouseUrl } = testEngineUrls()
  postgres = await openEngineProxy(databaseUrl)
  clickhouse = await openEngineProxy(clickhouseUrl)
  ingest = await openIngest({ urls: { databaseUrl: postgres.url, clickhouseUrl: clickhouse.url } })
})
afterAll(async () => {
  await ingest.close()
  await Promise.all([postgres.close(), clickhouse.close()])
})

const track = () => ({
  event: 'Tested',
  userId: 'u',
  messageId: randomUUID(),
  timestamp: new Date().toISOString(),
})

/** Sends for longer than anything learned from PostgreSQL counts as fresh. */
async function sendForSeconds(seconds: number) {
  const until = performance.now() + seconds * 1_000
  const slow: number[] = []
  let sent = 0
  while (performance.now() < until) {
    const asked = performance.now()
    expect(await ingest.post('/v1/track', track())).toMatchObject({ status: 200, body: { recorded: 1 } })
    slow.push(performance.now() - asked)
    sent++
  }
  return { sent, slowest: Math.max(...slow) }
}

test.each(['closed', 'silent'] as const)(
  'ingestion goes on while the road to PostgreSQL is %s',
  async (road) => {
    expect((await ingest.post('/v1/track', track())).status).toBe(200)
    const before = (await ingest.events()).length
    postgres.road = road
    const { sent, slowest } = await sendForSeconds(4)
    postgres.road = 'open'
    expect(slowest).toBeLessThan(3_000)
    expect((await ingest.events()).length).toBe(before + sent)
  },
)

test('while the event store is away requests are told to come again, and the same requests succeed afterwards', async () => {
  clickhouse.road = 'closed'
  const events = [track(), track(), track()]
  for (const event of events) {
    const answer = await ingest.post('/v1/track', event)
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'store_away' } } })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  }
  clickhouse.road = 'open'
  for (const event of events)
    await expect
      .poll(async () => (await ingest.post('/v1/track', event)).status, { timeout: 15_000 })
      .toBe(200)
  const stored = (await ingest.events()).map((row) => row.message_id)
  for (const event of events) expect(stored.filter((id) => id === event.messageId)).toHaveLength(1)
})
