import { type BadRows, getColumn, openRows, parseNumber } from '../../imports/server/reads.ts'
import { refuse } from './models/refuse.ts'

/** A column as it was read: numbers and texts side by side, until it is known which it is meant to be. */
export interface RawColumn {
  name: string
  /** NaN where the cell is no number. */
  numbers: Float64Array
  /** 0 for a number, −1 for nothing, otherwise the text's place in `texts` plus 1. */
  codes: Int32Array
  texts: string[]
  /** The line of each text's first cell. */
  firstLines: number[]
}

export interface RawTable {
  rows: number
  columns: RawColumn[]
}

const MISSING = new Set(['', 'na', 'n/a', 'null'])
/** What programs write where a reckoning failed: no value, and no gap either. `1e999` is too large to be one. */
const NO_NUMBER = /^[+-]?(nan|inf|infinity|[\d.]+e\+?\d{3,})$/i
/** More different texts are names of things, not categories. */
const MAX_TEXTS = 1000
const FIRST_CAPACITY = 1024

/** Reads the named columns of a table, twelve bytes a cell. `asText` are categories though written as numbers. */
export async function readRows(
  file: string,
  names: readonly string[],
  options: string,
  asText: ReadonlySet<string>,
  bad: BadRows,
): Promise<RawTable> {
  const reader = await openRows(file, bad)
  const places = names.map((name) => getColumn(reader.columns, name, options))
  const columns = names.map((name): GrowingColumn => {
    return {
      name,
      isText: asText.has(name),
      numbers: new Float64Array(FIRST_CAPACITY),
      codes: new Int32Array(FIRST_CAPACITY),
      texts: [],
      firstLines: [],
      places: new Map(),
    }
  })
  refuseTwice(reader.columns, names)
  let rows = 0
  await reader.read((cells, line) => {
    const odd = columns.findIndex(
      ({ isText }, at) => !isText && isNoNumber(cells[places[at] as number] as string),
    )
    if (odd >= 0) {
      const text = (cells[places[odd] as number] as string).trim()
      bad.refuse(line, `“${names[odd]}” is “${text}”, which is no number.`)
      return
    }
    for (let at = 0; at < columns.length; at++) {
      pushCell(columns[at] as GrowingColumn, rows, cells[places[at] as number] as string, line)
    }
    rows += 1
  })
  return {
    rows,
    columns: columns.map(({ name, numbers, codes, texts, firstLines }) => {
      return { name, numbers: numbers.subarray(0, rows), codes: codes.subarray(0, rows), texts, firstLines }
    }),
  }
}

const isNoNumber = (cell: string) => NO_NUMBER.test(cell.trim()) && parseNumber(cell) === undefined

/** The reader calls the second column of a name “name (2)”. */
function refuseTwice(columns: readonly string[], names: readonly string[]): void {
  const twice = names.find((name) => columns.includes(name) && columns.includes(`${name} (2)`))
  if (twice !== undefined)
    refuse(`Two columns are called “${twice}”, and which of them is meant nobody can know. Rename one.`)
}

interface GrowingColumn extends RawColumn {
  isText: boolean
  places: Map<string, number>
}

function pushCell(column: GrowingColumn, row: number, cell: string, line: number): void {
  if (row === column.numbers.length) {
    column.numbers = widen(column.numbers, new Float64Array(row * 2))
    column.codes = widen(column.codes, new Int32Array(row * 2))
  }
  const number = column.isText ? undefined : parseNumber(cell)
  column.numbers[row] = number ?? Number.NaN
  if (number !== undefined) return
  const text = cell.trim()
  column.codes[row] = MISSING.has(text.toLowerCase()) ? -1 : findText(column, text, line)
}

function findText({ name, places, texts, firstLines }: GrowingColumn, text: string, line: number): number {
  const known = places.get(text)
  if (known !== undefined) return known
  const place = texts.push(text)
  if (place > MAX_TEXTS) {
    refuse(
      `“${name}” has more than ${MAX_TEXTS} different texts, so it names things. Use a column of groups instead.`,
    )
  }
  firstLines.push(line)
  places.set(text, place)
  return place
}

function widen<T extends Float64Array | Int32Array>(old: T, wider: T): T {
  wider.set(old)
  return wider
}
