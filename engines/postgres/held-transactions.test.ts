import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, type TestEngine, waitUntil } from './test-engine.ts'

const HELD_LIMIT_MS = 1_500
const GULP_PAUSE_MS = 500
const GULP_BYTES = 1_000_000
let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine({ heldLimitMs: HELD_LIMIT_MS })
  await engine.pool.query('CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL)')
  await engine.pool.query('INSERT INTO account VALUES (1, 0)')
})
afterAll(() => engine.stop())

const balance = async () =>
  (await engine.pool.query('SELECT balance FROM account WHERE id = 1')).rows[0].balance

test('a transaction left open without a statement is undone after the limit, and its client is told why', async () => {
  const idler = await engine.connect()
  const ended = new Promise<Error & { code?: string }>((resolve) => idler.once('error', resolve))
  await idler.query('BEGIN')
  await idler.query('UPDATE account SET balance = 77 WHERE id = 1')
  const asked = Date.now()
  expect(await balance()).toBe(0)
  expect(Date.now() - asked).toBeGreaterThan(HELD_LIMIT_MS / 2)
  expect((await ended).code).toBe('25P03')
})

test('a transaction that keeps working may take longer than the limit', async () => {
  const worker = await engine.connect()
  await worker.query('BEGIN')
  const began = Date.now()
  let steps = 0
  await waitUntil(async () => {
    await worker.query('UPDATE account SET balance = balance + 1 WHERE id = 1')
    steps++
    return Date.now() - began > HELD_LIMIT_MS * 2
  })
  await worker.query('COMMIT')
  await worker.end()
  expect(await balance()).toBe(steps)
})

test('a big answer may be read for longer than the limit', async () => {
  const client = await engine.connect()
  await client.query('BEGIN')
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  const answer = client.query("SELECT repeat('x', 1000) AS text FROM generate_series(1, 30000)")
  const began = Date.now()
  let isRead = false
  answer.finally(() => {
    isRead = true
  })
  // Reads in gulps: what fits between two looks, then nothing for a while.
  while (!isRead) {
    stream.pause()
    await sleep(GULP_PAUSE_MS)
    const before = stream.bytesRead
    stream.resume()
    await waitUntil(() => isRead || stream.bytesRead - before > GULP_BYTES)
  }
  expect(Date.now() - began).toBeGreaterThan(HELD_LIMIT_MS * 2)
  expect((await answer).rows).toHaveLength(30_000)
  expect((await client.query('COMMIT')).command).toBe('COMMIT')
  await client.end()
})
