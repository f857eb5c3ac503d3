import { once } from 'node:events'
import type { Socket } from 'node:net'
import fc from 'fast-check'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFrame } from './frames.ts'
import { startTestEngine, type TestEngine } from './test-engine.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine({ maxAnswerBytes: 48 * 1024 * 1024 })
})
afterAll(() => engine.stop())

const isAlive = async () => expect((await engine.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])

test('unnamed statements with parameters run concurrently from many clients', async () => {
  const answers = await Promise.all(
    Array.from({ length: 300 }, async (_, at) =>
      at % 2 === 0
        ? (await engine.pool.query('SELECT $1::int * 2 AS value', [at])).rows[0].value
        : (await engine.pool.query('SELECT $1::text AS value', [`text ${at}`])).rows[0].value,
    ),
  )
  expect(answers).toEqual(Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? at * 2 : `text ${at}`)))
})

test('equal names of prepared statements in different clients mean different statements', async () => {
  const [one, two] = [await engine.connect(), await engine.connect()]
  for (let round = 0; round < 3; round++) {
    expect((await one.query({ name: 'same', text: 'SELECT 1 AS value' })).rows[0].value).toBe(1)
    expect((await two.query({ name: 'same', text: "SELECT 'two' AS value" })).rows[0].value).toBe('two')
  }
  await one.end()
  expect((await two.query({ name: 'same', text: "SELECT 'two' AS value" })).rows[0].value).toBe('two')
  await two.end()
})

test('prepared statements go when their client goes', async () => {
  const client = await engine.connect()
  await client.query({ name: 'left_behind', text: 'SELECT 1' })
  await client.end()
  await expect
    .poll(async () => {
      const sql = "SELECT count(*)::int AS n FROM pg_prepared_statements WHERE name LIKE '%left_behind'"
      return (await engine.pool.query(sql)).rows[0].n
    })
    .toBe(0)
})

test('a big result arrives whole', async () => {
  const { rows } = await engine.pool.query(
    "SELECT n, repeat('ї', 100) AS text FROM generate_series(1, 100000) AS n",
  )
  expect(rows).toHaveLength(100_000)
  expect(rows.at(-1)).toEqual({ n: 100_000, text: 'ї'.repeat(100) })
})

test('an answer that is too big ends its connection with a reason, and nothing else', async () => {
  const asking = engine.pool.query("SELECT repeat('x', 1000) FROM generate_series(1, 80000)")
  await expect(asking).rejects.toMatchObject({ code: '53200' })
  await isAlive()
})

test('big parameters and half a megabyte of SQL pass', async () => {
  const text = 'ё'.repeat(2_000_000)
  const { rows } = await engine.pool.query('SELECT length($1::text) AS length', [text])
  expect(rows).toEqual([{ length: 2_000_000 }])
  const list = Array.from({ length: 60_000 }, (_, at) => at).join(', ')
  const counted = await engine.pool.query(`SELECT 59999 IN (${list}) AS found`)
  expect(counted.rows).toEqual([{ found: true }])
})

test('values keep their types: numbers, times, JSON, arrays, bytes, empty and null', async () => {
  const { rows } = await engine.pool.query(
    `SELECT 12::smallint AS small, 1.5::float8 AS float, true AS yes, NULL::text AS nothing, '' AS empty,
       '2026-11-22T10:00:00Z'::timestamptz AS time, '{"a":[1,null]}'::jsonb AS json, ARRAY['а','ї'] AS list,
       '\\x00ff'::bytea AS bytes, $1::uuid AS id`,
    ['0f0e0d0c-0b0a-4908-8706-050403020100'],
  )
  expect(rows[0]).toEqual({
    small: 12,
    float: 1.5,
    yes: true,
    nothing: null,
    empty: '',
    time: new Date('2026-11-22T10:00:00Z'),
    json: { a: [1, null] },
    list: ['а', 'ї'],
    bytes: Buffer.from([0, 255]),
    id: '0f0e0d0c-0b0a-4908-8706-050403020100',
  })
})

test('several statements in one text run in one implicit transaction', async () => {
  await engine.pool.query('CREATE TABLE several (n int)')
  await expect(
    engine.pool.query('INSERT INTO several VALUES (1); SELECT no_such_thing; INSERT INTO several VALUES (2)'),
  ).rejects.toThrow('no_such_thing')
  expect((await engine.pool.query('SELECT count(*)::int AS n FROM several')).rows).toEqual([{ n: 0 }])
})

test('errors carry the code, constraint and detail that callers act on', async () => {
  await engine.pool.query('CREATE TABLE once (id int CONSTRAINT once_only PRIMARY KEY)')
  await engine.pool.query('INSERT INTO once VALUES (1)')
  const error = await engine.pool.query('INSERT INTO once VALUES (1)').catch((caught) => caught)
  expect(error).toMatchObject({
    code: '23505',
    constraint: 'once_only',
    detail: 'Key (id)=(1) already exists.',
  })
})

test('rows from arrays with unnest are the way to insert many', async () => {
  await engine.pool.query('CREATE TABLE many (id int, name text)')
  const ids = Array.from({ length: 5_000 }, (_, at) => at)
  await engine.pool.query('INSERT INTO many SELECT * FROM unnest($1::int[], $2::text[])', [
    ids,
    ids.map(String),
  ])
  expect((await engine.pool.query('SELECT count(*)::int AS n, max(name) AS name FROM many')).rows).toEqual([
    { n: 5_000, name: '999' },
  ])
})

test('COPY FROM STDIN is refused with advice and the engine lives', async () => {
  await engine.pool.query('CREATE TABLE copied (a text)')
  await expect(engine.pool.query('COPY copied FROM STDIN')).rejects.toThrow('unnest()')
  await expect(engine.pool.query({ text: 'COPY copied FROM STDIN', values: [] })).rejects.toThrow('unnest()')
  await isAlive()
})

test('COPY TO STDOUT sends its rows', async () => {
  const socket = engine.openSocket()
  socket.write(startup('postgres'))
  socket.write(makeFrame('Q', "COPY (SELECT 1, 'b') TO STDOUT\0"))
  expect(await readUntil(socket, 'COPY 1')).toContain('1\tb\n')
  socket.destroy()
})

test('an exchange that ends with a Flush keeps its place until its Sync', async () => {
  await engine.pool.query('CREATE TABLE flushed (n int)')
  const socket = engine.openSocket()
  socket.write(startup('postgres'))
  await readUntil(socket, 'Z')
  socket.write(Buffer.concat([...insertParts('INSERT INTO flushed VALUES (1)'), makeFrame('H', '')]))
  await readUntil(socket, 'INSERT 0 1')
  const count = engine.pool.query('SELECT count(*)::int AS n FROM flushed')
  socket.write(makeFrame('S', ''))
  expect((await count).rows).toEqual([{ n: 1 }])
  socket.destroy()
})

test('an exchange that is cut off after a Flush is undone', async () => {
  await engine.pool.query('CREATE TABLE cut (n int)')
  const socket = engine.openSocket()
  socket.write(startup('postgres'))
  await readUntil(socket, 'Z')
  socket.write(Buffer.concat([...insertParts('INSERT INTO cut VALUES (1)'), makeFrame('H', '')]))
  await readUntil(socket, 'INSERT 0 1')
  socket.destroy()
  expect((await engine.pool.query('SELECT count(*)::int AS n FROM cut')).rows).toEqual([{ n: 0 }])
})

test('a simple query in the middle of a failed exchange is answered, not swallowed', async () => {
  const socket = engine.openSocket()
  socket.write(startup('postgres'))
  await readUntil(socket, 'Z')
  socket.write(Buffer.concat([...insertParts('INSERT INTO no_such_table VALUES (1)'), makeFrame('H', '')]))
  await readUntil(socket, 'no_such_table')
  socket.write(makeFrame('Q', "SELECT 'still here'\0"))
  await readUntil(socket, 'still here')
  socket.destroy()
  expect(engine.failures).toEqual([])
})

test('a client that reads nothing holds up nobody', async () => {
  const socket = engine.openSocket()
  socket.pause()
  socket.write(startup('postgres'))
  const query = makeFrame('Q', "SELECT repeat('x', 1000) FROM generate_series(1, 3000)\0")
  for (let at = 0; at < 200; at++) socket.write(query)
  await isAlive()
  await isAlive()
  socket.destroy()
  await isAlive()
})

test('a database of another name does not exist here', async () => {
  const url = engine.url.replace('/postgres?', '/other?')
  const other = new Pool({ connectionString: url })
  await expect(other.query('SELECT 1')).rejects.toMatchObject({ code: '3D000' })
  await other.end()
})

test('an encryption request is declined and a cancel request closes its connection', async () => {
  const socket = engine.openSocket()
  socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toBe('N')
  socket.destroy()
  const cancelling = engine.openSocket().resume()
  cancelling.write(Buffer.from([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 1]))
  await once(cancelling, 'close')
  await isAlive()
})

test('bytes that are no protocol end their own connection only, before and after the greeting', async () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(bytes, fc.boolean(), async (garbage, greeted) => {
      const socket = engine.openSocket().resume()
      socket.on('error', () => undefined)
      if (greeted) socket.write(startup('postgres'))
      socket.end(Buffer.from(garbage))
      await once(socket, 'close')
      await isAlive()
    }),
    { numRuns: 150 },
  )
  expect(engine.failures).toEqual([])
})

function startup(database: string): Buffer {
  const body = Buffer.from(`\0\x03\0\0user\0tropa\0database\0${database}\0\0`, 'latin1')
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([length, body])
}

function insertParts(sql: string): Buffer[] {
  return [makeFrame('P', `\0${sql}\0\0\0`), makeFrame('B', Buffer.alloc(8)), makeFrame('E', Buffer.alloc(5))]
}

async function readUntil(socket: Socket, part: string): Promise<string> {
  let text = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += Buffer.from(chunk as Buffer).toString('utf8')
    if (text.includes(part)) return text
  }
  return text
}
