import { afterAll, beforeAll, expect, test } from 'vitest'
import { select, startTestEngine, type TestEngine, until } from './testing/start-test-engine.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine({ memoryLimitBytes: 800 << 20, reportMemoryBytes: 200 << 20 })
})
afterAll(() => engine.remove())

const ENDLESS = 'SELECT sum(cityHash64(number)) FROM numbers(1000000000000)'
const REPORT = { http_headers: { 'X-Tropa-Class': 'report' } }

const countRunning = async (part: string) => {
  const query =
    'SELECT count() AS n FROM system.processes WHERE query LIKE {part:String} AND query NOT LIKE {own:String}'
  const query_params = { part: `%${part}%`, own: '%system.processes%' }
  const result = await engine.client.query({ query, query_params, format: 'JSONEachRow' })
  return Number((await result.json<{ n: number }>())[0]?.n)
}

test('a query dies when its client leaves', async () => {
  for (const options of [{}, REPORT]) {
    const leaving = new AbortController()
    const query = engine.client.query({ query: ENDLESS, abort_signal: leaving.signal, ...options })
    const failure = expect(query).rejects.toThrow('aborted')
    await until(async () => (await countRunning('1000000000000')) === 1)
    leaving.abort()
    await failure
    await until(async () => (await countRunning('1000000000000')) === 0)
  }
})

test('a client that leaves in the middle of a large result ends it too', async () => {
  const result = await engine.client.query({
    query: 'SELECT number, number AS again FROM numbers(1000000000000)',
    format: 'JSONEachRow',
  })
  await until(async () => (await countRunning('again')) === 1)
  result.close()
  await until(async () => (await countRunning('again')) === 0)
})

test('a client that leaves while it waits is not run', async () => {
  const leaving = new AbortController()
  const signal = leaving.signal
  const running = engine.client.query({ query: ENDLESS, abort_signal: signal, ...REPORT }).catch(() => {})
  await until(async () => (await countRunning('1000000000000')) === 1)
  const waiting = new AbortController()
  const queued = engine.client.query({
    query: `${ENDLESS} -- second`,
    abort_signal: waiting.signal,
    ...REPORT,
  })
  const refusal = expect(queued).rejects.toThrow()
  waiting.abort()
  await refusal
  leaving.abort()
  await running
  await until(async () => (await countRunning('1000000000000')) === 0)
  expect(await countRunning('second')).toBe(0)
})

test('a time limit ends a query with its own error, and the engine lives', async () => {
  const clickhouse_settings = { max_execution_time: 1 }
  await expect(engine.client.query({ query: ENDLESS, clickhouse_settings })).rejects.toMatchObject({
    code: '159',
  })
  expect(await select(engine.client, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a memory limit as well', async () => {
  const query = 'SELECT groupArray(toString(number)) FROM numbers(100000000)'
  const clickhouse_settings = { max_memory_usage: '100000000' }
  await expect(engine.client.query({ query, clickhouse_settings })).rejects.toMatchObject({ code: '241' })
  // Ordinary reads have a limit that nobody needs to set, and the engine as a whole has one that nobody can lift.
  await expect(engine.client.query({ query })).rejects.toMatchObject({ code: '241' })
  await expect(
    engine.client.query({ query, clickhouse_settings: { max_memory_usage: '0' } }),
  ).rejects.toMatchObject({ code: '241' })
  expect(await select(engine.client, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a report can’t lift its limits', async () => {
  const query = "SELECT getSetting('max_memory_usage') AS memory"
  const read = async (clickhouse_settings = {}) => {
    const result = await engine.client.query({ query, format: 'JSONEachRow', clickhouse_settings, ...REPORT })
    return (await result.json<{ memory: number }>())[0]?.memory
  }
  expect(await read()).toBe(200 << 20)
  expect(await read({ max_memory_usage: '0' })).toBe(200 << 20)
  expect(await read({ max_memory_usage: '1000000' })).toBe(1_000_000)
})

test.each([
  [
    'groups',
    'SELECT count() AS n FROM (SELECT number % 4000000 AS k, any(toString(number)) FROM numbers(8000000) GROUP BY k)',
    4_000_000,
  ],
  [
    'sorts',
    'SELECT count() AS n FROM (SELECT toString(number) AS s FROM numbers(8000000) ORDER BY cityHash64(s) LIMIT 7999999)',
    7_999_999,
  ],
  [
    'joins',
    'SELECT count() AS n FROM (SELECT number AS k, toString(k) AS s FROM numbers(4000000)) AS a JOIN (SELECT number AS k, toString(k) AS s FROM numbers(4000000)) AS b USING k WHERE a.s = b.s',
    4_000_000,
  ],
])('a report %s on disk rather than fail for want of memory', { timeout: 60_000 }, async (_, query, n) => {
  const result = await engine.client.query({ query, format: 'JSONEachRow', ...REPORT })
  expect(await result.json()).toEqual([{ n }])
})

test('a report takes one thread while rows come in', async () => {
  await engine.client.command({ query: 'CREATE TABLE pace (a Int8) ENGINE = MergeTree ORDER BY a' })
  const readThreads = async () => {
    const query = "SELECT getSetting('max_threads') AS threads"
    const result = await engine.client.query({ query, format: 'JSONEachRow', ...REPORT })
    return Number((await result.json<{ threads: number }>())[0]?.threads)
  }
  await engine.client.insert({ table: 'pace', values: [{ a: 1 }], format: 'JSONEachRow' })
  expect(await readThreads()).toBe(1)
  await until(async () => (await readThreads()) === 2)
})

test('one report runs at a time, and neither reads nor inserts wait for it', async () => {
  await engine.client.command({ query: 'CREATE TABLE free (a Int8) ENGINE = MergeTree ORDER BY a' })
  const leaving = new AbortController()
  const start = () =>
    engine.client.query({ query: ENDLESS, abort_signal: leaving.signal, ...REPORT }).catch(() => {})
  const reports = [start(), start(), start()]
  await until(async () => (await countRunning('1000000000000')) > 0)
  expect(await select(engine.client, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await engine.client.insert({ table: 'free', values: [{ a: 1 }], format: 'JSONEachRow' })
  expect(await countRunning('1000000000000')).toBe(1)
  leaving.abort()
  await Promise.all(reports)
  await until(async () => (await countRunning('1000000000000')) === 0)
})

test('the class may stand in the URL as well', async () => {
  const url = `/?tropa_class=report&query=${encodeURIComponent("SELECT getSetting('max_memory_usage')")}`
  expect(await (await engine.request(url)).text()).toBe(`${200 << 20}\n`)
})

test('a statement as slow as it likes to plan does not hold up the others', async () => {
  // The subquery runs while the statement is planned; planned on the server's own thread it would stop everything.
  const slow = engine.client.query({ query: 'SELECT (SELECT sleepEachRow(1) FROM numbers(3) LIMIT 1)' })
  const start = Date.now()
  await select(engine.client, 'SELECT 1 AS one')
  expect(Date.now() - start).toBeLessThan(2_500)
  await (await slow).text()
})
