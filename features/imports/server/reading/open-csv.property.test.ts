import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isAppError } from '../../../../kernel/errors.ts'
import { DELIMITERS } from './csv-header.ts'
import type { CsvRow } from './csv-rows.ts'
import { openCsv } from './open-csv.ts'
import { openNdjson } from './open-ndjson.ts'

let path = ''
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-read-'))
  path = join(folder, 'table.csv')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function* cut(file: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < file.length; turn++) {
    const size = sizes[turn % sizes.length] ?? file.length
    yield file.subarray(at, at + size)
    at += size
  }
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('Чайник', 'їжак', '"', '""', ',', ';', '\n', 'a\nb', '5"', ' x ', '😀', '2024-01-31', ''),
)
const cell = text.map((value) => value.replace(/\r\n?/g, '\n').replaceAll('\0', ''))
const table = fc.record({
  rows: fc.array(fc.tuple(fc.integer({ min: 1, max: 9999 }).map(String), cell, cell), { maxLength: 30 }),
  delimiter: fc.constantFrom(...DELIMITERS),
  encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  quotesAll: fc.boolean(),
  endsWithBreak: fc.boolean(),
  sizes: fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 5 }),
})
type Table = typeof table extends fc.Arbitrary<infer T> ? T : never

function write({ rows, delimiter, encoding, lineBreak, quotesAll, endsWithBreak }: Table): Buffer {
  const quote = (value: string) =>
    quotesAll || /["\n;,|\t]/.test(value)
      ? `"${value.replaceAll('"', '""').replaceAll('\n', lineBreak)}"`
      : value
  const lines = [['id', 'ім’я', 'note'], ...rows].map((cells) => cells.map(quote).join(delimiter))
  const content = lines.join(lineBreak) + (endsWithBreak ? lineBreak : '')
  if (encoding === 'utf-8') return Buffer.from(content)
  const wide = Buffer.from(`\ufeff${content}`, 'utf16le')
  return encoding === 'utf-16le' ? wide : wide.swap16()
}

describe('any table', () => {
  test('is read back as it was, in every encoding and however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (given) => {
        const opened = await openCsv(cut(write(given), given.sizes), { delimiter: given.delimiter })
        const rows: string[][] = []
        for await (const batch of opened.batches) {
          expect(batch.bad).toEqual([])
          rows.push(...batch.rows.map((row) => row.cells))
        }
        expect(opened.columns).toEqual(['id', 'ім’я', 'note'])
        expect(rows).toEqual(given.rows)
      }),
      { numRuns: 300 },
    )
  })

  test('goes on exactly where it was left, after any batch', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 7 }), async (given, batchRows) => {
        await writeFile(path, write(given))
        const whole: CsvRow[] = []
        for await (const batch of (await openCsv(path)).batches) whole.push(...batch.rows)
        const resumed: CsvRow[] = []
        let next: Parameters<typeof openCsv>[1] = { batchRows }
        for (;;) {
          const { batches } = await openCsv(path, next)
          const first = await batches[Symbol.asyncIterator]().next()
          if (first.done || first.value.rows.length + first.value.bad.length === 0) break
          resumed.push(...first.value.rows)
          next = { batchRows, resumeFrom: JSON.parse(JSON.stringify(first.value.next)) }
        }
        expect(resumed).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })
})

describe('any bytes', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom('"', '""', ',', '\n', '\r\n', 'a,b,c\n', 'Ольга', '{"a":1}\n', '\0')
      .map((part) => Buffer.from(part)),
  )
  const garbage = fc.array(piece, { maxLength: 60 }).map((parts) => Buffer.concat(parts))

  test('give rows as wide as the header and named problems, or a plain refusal', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(garbage, sizes, async (file, chunks) => {
        try {
          const { columns, batches } = await openCsv(cut(file, chunks))
          let end = 0
          for await (const batch of batches) {
            for (const row of batch.rows) expect(row.cells.length).toBe(columns.length)
            end = batch.next.byte
          }
          expect(end).toBeLessThanOrEqual(file.length)
        } catch (error) {
          if (!isAppError(error)) throw error
        }
        await openNdjson(cut(file, chunks)).then(
          async ({ batches }) => {
            for await (const batch of batches)
              for (const row of batch.rows) expect(row.value).toBeTypeOf('object')
          },
          (error) => expect(isAppError(error)).toBe(true),
        )
      }),
      { numRuns: 1000 },
    )
  })
})
