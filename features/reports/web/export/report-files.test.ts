import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ReportTable } from '../report-frame.ts'
import { writeCsv } from './write-csv.ts'
import { nameSheet, writeXlsx } from './write-xlsx.ts'

const table: ReportTable = {
  name: 'Шаги: от [визита] до заказа, по порядку',
  columns: [
    { title: 'Шаг', kind: 'text' },
    { title: 'Людей', kind: 'number' },
    { title: 'Доля', kind: 'share' },
    { title: 'Деньги', kind: 'money' },
    { title: 'День', kind: 'date' },
  ],
  rows: [
    ['=HYPERLINK("http://evil.example")', 1200, 0.37, 123_456, '2026-03-29'],
    ['Корзина; "большая"', 0, null, -50, null],
    ['Нет числа', Number.NaN, Number.POSITIVE_INFINITY, 0, '2026-03-29T21:30:00Z'],
  ],
}

test('a table opens in a spreadsheet as UTF-8, with money in whole units and no formula', () => {
  expect(writeCsv(table, 'UAH').split('\r\n')).toEqual([
    '\ufeffШаг,Людей,Доля,"Деньги, UAH",День',
    '"\'=HYPERLINK(""http://evil.example"")",1200,0.37,1234.56,2026-03-29',
    '"Корзина; ""большая""",0,,-0.5,',
    'Нет числа,,,0,2026-03-29T21:30:00Z',
    '',
  ])
  expect(writeCsv({ ...table, rows: [['a', 1, 1, 500, null]] }, 'JPY')).toContain('a,1,1,500,')
})

test('a workbook holds numbers as numbers, texts as texts, and what they rest on', async () => {
  const blob = await writeXlsx({
    title: 'Воронка',
    shop: 'Чай & мёд',
    currency: 'UAH',
    fileName: 'funnel',
    facts: [{ key: 'period', name: 'Период', value: '1 – 31 марта' }],
    sample: ['Выборка: 10 % людей.'],
    definition: ['Каждый человек считается один раз.'],
    link: 'https://shop.example/s/1/funnel?days=30',
    tables: [table, table],
    words: { about: 'Об отчёте', shop: 'Магазин', link: 'Ссылка', definition: 'Как считается' },
  })
  const files = unzip(Buffer.from(await blob.arrayBuffer()))
  const read = (name: string) => files.get(name) ?? ''
  const names = [...read('xl/workbook.xml').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)
  expect(names).toEqual(['Шаги от визита до заказа, по по', 'Шаги от визита до заказа, по 2', 'Об отчёте'])
  const sheet = read('xl/worksheets/sheet1.xml')
  expect(sheet).not.toContain('<f>')
  expect(sheet).toContain('<v>0.37</v>')
  expect(sheet).toContain('<v>1234.56</v>')
  expect(sheet).not.toMatch(/NaN|Infinity/)
  // 29 March 2026 is the 46,110th day of a workbook's calendar.
  expect(sheet).toContain('<v>46110</v>')
  expect(read('xl/styles.xml')).toContain('0.0%')
  const texts = [...files.values()].join('')
  for (const text of [
    'Чай &amp; мёд',
    '1 – 31 марта',
    'Каждый человек считается один раз.',
    'Выборка: 10 % людей.',
  ])
    expect(texts).toContain(text)
})

test('names of sheets are what Excel takes, and never twice', () => {
  const taken = new Set<string>()
  expect(nameSheet('a/b', taken)).toBe('a b')
  expect(nameSheet('A b', taken)).toBe('A b 2')
  expect(nameSheet('   ', taken)).toBe('–')
  expect(nameSheet('x'.repeat(40), taken)).toHaveLength(31)
  expect(nameSheet('x'.repeat(41), taken)).toBe(`${'x'.repeat(29)} 2`)
})

/** The texts in a ZIP archive, by its central directory. */
function unzip(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  let at = archive.readUInt32LE(archive.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16)
  while (archive.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((place) =>
      archive.readUInt16LE(at + place),
    )
    const name = archive.toString('utf8', at + 46, at + 46 + (nameLength as number))
    const head = archive.readUInt32LE(at + 42)
    const begin = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28)
    const packed = archive.subarray(begin, begin + archive.readUInt32LE(at + 20))
    files.set(name, (archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8'))
    at += 46 + (nameLength as number) + (extraLength as number) + (noteLength as number)
  }
  return files
}
