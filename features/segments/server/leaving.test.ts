import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { Definition } from '../contract.ts'

let room: TestApp
let url: string

beforeAll(async () => {
  room = await openTestApp()
  const { clickhouse } = room.deps
  const ask = clickhouse.query
  // Every report takes a minute: whoever waits for its end would be seen to wait.
  clickhouse.query = (sql, options) =>
    ask(
      options?.kind === 'report'
        ? `SELECT size.* FROM (${sql}) AS size, numbers(60) WHERE sleepEachRow(1) = 0 SETTINGS max_block_size = 1`
        : sql,
      options,
    )
  await room.app.listen({ port: 0, host: '127.0.0.1' })
  const address = room.app.server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address?.port}`
})
afterAll(() => room.close())

const definition: Definition = {
  about: 'event',
  which: { where: { field: 'properties.text', op: 'contains', value: 'no such words' } },
  times: { how: 'at_least', n: 1 },
}

const askSize = (signal?: AbortSignal) =>
  fetch(`${url}/api/shops/${room.shop}/segments/size`, {
    method: 'POST',
    headers: { authorization: `Bearer ${room.tokens.viewer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ definition }),
    signal,
  })

async function countRunning(): Promise<number | undefined> {
  const [row] = await room.deps.clickhouse.query<{ n: number }>(
    `SELECT count() AS n FROM system.processes WHERE query LIKE '%segment_person%' AND query NOT LIKE '%system.processes%'`,
  )
  return row?.n
}

test('the statement ends when whoever asked for the size leaves', { timeout: 50_000 }, async () => {
  const leaving = new AbortController()
  const refusal = expect(askSize(leaving.signal)).rejects.toThrow('aborted')
  await vi.waitFor(async () => expect(await countRunning()).toBe(1), { timeout: 10_000, interval: 20 })
  leaving.abort()
  await refusal
  await vi.waitFor(async () => expect(await countRunning()).toBe(0), { timeout: 30_000, interval: 100 })
})
