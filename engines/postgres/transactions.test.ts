import type { Socket } from 'node:net'
import type { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from './test-engine.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine()
  await engine.pool.query('CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL)')
})
afterAll(() => engine.stop())
beforeEach(async () => {
  await engine.pool.query('TRUNCATE account')
  await engine.pool.query('INSERT INTO account VALUES (1, 0)')
})

const balance = async () =>
  (await engine.pool.query('SELECT balance FROM account WHERE id = 1')).rows[0].balance

/** Cuts the socket as the end of a killed process would. */
const cut = (client: Client) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy()

test('transactions of many clients never interleave', async () => {
  const addOne = async () => {
    const client = await engine.pool.connect()
    try {
      await client.query('BEGIN')
      const { rows } = await client.query('SELECT balance FROM account WHERE id = 1')
      await client.query('UPDATE account SET balance = $1 WHERE id = 1', [rows[0].balance + 1])
      await client.query('COMMIT')
    } finally {
      client.release()
    }
  }
  await Promise.all(Array.from({ length: 60 }, addOne))
  expect(await balance()).toBe(60)
})

test('what one client has not committed is never seen by another, nor committed by it', async () => {
  const writer = await engine.connect()
  await writer.query('BEGIN')
  await writer.query('UPDATE account SET balance = 5 WHERE id = 1')
  const seen = balance()
  await writer.query('ROLLBACK')
  expect(await seen).toBe(0)
  await writer.end()
})

test('an error in the transaction of one client leaves the work of others alone', async () => {
  const failing = async () => {
    const client = await engine.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('UPDATE account SET balance = balance + 1000 WHERE id = 1')
      await expect(client.query('SELECT no_such_column FROM account')).rejects.toThrow('no_such_column')
      await expect(client.query('SELECT 1')).rejects.toThrow('current transaction is aborted')
      await client.query('ROLLBACK')
    } finally {
      client.release()
    }
  }
  const working = () => engine.pool.query('UPDATE account SET balance = balance + 1 WHERE id = 1')
  await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? failing() : working())))
  expect(await balance()).toBe(10)
})

test('COMMIT of a failed transaction answers ROLLBACK', async () => {
  const client = await engine.connect()
  await client.query('BEGIN')
  await client.query('SELECT nothing_like_it').catch(() => undefined)
  expect((await client.query('COMMIT')).command).toBe('ROLLBACK')
  await client.end()
})

test('a savepoint saves a transaction from an error inside it', async () => {
  const client = await engine.connect()
  await client.query('BEGIN')
  await client.query('SAVEPOINT before')
  await expect(client.query('INSERT INTO account VALUES (1, 1)')).rejects.toMatchObject({ code: '23505' })
  await client.query('ROLLBACK TO SAVEPOINT before')
  await client.query('UPDATE account SET balance = 7 WHERE id = 1')
  await client.query('COMMIT')
  await client.end()
  expect(await balance()).toBe(7)
})

test('a client that goes away inside a transaction is undone and holds nobody up', async () => {
  const client = await engine.connect()
  await client.query('BEGIN')
  await client.query('UPDATE account SET balance = 99 WHERE id = 1')
  const waiting = balance()
  cut(client)
  expect(await waiting).toBe(0)
})

test('a client that is killed while its statement waits for a turn leaves no trace', async () => {
  const holder = await engine.connect()
  const victim = await engine.connect()
  await holder.query('BEGIN')
  victim.query('UPDATE account SET balance = 50 WHERE id = 1').catch(() => undefined)
  cut(victim)
  await holder.query('COMMIT')
  await holder.end()
  expect([0, 50]).toContain(await balance())
  expect(engine.failures).toEqual([])
})

test('isolation levels and SET LOCAL last as long as their transaction', async () => {
  const client = await engine.connect()
  await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE')
  await client.query("SET LOCAL work_mem = '1MB'")
  expect((await client.query('SHOW transaction_isolation')).rows[0].transaction_isolation).toBe(
    'serializable',
  )
  await client.query('COMMIT')
  expect((await engine.pool.query('SHOW work_mem')).rows[0].work_mem).toBe('4MB')
  await client.end()
})
