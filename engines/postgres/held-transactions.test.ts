import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, type TestEngine, waitUntil } from './test-engine.ts'

const HELD_LIMIT_MS = 1_500
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
