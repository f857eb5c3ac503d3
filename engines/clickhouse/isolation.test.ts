import { afterAll, beforeAll, expect, test } from 'vitest'
import { select, startTestEngine, type TestEngine } from './testing/start-test-engine.ts'

// Nothing of one request may reach the next, whichever connection it is given.

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine()
})
afterAll(() => engine.remove())

/** Runs the same query often enough to meet every connection of the pool. */
async function selectEverywhere(query: string) {
  return Promise.all(Array.from({ length: 12 }, () => select(engine.client, query)))
}

test('parameters end with their request', async () => {
  await engine.client.query({ query: 'SELECT {secret:String}', query_params: { secret: 'mine' } })
  await expect(engine.client.query({ query: 'SELECT {secret:String}' })).rejects.toMatchObject({
    code: '456',
  })
})

test('concurrent requests with parameters of the same name each see their own', async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const result = await engine.client.query({
        query: 'SELECT {x:UInt32} AS x, sleep(0.01)',
        query_params: { x: index },
        format: 'JSONEachRow',
      })
      return (await result.json<{ x: number }>())[0]?.x
    }),
  )
  expect(answers).toEqual(Array.from({ length: 60 }, (_, index) => index))
})

test('settings end with their request, also when it fails', async () => {
  const [before] = await selectEverywhere("SELECT getSetting('max_block_size') AS size")
  const settings = { max_block_size: '1234' } as const
  await engine.client.query({ query: 'SELECT 1', clickhouse_settings: settings })
  await expect(
    engine.client.query({ query: 'SELECT nonsense', clickhouse_settings: settings }),
  ).rejects.toThrow()
  await engine.client.command({
    query: 'CREATE TABLE s (a Int8) ENGINE = Memory',
    clickhouse_settings: settings,
  })
  await engine.client.insert({
    table: 's',
    values: [{ a: 1 }],
    format: 'JSONEachRow',
    clickhouse_settings: settings,
  })
  for (const rows of await selectEverywhere("SELECT getSetting('max_block_size') AS size"))
    expect(rows).toEqual(before)
})

test('a database chosen by one request is not the next one’s', async () => {
  await engine.client.command({ query: 'CREATE DATABASE other' })
  await engine.connect({ database: 'other' }).query({ query: 'SELECT 1' })
  for (const rows of await selectEverywhere('SELECT currentDatabase() AS d'))
    expect(rows).toEqual([{ d: 'default' }])
})

test('a result broken off by a limit does not head the next answer', async () => {
  // On a connection used twice the engine hands the unread rest to the next statement.
  for (let round = 0; round < 5; round += 1) {
    await expect(
      engine.client.query({
        query: 'SELECT number FROM numbers(1000000)',
        format: 'JSONEachRow',
        clickhouse_settings: { max_result_bytes: '100000' },
      }),
    ).rejects.toMatchObject({ code: '396' })
    expect(await select(engine.client, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  }
})

test('a temporary table is gone with its request', async () => {
  await engine.client.command({ query: 'CREATE TEMPORARY TABLE mine (a Int8)' })
  await expect(engine.client.query({ query: 'SELECT * FROM mine' })).rejects.toMatchObject({ code: '60' })
})

test('a setting that the engine does not know is an error, and none is silently dropped', async () => {
  const query = { query: 'SELECT 1', clickhouse_settings: { max_thredas: 1 } as never }
  await expect(engine.client.query(query)).rejects.toMatchObject({ code: '115' })
  await expect(
    engine.client.query({ query: 'SELECT 1', clickhouse_settings: { "x' = 1, y": 1 } as never }),
  ).rejects.toMatchObject({ code: '36' })
})
