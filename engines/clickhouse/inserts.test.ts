import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { select, startTestEngine, type TestEngine, until } from './testing/start-test-engine.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine({ maxInsertBytes: 32 << 20 })
})
afterAll(() => engine.remove())

beforeEach(async () => {
  await engine.client.command({ query: 'DROP TABLE IF EXISTS t' })
  await engine.client.command({
    query: `CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a
      SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 100`,
  })
})

const countRows = async () =>
  Number((await select<{ n: number }>(engine.client, 'SELECT count() AS n FROM t'))[0]?.n)

async function insertRaw(query: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const path = `/?query=${encodeURIComponent(query)}`
  const response = await engine.request(path, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers,
  })
  return {
    status: response.status,
    text: await response.text(),
    code: response.headers.get('x-clickhouse-exception-code'),
  }
}

test('what stands behind an empty line is a row and never a statement', async () => {
  // Within a statement the engine ends the rows at the first empty line and runs the rest as SQL.
  await insertRaw('INSERT INTO t FORMAT JSONEachRow', '{"a":1,"s":"x"}\n\n{"a":2,"s":"y"}\n')
  expect(await countRows()).toBe(2)
  const attack = await insertRaw('INSERT INTO t FORMAT JSONEachRow', '{"a":3,"s":"x"}\n\nTRUNCATE TABLE t')
  expect(attack.status).toBe(400)
  expect(await countRows()).toBe(2)
})

test('nor is it one in a body that holds the statement as well', async () => {
  const body = 'INSERT INTO t FORMAT TabSeparated\n1\tx\n2\ty\n\nTRUNCATE TABLE t\n'
  const response = await engine.request('/', { method: 'POST', body })
  expect(response.status).toBe(400)
  await insertRaw('INSERT INTO t FORMAT CSV', '4,"x\n\nTRUNCATE TABLE t"\n')
  expect(await select(engine.client, 'SELECT * FROM t')).toEqual([{ a: 4, s: 'x\n\nTRUNCATE TABLE t' }])
})

test('an insert can’t carry a second statement in its head', async () => {
  const answer = await insertRaw(
    'INSERT INTO t SETTINGS max_threads = 1; TRUNCATE TABLE t; SELECT 1 FORMAT CSV',
    '1,x\n',
  )
  expect(answer.code).toBe('62')
  expect((await insertRaw("INSERT INTO t VALUES (1, 'a'); DROP TABLE t", '')).status).toBe(200)
  expect(await countRows()).toBe(1)
})

test('RowBinary and Native take every byte', async () => {
  const rows = Array.from({ length: 500 }, (_, index) => {
    // Random bytes, line ends among them, and a length below 128 so that it takes one byte.
    const text = Buffer.concat([Buffer.from('\n\n; DROP TABLE t;\0'), randomBytes(100)])
    const head = Buffer.alloc(5)
    head.writeUInt32LE(index)
    head[4] = text.length
    return Buffer.concat([head, text])
  })
  expect(await insertRaw('INSERT INTO t FORMAT RowBinary', Buffer.concat(rows))).toMatchObject({
    status: 200,
  })
  const digest = 'SELECT count() AS n, sum(cityHash64(a, s)) AS hash FROM t'
  const [before] = await select(engine.client, digest)
  const native = await engine.request('/?query=SELECT+*+FROM+t+FORMAT+Native')
  const bytes = Buffer.from(await native.arrayBuffer())
  await engine.client.command({ query: 'TRUNCATE TABLE t' })
  expect(await insertRaw('INSERT INTO t FORMAT Native', bytes)).toMatchObject({ status: 200 })
  expect(await select(engine.client, digest)).toEqual([before])
  expect(before).toMatchObject({ n: 500 })
})

test('binary rows cut short are refused whole', async () => {
  const answer = await insertRaw(
    'INSERT INTO t FORMAT RowBinary',
    Buffer.from([1, 0, 0, 0, 1, 0x41, 2, 0, 0]),
  )
  expect(answer.status).toBe(400)
  expect(await countRows()).toBe(0)
})

test('one bad row fails its insert whole, and says which', async () => {
  const answer = await insertRaw('INSERT INTO t FORMAT JSONEachRow', '{"a":1,"s":"x"}\n{"a":"no","s":"y"}\n')
  expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('row 2') })
  expect(await countRows()).toBe(0)
})

test('rows that a setting would let fall are missed, and said to be', async () => {
  const answer = await insertRaw(
    'INSERT INTO t SETTINGS input_format_allow_errors_num = 5 FORMAT JSONEachRow',
    '{"a":1,"s":"x"}\n{"a":"no","s":"y"}\n',
  )
  expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('Only 1 of 2 rows') })
})

test('rows that views add are not held against the insert', async () => {
  await engine.client.command({ query: 'DROP TABLE IF EXISTS seen' })
  await engine.client.command({ query: 'CREATE TABLE seen (a UInt32) ENGINE = MergeTree ORDER BY a' })
  await engine.client.command({ query: 'CREATE MATERIALIZED VIEW to_seen TO seen AS SELECT a FROM t' })
  expect(await insertRaw('INSERT INTO t FORMAT CSV', '1,x\n2,y\n')).toMatchObject({ status: 200 })
  expect(await select(engine.client, 'SELECT count() AS n FROM seen')).toEqual([{ n: 2 }])
  await engine.client.command({ query: 'DROP TABLE to_seen' })
})

test('JSON rows need not stand one a line', async () => {
  expect(await insertRaw('INSERT INTO t FORMAT JSONEachRow', '[{"a":1},{"a":2}]')).toMatchObject({
    status: 200,
  })
  expect(await insertRaw('INSERT INTO t FORMAT JSONEachRow', '{\n"a"\n:\n3\n}')).toMatchObject({
    status: 200,
  })
  expect(await countRows()).toBe(3)
})

test('an insert from input() is refused', async () => {
  const query = "INSERT INTO t SELECT a, s FROM input('a UInt32, s String') FORMAT CSV"
  expect(await insertRaw(query, '1,x\n')).toMatchObject({ status: 501, code: '48' })
})

test('the same block with the same token is written once', async () => {
  const insert = (token: string) =>
    engine.client.insert({
      table: 't',
      values: [{ a: 1, s: 'x' }],
      format: 'JSONEachRow',
      clickhouse_settings: { insert_deduplication_token: token },
    })
  await insert('one')
  await insert('one')
  expect(await countRows()).toBe(1)
  await insert('two')
  expect(await countRows()).toBe(2)
})

test('an insert asked to be asynchronous is committed when it is answered', async () => {
  await engine.client.insert({
    table: 't',
    values: [{ a: 1, s: 'x' }],
    format: 'JSONEachRow',
    clickhouse_settings: { async_insert: 1, wait_for_async_insert: 0 },
  })
  expect(await countRows()).toBe(1)
})

test('a client that breaks off leaves nothing behind', async () => {
  const spool = join(engine.dataDir, 'spool')
  const isSpoolEmpty = async () => (await readdir(spool)).length === 0
  const leaving = new AbortController()
  // Nine megabytes reach the engine, which begins to write them down, and then no more comes.
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from('{"a":1,"s":"x"}\n'.repeat(600_000))),
  })
  const insert = engine.request('/?query=INSERT+INTO+t+FORMAT+JSONEachRow', {
    ...{ method: 'POST', body, duplex: 'half', signal: leaving.signal },
  } as RequestInit)
  await until(async () => !(await isSpoolEmpty()))
  leaving.abort(new Error('left'))
  await expect(insert).rejects.toThrow('left')
  await until(isSpoolEmpty)
  expect(await countRows()).toBe(0)
})

test('a body that unpacks beyond the bound is refused, and the engine goes on', async () => {
  const { gzipSync } = await import('node:zlib')
  const bomb = gzipSync(Buffer.alloc(64 << 20, '\n'))
  const answer = await insertRaw('INSERT INTO t FORMAT CSV', bomb, { 'content-encoding': 'gzip' })
  expect(answer).toMatchObject({ status: 413, code: '307' })
  const broken = await insertRaw('INSERT INTO t FORMAT CSV', 'not gzip', { 'content-encoding': 'gzip' })
  expect(broken).toMatchObject({ status: 400, code: '271' })
  const unknown = await insertRaw('INSERT INTO t FORMAT CSV', '1,x', { 'content-encoding': 'br' })
  expect(unknown.status).toBe(501)
  expect(await countRows()).toBe(0)
})

test('the data folder may have any name', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'tropa-names-'))
  const odd = await startTestEngine({ dataDir: join(parent, "it's {a} * ? папка") })
  try {
    await odd.client.command({ query: 'CREATE TABLE t (a Int8) ENGINE = MergeTree ORDER BY a' })
    await odd.client.insert({ table: 't', values: [{ a: 1 }], format: 'JSONEachRow' })
    await odd.client.command({ query: "BACKUP TABLE t TO File('copy')" })
    await odd.client.command({ query: "RESTORE TABLE t AS again FROM File('copy')" })
    expect(await select(odd.client, 'SELECT a FROM again')).toEqual([{ a: 1 }])
  } finally {
    await odd.remove()
    await rm(parent, { recursive: true, force: true })
  }
})

test('a body larger than all the memory an insert may use is inserted', { timeout: 120_000 }, async () => {
  const small = await startTestEngine({ memoryLimitBytes: 1 << 30 })
  try {
    await small.client.command({ query: 'CREATE TABLE t (a UInt64, s String) ENGINE = MergeTree ORDER BY a' })
    const rows = Array.from({ length: 10_000 }, (_, a) => `{"a":${a},"s":"${'x'.repeat(500)}"}\n`).join('')
    const body = Readable.from(
      Array.from({ length: 60 }, () => rows),
      { objectMode: false },
    )
    // 315 MB of rows, of which the engine may hold 256 at a time.
    await small.client.exec({ query: 'INSERT INTO t FORMAT JSONEachRow', values: body })
    expect(await select(small.client, 'SELECT count() AS n FROM t')).toEqual([{ n: 600_000 }])
  } finally {
    await small.remove()
  }
})
