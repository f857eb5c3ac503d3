import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { Definition } from '../contract.ts'

const EVENTS = 160_000
const BLOCK = 20_000
let room: TestApp
let url: string

beforeAll(async () => {
  room = await openTestApp()
  for (let from = 0; from < EVENTS; from += BLOCK)
    await room.deps.clickhouse.command(
      `INSERT INTO events (shop, identity, sent_ts, message_hash, ts, kind, name, properties)
       SELECT {shop:UInt32}, reinterpretAsUUID(sipHash128(number % 1000)), toDateTime64('2026-09-01', 3, 'UTC') + number AS at,
         reinterpretAsUUID(sipHash128(number, 'leaving')), at, 'track', 'Note Written', concat('{"text":"', hex(sipHash128(number)), repeat(' many words', 40), '"}')
       FROM numbers({from:UInt64}, {rows:UInt64})`,
      { params: { shop: room.shop, from, rows: BLOCK } },
    )
  await room.app.listen({ port: 0, host: '127.0.0.1' })
  const address = room.app.server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address?.port}`
}, 120_000)
afterAll(() => room.close())

/** So many texts are looked for in so many others that it takes seconds. */
const slow: Definition = {
  any: Array.from({ length: 50 }, (_, index) => ({
    about: 'event',
    which: { where: { field: 'properties.text', op: 'contains', value: `no such words ${index}` } },
    times: { how: 'at_least', n: 1 },
  })),
}

const askSize = (signal?: AbortSignal) =>
  fetch(`${url}/api/shops/${room.shop}/segments/size`, {
    method: 'POST',
    headers: { authorization: `Bearer ${room.tokens.viewer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ definition: slow }),
    signal,
  })

async function countRunning(): Promise<number | undefined> {
  const [row] = await room.deps.clickhouse.query<{ n: number }>(
    `SELECT count() AS n FROM system.processes WHERE query LIKE '%segment_person%' AND query NOT LIKE '%system.processes%'`,
  )
  return row?.n
}

test('the statement ends when whoever asked for the size leaves', { timeout: 120_000 }, async () => {
  const whole = await (await askSize()).json()
  expect(whole).toMatchObject({ n: 0, of: 1000 })
  const leaving = new AbortController()
  const refusal = expect(askSize(leaving.signal)).rejects.toThrow('aborted')
  await vi.waitFor(async () => expect(await countRunning()).toBe(1), { timeout: 10_000, interval: 20 })
  leaving.abort()
  const left = performance.now()
  await refusal
  await vi.waitFor(async () => expect(await countRunning()).toBe(0), { timeout: 30_000, interval: 20 })
  expect(performance.now() - left).toBeLessThan(whole.tookMs / 2)
})
