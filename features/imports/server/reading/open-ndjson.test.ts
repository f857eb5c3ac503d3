import { describe, expect, test } from 'vitest'
import { openNdjson } from './open-ndjson.ts'

async function* stream(...parts: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part)
}

async function read(...parts: string[]) {
  const file = await openNdjson(stream(...parts), { batchRows: 2 })
  const rows: unknown[] = []
  const bad: Array<[number, string]> = []
  const ends: Array<[number, number]> = []
  for await (const batch of file.batches) {
    rows.push(...batch.rows)
    bad.push(...batch.bad.map(({ line, problem }): [number, string] => [line, problem]))
    ends.push([batch.next.byte, batch.next.line])
  }
  return { columns: file.columns, rows, bad, ends }
}

describe('a file of one object per line', () => {
  test('is read with its line numbers, blank lines passed over', async () => {
    const { rows, bad, ends } = await read('{"id":1}\n\n{"id"', ':2,"name":"Ольга"}\r\n{"id":3}')
    expect(rows).toEqual([
      { line: 1, value: { id: 1 } },
      { line: 3, value: { id: 2, name: 'Ольга' } },
      { line: 4, value: { id: 3 } },
    ])
    expect(bad).toEqual([])
    expect(ends).toEqual([
      [40, 4],
      [48, 5],
    ])
  })

  test('tells its columns, nested ones by their path', async () => {
    const { columns } = await read(
      '{"event":"A","properties":{"price":1}}\n{"event":"B","properties":{"sku":"x"}}\n',
    )
    expect(columns).toEqual(['event', 'properties.price', 'properties.sku'])
  })

  test('names what is not JSON, not an object, or cut', async () => {
    const { rows, bad } = await read('{"id":1}\nid=2\n[3]\n"4"\nnull\n{"id":5,"na')
    expect(rows).toEqual([{ line: 1, value: { id: 1 } }])
    expect(bad).toEqual([
      [2, 'not_json'],
      [3, 'not_an_object'],
      [4, 'not_an_object'],
      [5, 'not_an_object'],
      [6, 'truncated'],
    ])
  })

  test('keeps a key named __proto__ as a plain key', async () => {
    const { rows } = await read('{"__proto__":{"admin":true}}\n')
    expect(Object.keys((rows[0] as { value: object }).value)).toEqual(['__proto__'])
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  test('written as one array is refused with advice', async () => {
    await expect(read('[{"id":1},\n{"id":2}]')).rejects.toMatchObject({ code: 'unsupported' })
  })
})
