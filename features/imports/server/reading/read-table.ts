import { AppError } from '../../../../kernel/errors.ts'
import { type CsvTable, openCsv } from './open-csv.ts'
import type { Source } from './source.ts'

/** What to do with a row that can't be used: fail at once (a total would be wrong), or leave it out and count it. */
export interface BadRows {
  /** Rows left out so far. */
  count: number
  /** The first of them, for a remark. */
  first: { line: number; reason: string } | undefined
  /** Fails with `unprocessable`, or counts the row where bad rows may be left out. */
  refuse(line: number, reason: string): void
}

export function createBadRows(mayLeaveOut: boolean): BadRows {
  const bad: BadRows = {
    count: 0,
    first: undefined,
    refuse(line, reason) {
      if (!mayLeaveOut) {
        throw new AppError(
          'unprocessable',
          `Line ${line}: ${reason} Mend it, or leave such rows out by --skip-bad.`,
        )
      }
      bad.count += 1
      bad.first ??= { line, reason }
    },
  }
  return bad
}

export interface RowReader {
  columns: string[]
  /** Cells of every good row, in the order of the file. Fails when there is no row. To be read once. */
  read(onRow: (cells: readonly string[], line: number) => void): Promise<number>
}

/** Opens a table of which each row counts. Delimiter, encoding, marks and gzip are detected. */
export async function openRows(source: Source, bad: BadRows): Promise<RowReader> {
  const table = await openCsv(source, { batchRows: 5000 })
  if (table.columns.length === 0) {
    throw new AppError('unprocessable', 'The file is empty: the first line must name the columns.')
  }
  return { columns: table.columns, read: (onRow) => readRows(table, bad, onRow) }
}

async function readRows(
  table: CsvTable,
  bad: BadRows,
  onRow: (cells: readonly string[], line: number) => void,
): Promise<number> {
  let count = 0
  for await (const batch of table.batches) {
    for (const { line, detail } of batch.bad) bad.refuse(line, detail)
    for (const { cells, line } of batch.rows) onRow(cells, line)
    count += batch.rows.length
  }
  if (count === 0)
    throw new AppError('unprocessable', 'The file has a header and no rows that could be read.')
  return count
}

/** The place of a column by its name, letters large or small. undefined when there is none. */
export function findColumn(columns: readonly string[], name: string): number | undefined {
  const exact = columns.indexOf(name.trim())
  if (exact >= 0) return exact
  const lower = name.trim().toLowerCase()
  const alike = columns.flatMap((column, at) => (column.toLowerCase() === lower ? [at] : []))
  return alike.length === 1 ? alike[0] : undefined
}

/** The same, or a failure that says which columns there are and by which option to name the right one. */
export function getColumn(columns: readonly string[], name: string, option: string): number {
  const found = findColumn(columns, name)
  if (found !== undefined) return found
  const shown = columns.slice(0, 30).join(', ') + (columns.length > 30 ? ', …' : '')
  throw new AppError(
    'unprocessable',
    `There is no column “${name}”. The file has: ${shown}. Name the right one by ${option}.`,
  )
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** A number as programs write it (`1200`, `0.5`, `1e6`); undefined for anything else, decimal commas included. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim()
  if (!NUMBER.test(trimmed)) return undefined
  const value = Number(trimmed)
  return Number.isFinite(value) ? value : undefined
}
