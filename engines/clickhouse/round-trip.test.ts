import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from './testing/start-test-engine.ts'

// Whatever text comes in, the same comes out, in every format and as a parameter.

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine()
  await engine.client.command({
    query: 'CREATE TABLE t (id UInt32, s String) ENGINE = MergeTree ORDER BY id',
  })
})
afterAll(() => engine.remove())

const texts = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[\n\r\t\\'";,{}[\]\0 -]*$/),
    fc.constantFrom('\n\n', '; DROP TABLE t', '\\N', 'NULL', '"', "''", '\ufeff', '{s:String}', '-- ', '/*'),
  ),
  { minLength: 1, maxLength: 20 },
)

const escapeTsv = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\0', '\\0')

const encoders: Record<string, (text: string, id: number) => Buffer> = {
  JSONEachRow: (s, id) => Buffer.from(`${JSON.stringify({ id, s })}\n`),
  JSONCompactEachRow: (s, id) => Buffer.from(`${JSON.stringify([id, s])}\n`),
  CSV: (s, id) => Buffer.from(`${id},"${s.replaceAll('"', '""')}"\n`),
  TabSeparated: (s, id) => Buffer.from(`${id}\t${escapeTsv(s)}\n`),
  RowBinary(s, id) {
    const text = Buffer.from(s)
    const head = Buffer.alloc(6)
    head.writeUInt32LE(id)
    head[4] = (text.length & 127) | 128
    head[5] = text.length >> 7
    return Buffer.concat([head, text])
  },
}

test.each(Object.keys(encoders))('as rows of %s', { timeout: 90_000 }, async (format) => {
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      await engine.client.command({ query: 'TRUNCATE TABLE t' })
      const body = Buffer.concat(
        values.map((text, id) => (encoders[format] as (typeof encoders)[string])(text, id)),
      )
      const path = `/?query=${encodeURIComponent(`INSERT INTO t FORMAT ${format}`)}`
      const answer = await engine.request(path, { method: 'POST', body: new Uint8Array(body) })
      expect([answer.status, await answer.text()]).toEqual([200, ''])
      const result = await engine.client.query({
        query: 'SELECT s FROM t ORDER BY id',
        format: 'JSONEachRow',
      })
      expect((await result.json<{ s: string }>()).map(({ s }) => s)).toEqual(values)
    }),
    { numRuns: 25 },
  )
})

test('as parameters', { timeout: 90_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      const result = await engine.client.query({
        query: 'SELECT {one:String} AS one, {all:Array(String)} AS all',
        query_params: { one: values[0], all: values },
        format: 'JSONEachRow',
      })
      expect(await result.json()).toEqual([{ one: values[0], all: values }])
    }),
    { numRuns: 40 },
  )
})

test('as literals in a statement', { timeout: 90_000 }, async () => {
  const quote = (text: string) =>
    `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      const query = `SELECT [${values.map(quote).join(', ')}] AS all /* ; */ FORMAT JSONEachRow`
      const { stream } = await engine.client.exec({ query })
      const text = Buffer.concat(await stream.toArray()).toString()
      expect(JSON.parse(text)).toEqual({ all: values })
    }),
    { numRuns: 40 },
  )
})
