import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/browser'
import { findMinorDigits } from '../../../../kernel/currencies.ts'
import type { ReportTable } from '../report-frame.ts'
import type { ReportFile } from './report-file.ts'

/** What Excel itself refuses in the name of a sheet, and how long one may be. */
const NOT_IN_NAMES = /[[\]:*?/\\'\s]+/g
const MAX_NAME = 31
const WIDTH = { text: 32, number: 14, share: 14, money: 18, date: 18 } as const

/** A workbook: a sheet for each table with numbers as numbers, and one that says what they rest on. */
export async function writeXlsx(file: ReportFile): Promise<Blob> {
  const taken = new Set<string>()
  const name = (wanted: string) => nameSheet(wanted, taken)
  const tables = file.tables.map((table) => ({
    sheet: name(table.name),
    data: toSheetData(table, file.currency),
    columns: table.columns.map(({ kind }) => ({ width: WIDTH[kind] })),
    stickyRowsCount: 1,
  }))
  const about = {
    sheet: name(file.words.about),
    data: aboutSheet(file),
    columns: [{ width: 28 }, { width: 90 }],
  }
  return writeExcelFile([...tables, about]).toBlob()
}

/** Cut to what Excel takes, and numbered where two are alike; it compares without regard to case. */
export function nameSheet(wanted: string, taken: Set<string>): string {
  const plain = wanted.replace(NOT_IN_NAMES, ' ').trim() || '–'
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : ` ${number}`
    const name = plain.slice(0, MAX_NAME - ending.length).trim() + ending
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}

export function toSheetData({ columns, rows }: ReportTable, currency: string): SheetData {
  const head = columns.map(
    ({ title, kind }): Cell => ({
      value: title,
      type: String,
      fontWeight: 'bold',
      align: kind === 'text' ? 'left' : 'right',
      wrap: true,
    }),
  )
  return [
    head,
    ...rows.map((row) => row.map((cell, at) => toCell(cell, columns[at]?.kind ?? 'text', currency))),
  ]
}

function toCell(value: string | number | null, kind: keyof typeof WIDTH, currency: string): Cell {
  if (value === null) return null
  if (kind === 'date') return toDateCell(String(value))
  // A text stays a text in a workbook, whatever sign it begins with.
  if (typeof value === 'string') return { value, type: String }
  if (!Number.isFinite(value)) return null
  if (kind === 'share') return { value, type: Number, format: '0.0%' }
  if (kind === 'money') {
    const digits = findMinorDigits(currency) ?? 2
    const format = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`
    return { value: value / 10 ** digits, type: Number, format: `${format} "${currency}"` }
  }
  return { value, type: Number, format: Number.isInteger(value) ? '#,##0' : '#,##0.##' }
}

/** Days and instants are written as they stand, without the zone that a workbook can't hold. */
function toDateCell(text: string): Cell {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const at = new Date(isDay ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(at.getTime())) return { value: text, type: String }
  return { value: at, type: Date, format: isDay ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm' }
}

function aboutSheet({ title, shop, facts, sample, definition, link, words }: ReportFile): SheetData {
  const line = (name: string, value: string): Cell[] => [
    { value: name, type: String, fontWeight: 'bold', alignVertical: 'top' },
    { value, type: String, wrap: true },
  ]
  return [
    [{ value: title, type: String, fontWeight: 'bold', fontSize: 14 }],
    line(words.shop, shop),
    ...facts.map((fact) => line(fact.name, fact.value)),
    ...sample.map((sentence) => line('', sentence)),
    ...definition.map((paragraph, at) => line(at === 0 ? words.definition : '', paragraph)),
    line(words.link, link),
  ]
}
