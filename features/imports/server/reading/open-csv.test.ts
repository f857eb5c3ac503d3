import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../../../kernel/errors.ts'
import { type CsvOptions, openCsv } from './open-csv.ts'
import type { Source } from './source.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-csv-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function* stream(...parts: Array<string | Buffer>): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part)
}

async function read(source: Source | string, options: CsvOptions = {}) {
  const table = await openCsv(source, options)
  const rows: Array<[number, ...string[]]> = []
  const bad: Array<[number, string]> = []
  for await (const batch of table.batches) {
    rows.push(...batch.rows.map(({ line, cells }): [number, ...string[]] => [line, ...cells]))
    bad.push(...batch.bad.map(({ line, problem }): [number, string] => [line, problem]))
  }
  return { columns: table.columns, encoding: table.encoding, delimiter: table.delimiter, rows, bad }
}

const readText = (text: string | Buffer, options?: CsvOptions) => read(stream(text), options)

describe('a table', () => {
  test('is read with its quotes, line breaks in cells and line numbers', async () => {
    const text = 'id,comment,sum\n1,"two\nlines, and ""quotes""",5\r\n2,"",6\n\n3,5" screen,7'
    expect(await readText(text)).toEqual({
      columns: ['id', 'comment', 'sum'],
      encoding: 'utf-8',
      delimiter: ',',
      rows: [
        [2, '1', 'two\nlines, and "quotes"', '5'],
        [4, '2', '', '6'],
        [6, '3', '5" screen', '7'],
      ],
      bad: [],
    })
  })

  test.each([
    ['id;цена\n1;1 234,50\n2;5,00\n', ';'],
    ['id\tsum\n1\t2\n', '\t'],
    ['id|sum\n1|2\n', '|'],
    ['id,"a;b;c;d"\n1,"x;y"\n', ','],
    ['only\n1\n', ','],
    ['sep=;\nid;sum\n1;2\n', ';'],
  ])('%j is cut by %j', async (text, delimiter) => {
    const table = await readText(text)
    expect(table.delimiter).toBe(delimiter)
    expect(table.bad).toEqual([])
    expect(table.rows.length).toBeGreaterThan(0)
  })

  test('names its columns apart', async () => {
    const table = await openCsv(stream(' id ,,phone,phone,phone\n'))
    expect(table.columns).toEqual(['id', 'column 2', 'phone', 'phone (2)', 'phone (3)'])
    expect(table.columnProblems).toEqual([
      { column: 'column 2', problem: 'blank' },
      { column: 'phone (2)', problem: 'duplicate' },
      { column: 'phone (3)', problem: 'duplicate' },
    ])
  })

  test('may end its lines as old Macs did', async () => {
    expect((await readText('a,b\r1,2\r3,4')).rows).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
    ])
  })

  test.each([
    ['utf-16le', 'fffe'],
    ['utf-16be', 'feff'],
    ['utf-8', 'efbbbf'],
  ] as const)(
    'is read in %s with its mark, also when chunks end inside characters',
    async (encoding, mark) => {
      const text = 'id,місто\r\n1,"Київ\r\nПоділ"\r\n2,😀\r\n'
      const plain = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le')
      const file = Buffer.concat([Buffer.from(mark, 'hex'), encoding === 'utf-16be' ? plain.swap16() : plain])
      const bytes = Array.from(file, (byte) => Buffer.of(byte))
      const table = await read(stream(...bytes))
      expect(table.encoding).toBe(encoding)
      expect(table.columns).toEqual(['id', 'місто'])
      expect(table.rows).toEqual([
        [2, '1', 'Київ\nПоділ'],
        [4, '2', '😀'],
      ])
    },
  )

  test('of nothing, or of a header alone, has no rows', async () => {
    expect(await readText('')).toMatchObject({ columns: [], rows: [], bad: [] })
    expect(await readText('\ufeff\n\n')).toMatchObject({ columns: [], rows: [], bad: [] })
    expect(await readText('a,b')).toMatchObject({ columns: ['a', 'b'], rows: [], bad: [] })
  })

  test('is read from a gzip file, with its progress', async () => {
    const path = await write('packed.csv.gz', gzipSync(`a,b\n${'1,2\n'.repeat(5000)}`))
    const { batches } = await openCsv(path)
    const seen: number[] = []
    let rows = 0
    for await (const batch of batches) {
      rows += batch.rows.length
      seen.push(batch.share ?? -1)
    }
    expect(rows).toBe(5000)
    expect(seen.at(-1)).toBe(1)
  })
})

describe('a broken row', () => {
  test('costs itself alone when a quote is never closed', async () => {
    const good = Array.from(
      { length: 5000 },
      (_, index) => `${index},plain text without any quotes,5\n`,
    ).join('')
    const { rows, bad } = await readText(`id,text,sum\n1,"never closed,5\n${good}`)
    expect(bad).toEqual([[2, 'unclosed_quote']])
    expect(rows.length).toBe(5000)
    expect(rows[0]).toEqual([3, '0', 'plain text without any quotes', '5'])
  })

  test('costs itself alone when the next quoted cell shows that it is broken', async () => {
    const { rows, bad } = await readText('id,text\n1,"open\n2,"fine"\n3,"a"b"\n4,"ok"\n')
    expect(bad).toEqual([
      [2, 'broken_quotes'],
      [4, 'broken_quotes'],
    ])
    expect(rows.map(([, id]) => id)).toEqual(['2', '4'])
  })

  test('is named when it has too few or too many cells; empty ones at its end are no matter', async () => {
    const { rows, bad } = await readText('a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n,,\n')
    expect(rows).toEqual([
      [3, '1', '2', '3'],
      [5, '1', '2', '3'],
    ])
    expect(bad).toEqual([
      [2, 'too_few_cells'],
      [4, 'too_many_cells'],
    ])
  })

  test('is named when the file ends in its middle', async () => {
    expect((await readText('a,b,c\n1,2,3\n4,5')).bad).toEqual([[3, 'truncated']])
    expect((await readText('a,b,c\n1,2,3\n4,"5')).bad).toEqual([[3, 'truncated']])
    expect((await readText('a,b,c\n1,2,3\n4,5,6')).bad).toEqual([])
  })

  test('is named when it is in another encoding than the file', async () => {
    const cp1251 = Buffer.from([0x32, 0x3b, 0xce, 0xeb, 0xfc, 0xe3, 0xe0, 0x0a])
    const utf8 = await readText(
      Buffer.concat([Buffer.from('id;имя\n1;Анна\n'), cp1251, Buffer.from('3;Яна \ufffd\n')]),
    )
    expect(utf8.rows.map(([, id]) => id)).toEqual(['1', '3'])
    expect(utf8.bad).toEqual([[3, 'wrong_encoding']])
    const parts = [Buffer.from('id;n\n'), cp1251, cp1251, Buffer.from('3;Ольга\n'), cp1251]
    const windows = await readText(Buffer.concat(parts))
    expect(windows.encoding).toBe('windows-1251')
    expect(windows.rows.map(([, , name]) => name)).toEqual(['Ольга', 'Ольга', 'Ольга'])
    expect(windows.bad).toEqual([[4, 'wrong_encoding']])
  })

  test('is passed over when it is no line at all but megabytes without a break', async () => {
    const noise = Array.from({ length: 60 }, () => 'x'.repeat(50_000))
    const { rows, bad } = await read(stream('a,b\n1,2\n', ...noise, '\n3,4\n'))
    expect(rows.map(([line]) => line)).toEqual([2, 4])
    expect(bad).toEqual([[3, 'too_long']])
  })

  test('keeps neither NUL nor half characters', async () => {
    expect((await readText('a,b\n1\0,2\n')).rows).toEqual([[2, '1', '2']])
    const half = Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from('a,b\n1,\ud800x\n', 'utf16le')])
    expect((await readText(half)).rows).toEqual([[2, '1', '\ufffdx']])
  })
})

describe('a file that is no table', () => {
  test.each([
    ['a missing one', () => join(folder, 'nowhere.csv'), 'not_found'],
    ['a folder', () => folder, 'bad_request'],
  ])('%s is refused with %s', async (_, path, code) => {
    await expect(openCsv(path())).rejects.toMatchObject({ code })
  })

  test.each([
    ['a workbook', Buffer.from('504b030414000600', 'hex')],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex')],
  ])('%s is refused with advice', async (_, content) => {
    await expect(openCsv(stream(content))).rejects.toMatchObject({ code: 'unsupported' })
  })

  test('a header that never closes its quote, or never ends, is refused', async () => {
    await expect(readText('a,"b\n1,2\n')).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(readText('a,'.repeat(200_000))).rejects.toMatchObject({ code: 'unprocessable' })
  })

  test('a gzip bomb is stopped', async () => {
    const lines = Buffer.alloc(100 * 1024 * 1024, `1,${'b'.repeat(500_000)}\n`)
    const path = await write('bomb.csv.gz', gzipSync(Buffer.concat([Buffer.from('a,b\n'), lines])))
    await expect(read(path)).rejects.toMatchObject({ code: 'too_large' })
  })

  test('a damaged gzip file is an error, a cut one gives what it holds and says so', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index},${(index * 7919) % 10_007}\n`).join(
      '',
    )
    const packed = gzipSync(`a,b\n${lines}`)
    const damaged = Buffer.from(packed)
    damaged.fill(0xff, 20_000, 20_100)
    await expect(read(await write('damaged.csv.gz', damaged))).rejects.toBeInstanceOf(AppError)
    const path = await write('cut.csv.gz', packed)
    await truncate(path, 40_000)
    const { rows, bad } = await read(path)
    expect(rows.length).toBeGreaterThan(5000)
    expect(bad).toEqual([[rows.length + 2, 'truncated']])
  })
})
