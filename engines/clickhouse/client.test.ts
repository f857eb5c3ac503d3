import { Readable } from 'node:stream'
import { TupleParam } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { select, startTestEngine, type TestEngine } from './testing/start-test-engine.ts'

// The unmodified @clickhouse/client against the embedded engine.

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine()
  await engine.client.command({
    query: "CREATE TABLE t (a UInt32, s String DEFAULT 'none') ENGINE = MergeTree ORDER BY a",
  })
})
afterAll(() => engine.remove())

test('both pings answer', async () => {
  expect(await engine.client.ping()).toEqual({ success: true })
  expect(await engine.client.ping({ select: true })).toEqual({ success: true })
})

test('a query without a format is answered as JSON with its types', async () => {
  const result = await engine.client.query({ query: 'SELECT 1 AS n, NULL AS nothing' })
  expect(await result.json()).toMatchObject({
    meta: [
      { name: 'n', type: 'UInt8' },
      { name: 'nothing', type: 'Nullable(Nothing)' },
    ],
    data: [{ n: 1, nothing: null }],
    rows: 1,
  })
})

test('parameters of every kind arrive as they were given', async () => {
  const text = `it's "quoted" \\ back\tslash\nnext\r\0 юнікод 🙂 ; DROP TABLE t -- {x:String}`
  const result = await engine.client.query({
    query: `SELECT {s:String} AS s, {list:Array(String)} AS list, {n:Nullable(String)} AS n, {b:Bool} AS b,
      {big:UInt64} AS big, {at:DateTime64(3, 'UTC')} AS at, {map:Map(String, UInt8)} AS map,
      {pair:Tuple(UInt8, String)} AS pair, {uuid:UUID} AS uuid`,
    query_params: {
      s: text,
      list: [text, '', "'"],
      n: null,
      b: true,
      big: 2n ** 63n,
      at: new Date('2026-02-03T04:05:06.789Z'),
      map: { "k'": 1 },
      pair: new TupleParam([7, 'x\ty']),
      uuid: '61f0c404-5cb3-11e7-907b-a6006ad3dba0',
    },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
  })
  expect(await result.json()).toEqual([
    {
      s: text,
      list: [text, '', "'"],
      n: null,
      b: true,
      big: '9223372036854775808',
      at: '2026-02-03 04:05:06.789',
      map: { "k'": 1 },
      pair: [7, 'x\ty'],
      uuid: '61f0c404-5cb3-11e7-907b-a6006ad3dba0',
    },
  ])
})

test('a parameter may be a name', async () => {
  const result = await engine.client.query({
    query: 'SELECT count() >= 0 AS yes FROM {table:Identifier}',
    query_params: { table: 't' },
    format: 'JSONEachRow',
  })
  expect(await result.json()).toEqual([{ yes: 1 }])
})

test('parameters too long for a URL come as a form', async () => {
  const list = Array.from({ length: 5_000 }, (_, index) => `value ${index}`)
  const result = await engine.client.query({
    query: 'SELECT length({list:Array(String)}) AS n',
    query_params: { list },
    use_multipart_params_auto: true,
    format: 'JSONEachRow',
  } as never)
  expect(await result.json()).toEqual([{ n: 5_000 }])
})

test('a list of a hundred thousand numbers fits into the URL', async () => {
  const ids = Array.from({ length: 100_000 }, (_, index) => index)
  const result = await engine.client.query({
    query: 'SELECT length({ids:Array(UInt32)}) AS n',
    query_params: { ids },
    format: 'JSONEachRow',
  })
  expect(await result.json()).toEqual([{ n: 100_000 }])
})

test.each(['JSONEachRow', 'JSONCompactEachRow', 'CSV', 'TabSeparated'] as const)(
  'rows inserted as %s are there when the answer comes',
  async (format) => {
    await engine.client.command({ query: 'TRUNCATE TABLE t' })
    const rows = {
      JSONEachRow: [{ a: 1, s: 'x\n\ny' }, { a: 2 }],
      JSONCompactEachRow: [
        [1, 'x\n\ny'],
        [2, 'none'],
      ],
      CSV: Readable.from(['1,"x\n\ny"\n', '2,none\n'], { objectMode: false }),
      TabSeparated: Readable.from(['1\tx\\n\\ny\n', '2\tnone\n'], { objectMode: false }),
    }[format]
    const { summary } = await engine.client.insert({ table: 't', values: rows as never, format })
    expect(summary?.written_rows).toBe('2')
    expect(await select(engine.client, 'SELECT * FROM t ORDER BY a')).toEqual([
      { a: 1, s: 'x\n\ny' },
      { a: 2, s: 'none' },
    ])
  },
)

test('rows may come as a stream, into named columns', async () => {
  await engine.client.command({ query: 'TRUNCATE TABLE t' })
  const values = Readable.from(Array.from({ length: 30_000 }, (_, a) => ({ a })))
  await engine.client.insert({ table: 't', values, columns: ['a'], format: 'JSONEachRow' })
  expect(await select(engine.client, 'SELECT count() AS n, sum(a) AS sum, any(s) AS s FROM t')).toEqual([
    { n: 30_000, sum: 449_985_000, s: 'none' },
  ])
})

test('requests and responses may be compressed', async () => {
  await engine.client.command({ query: 'TRUNCATE TABLE t' })
  const client = engine.connect({ compression: { request: true, response: true } })
  await client.insert({ table: 't', values: [{ a: 5, s: 'ґ' }], format: 'JSONEachRow' })
  expect(await select(client, 'SELECT * FROM t')).toEqual([{ a: 5, s: 'ґ' }])
  await expect(client.query({ query: 'SELECT nonsense' })).rejects.toMatchObject({ code: '47' })
})

test('a large result streams, in pieces that make up the whole', async () => {
  const query = "SELECT number AS n, repeat('x', 100) AS s FROM numbers(300000)"
  const result = await engine.client.query({ query, format: 'JSONEachRow' })
  let sum = 0
  let count = 0
  for await (const rows of result.stream<{ n: number }>()) {
    for (const row of rows) sum += row.json<{ n: number }>().n
    count += rows.length
  }
  expect([count, sum]).toEqual([300_000, (300_000 * 299_999) / 2])
})

test.each(['JSON', 'CSVWithNames', 'JSONCompactEachRowWithNamesAndTypes', 'TabSeparatedWithNames'] as const)(
  'a large result as %s is one document with one header',
  async (format) => {
    const result = await engine.client.query({
      query: 'SELECT number AS the_name FROM numbers(1500000)',
      format,
    })
    const text = await result.text()
    expect(text.match(/"the_name"|^the_name/gm)).toHaveLength(format === 'JSON' ? 1_500_001 : 1)
    expect(text).toContain('1499999')
  },
)

test('an error in the middle of a result reaches the reader', async () => {
  const query = "SELECT throwIf(number = 5000000, 'too far'), repeat('x', 20) FROM numbers(6000000)"
  const result = await engine.client.query({ query, format: 'JSONEachRow' })
  const read = async () => {
    for await (const _ of result.stream());
  }
  await expect(read()).rejects.toMatchObject({ code: '395', message: expect.stringContaining('too far') })
})

test('an error in the middle of a compressed result does as well', async () => {
  const client = engine.connect({ compression: { response: true } })
  const query = "SELECT throwIf(number = 5000000, 'too far'), repeat('x', 20) FROM numbers(6000000)"
  const result = await client.query({ query, format: 'JSONEachRow' })
  const read = async () => {
    for await (const _ of result.stream());
  }
  await expect(read()).rejects.toMatchObject({ code: '395' })
})

test.each([
  ['SELECT * FROM nowhere', '60', 'UNKNOWN_TABLE'],
  ['SELECT nothing FROM t', '47', 'UNKNOWN_IDENTIFIER'],
  ['SELECT 1 SETTINGS no_such_setting = 1', '115', 'UNKNOWN_SETTING'],
  ['SELECT 1 FORMAT NoSuchFormat', '73', 'UNKNOWN_FORMAT'],
  ['selec 1', '62', 'SYNTAX_ERROR'],
  ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR'],
])('%s fails with code %s', async (query, code, type) => {
  await expect(engine.client.exec({ query })).rejects.toMatchObject({ code, type })
})

test('exec hands out the raw answer', async () => {
  const { stream } = await engine.client.exec({ query: 'SELECT 1, 2 FORMAT CSV' })
  expect(Buffer.concat(await stream.toArray()).toString()).toBe('1,2\n')
})

test('a command reports what it wrote, an INSERT … SELECT too', async () => {
  await engine.client.command({ query: 'TRUNCATE TABLE t' })
  const { summary } = await engine.client.command({
    query: "INSERT INTO t SELECT number, '' FROM numbers(7)",
  })
  expect(summary?.written_rows).toBe('7')
})

test('a database is chosen per client, and a missing one is an error', async () => {
  await engine.client.command({ query: 'CREATE DATABASE "we`ird db"' })
  const client = engine.connect({ database: 'we`ird db' })
  expect(await select(client, 'SELECT currentDatabase() AS d')).toEqual([{ d: 'we`ird db' }])
  const lost = engine.connect({ database: 'nowhere' })
  await expect(lost.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '81' })
})

test('times are UTC wherever the server stands', async () => {
  const query = 'SELECT timezone() AS zone, toString(toDateTime(0)) AS epoch'
  expect(await select(engine.client, query)).toEqual([{ zone: 'UTC', epoch: '1970-01-01 00:00:00' }])
})
