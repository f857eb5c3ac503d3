import { afterAll, beforeAll, expect, test } from 'vitest'
import { startClickhouseEngine } from './start-clickhouse-engine.ts'
import { startTestEngine, type TestEngine } from './testing/start-test-engine.ts'

// The HTTP interface itself, past the client.

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine({ user: 'tropa' })
})
afterAll(() => engine.remove())

const query = (sql: string, more = '') => `/?query=${encodeURIComponent(sql)}${more}`
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

test('nobody gets in without the password', async () => {
  const none = await engine.request(query('SELECT 1'), { headers: { authorization: '' } })
  expect([none.status, await none.text()]).toEqual([401, expect.stringContaining('REQUIRED_PASSWORD')])
  for (const headers of [
    basic('tropa', 'wrong'),
    basic('default', 'p:ä/@'),
    basic('tropa', ''),
    basic('', ''),
  ]) {
    const wrong = await engine.request(query('SELECT 1'), { headers })
    expect([wrong.status, wrong.headers.get('x-clickhouse-exception-code')]).toEqual([403, '516'])
  }
})

test('the user and key headers open as well', async () => {
  const key = Buffer.from('p:ä/@').toString('latin1')
  const headers = { authorization: '', 'x-clickhouse-user': 'tropa', 'x-clickhouse-key': key }
  expect(await (await engine.request(query('SELECT 1'), { headers })).text()).toBe('1\n')
})

test('only a loopback address is taken', async () => {
  const start = startClickhouseEngine({ dataDir: engine.dataDir, password: 'p', host: '0.0.0.0' })
  await expect(start).rejects.toThrow('loopback')
})

test('ping answers without a password, other paths not at all', async () => {
  const ping = await engine.request('/ping', { headers: { authorization: '' } })
  expect([ping.status, await ping.text()]).toEqual([200, 'Ok.\n'])
  expect((await engine.request('/play')).status).toBe(400)
  expect((await engine.request('/', { method: 'DELETE' })).status).toBe(400)
})

test('a query may stand in the URL, in the body, or in both', async () => {
  expect(await (await engine.request(query('SELECT 1'))).text()).toBe('1\n')
  expect(await (await engine.request('/', { method: 'POST', body: 'SELECT 2' })).text()).toBe('2\n')
  expect(await (await engine.request(query('SELECT'), { method: 'POST', body: '3' })).text()).toBe('3\n')
})

test('GET only reads', async () => {
  for (const sql of ['CREATE TABLE x (a Int8) ENGINE = Memory', 'INSERT INTO x VALUES (1)', 'DROP TABLE x']) {
    expect((await engine.request(query(sql))).headers.get('x-clickhouse-exception-code')).toBe('164')
  }
})

test('sessions, roles and block compression are refused in words', async () => {
  for (const part of ['&session_id=a', '&role=r', '&compress=1', '&quota_key=k']) {
    const response = await engine.request(query('SELECT 1', part))
    expect([response.status, await response.text()]).toEqual([501, expect.stringContaining('not supported')])
  }
})

test('the answer names its query, its format and what it cost', async () => {
  const response = await engine.request(query('SELECT 1', '&query_id=my-id&default_format=JSONEachRow'))
  expect(response.headers.get('x-clickhouse-query-id')).toBe('my-id')
  expect(response.headers.get('x-clickhouse-format')).toBe('JSONEachRow')
  expect(response.headers.get('content-type')).toMatch('application/x-ndjson')
  expect(JSON.parse(response.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({ read_rows: '1' })
  expect(await response.text()).toBe('{"1":1}\n')
})

test('an error carries its code in a header, its text in ClickHouse’s form', async () => {
  const response = await engine.request(query('SELECT nothing'))
  expect(response.headers.get('x-clickhouse-exception-code')).toBe('47')
  expect(await response.text()).toMatch(
    /^Code: 47\. DB::Exception: .* \(UNKNOWN_IDENTIFIER\) \(version 26\..*\)\n$/,
  )
})

test('compression is by request, and only then', async () => {
  const plain = await engine.request(query('SELECT 1'))
  expect(plain.headers.get('content-encoding')).toBeNull()
  const packed = await engine.request(query('SELECT 1', '&enable_http_compression=1'))
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(await packed.text()).toBe('1\n')
})

test('an external table or a broken form is refused', async () => {
  const form = new FormData()
  form.set('query', 'SELECT * FROM data')
  form.set('data', new Blob(['1,2']), 'data.csv')
  expect((await engine.request('/', { method: 'POST', body: form })).status).toBe(501)
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  expect((await engine.request('/', { method: 'POST', body: 'no form', headers })).status).toBe(400)
})

test('garbage of any kind gets an answer, and the engine goes on', async () => {
  for (const path of [
    query(''),
    query('\0'),
    query('🙂'),
    query('('),
    query("'"),
    query('/*'),
    '/?query=%ff%fe',
    query('SELECT 1', '&a b=c'),
  ]) {
    const response = await engine.request(path, { method: 'POST' })
    expect(response.status).toBeGreaterThanOrEqual(400)
    await response.text()
  }
  expect(await (await engine.request(query('SELECT 1'))).text()).toBe('1\n')
})
