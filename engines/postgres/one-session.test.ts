import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from './test-engine.ts'

/**
 * What our code may not use, because all clients share one session. These tests are the documentation: when a newer
 * engine makes one of them fail, a rule can be dropped.
 */
describe('with the embedded engine', () => {
  let engine: TestEngine
  beforeAll(async () => {
    engine = await startTestEngine()
  })
  afterAll(() => engine.stop())

  const inTwoClients = async (first: string, second: string) => {
    const [one, two] = [await engine.connect(), await engine.connect()]
    try {
      await one.query(first)
      return await two.query(second)
    } finally {
      await Promise.all([one.end(), two.end()])
    }
  }

  test('a setting made by one client holds for all', async () => {
    const { rows } = await inTwoClients("SET work_mem = '7MB'", 'SHOW work_mem')
    expect(rows).toEqual([{ work_mem: '7MB' }])
  })

  test('a temporary table of one client is seen by all', async () => {
    const { rows } = await inTwoClients('CREATE TEMP TABLE scratch AS SELECT 1 AS n', 'SELECT n FROM scratch')
    expect(rows).toEqual([{ n: 1 }])
  })

  test('an advisory lock held by one client is granted to another', async () => {
    const { rows } = await inTwoClients(
      'SELECT pg_advisory_lock(7)',
      'SELECT pg_try_advisory_lock(7) AS granted',
    )
    expect(rows).toEqual([{ granted: true }])
  })

  test('a notification does not reach another client that listens', async () => {
    const [listener, notifier] = [await engine.connect(), await engine.connect()]
    const heard: string[] = []
    listener.on('notification', ({ channel }) => heard.push(channel))
    await listener.query('LISTEN news')
    await notifier.query('NOTIFY news')
    await listener.query('SELECT 1')
    expect(heard).toEqual([])
    await Promise.all([listener.end(), notifier.end()])
  })

  test('a time limit for statements does not hold', async () => {
    const client = await engine.connect()
    await client.query("SET statement_timeout = '20ms'")
    await expect(client.query('SELECT pg_sleep(0.2)')).resolves.toBeTruthy()
    await client.query('RESET statement_timeout')
    await client.end()
  })

  test('a slow statement of one client holds up all others', async () => {
    const slow = engine.pool.query('SELECT pg_sleep(0.5)').then(() => Date.now())
    const quick = await engine.pool.query('SELECT 1').then(() => Date.now())
    expect(quick).toBeGreaterThanOrEqual((await slow) - 50)
  })

  test('everybody is the one user "postgres" whatever name was given', async () => {
    const { rows } = await engine.pool.query('SELECT current_user AS name')
    expect(rows).toEqual([{ name: 'postgres' }])
  })

  test('nothing is flushed to the disk: committed rows survive a killed process, not a power cut', async () => {
    const { rows } = await engine.pool.query('SHOW fsync')
    expect(rows).toEqual([{ fsync: 'off' }])
  })

  test('locks and settings that end with their transaction behave as everywhere', async () => {
    const client = await engine.connect()
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock(9)')
    await client.query("SET LOCAL lock_timeout = '1s'")
    await client.query('COMMIT')
    const { rows } = await engine.pool.query(
      'SELECT pg_try_advisory_xact_lock(9) AS granted, current_setting($1) AS t',
      ['lock_timeout'],
    )
    expect(rows).toEqual([{ granted: true, t: '0' }])
    await client.end()
  })
})
