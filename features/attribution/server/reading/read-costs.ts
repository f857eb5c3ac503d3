import { setImmediate as breathe } from 'node:timers/promises'
import { AppError } from '../../../../kernel/errors.ts'
import {
  type BadRows,
  detectEncoding,
  openRows,
  openSource,
  type Source,
} from '../../../imports/server/reads.ts'
import { type DateOrder, findDateOrder, findDecimalMark } from './cost-cells.ts'
import {
  type CostColumns,
  type CostField,
  type CostKind,
  findCostColumns,
  KIND_SOURCE,
} from './cost-columns.ts'
import { type BadReason, type CostRow, type RowContext, readCostRow } from './read-cost-row.ts'

export interface CostOptions {
  /** The shop's; costs in another one are refused. */
  currency: string
  /** The last day for which there can be costs. */
  today: number
  /** Of rows for which the file names none. */
  source?: string
  medium?: string
  dateOrder?: DateOrder
  decimal?: '.' | ','
}

/** What must be told before such a file can be taken. */
export type CostProblem = 'no_source' | 'ambiguous_days' | 'ambiguous_amounts'

export interface BadCostRow {
  line: number
  reason: BadReason | 'malformed'
  /** The cell that is wrong, as it stands, or what is wrong with the whole row. */
  detail: string
}

export interface CostsRead {
  kind: CostKind
  /** Which column of the file was taken for what. */
  columns: { field: CostField; column: string }[]
  rows: number
  /** Lines of sums, which are passed over. */
  sums: number
  bad: number
  /** The first of the bad ones. */
  badRows: BadCostRow[]
  problems: CostProblem[]
  /** One for each day and campaign: rows of the same are added up. */
  costs: CostRow[]
}

const MAX_BYTES = 16_000_000
const SHOWN_BAD = 50
/** A report's name and its days may stand above the names of the columns. */
const SEARCHED_LINES = 40
const SEARCHED_CHARACTERS = 200_000
/** So much is read before others have their turn: some milliseconds' worth. */
const CHUNK = 100_000
const ROWS_AT_ONCE = 1_000
const MAX_COSTS = 200_000
const SUM_ROW = /^\W*(total|итого|всего|усього|разом|загалом|підсумок)/i

/**
 * Reads a table of ad costs by day and campaign: an own one, or an export of an ad system. Fails with `unprocessable`
 * for what is no such table; rows that can't be used are told with their lines, and count for nothing.
 */
export async function readCosts(source: Source, options: CostOptions): Promise<CostsRead> {
  const text = await readText(source)
  const head = findHead(text.slice(0, SEARCHED_CHARACTERS).split(/\r\n|\n|\r/))
  const bad = collectBad(head)
  const table = await openRows(toChunks(leaveOutLines(text, head)), bad)
  const columns = findCostColumns(table.columns)
  if (!columns) throw noTable(table.columns)
  const cells: { line: number; cells: readonly string[] }[] = []
  await table.read((row, line) => cells.push({ line: line + head, cells: row }))
  const sums = cells.filter((row) => isSum(row.cells))
  const rows = cells.filter((row) => !isSum(row.cells))
  const { context, problems } = prepareContext(columns, rows, options)
  const costs = await addUp(rows, context, bad)
  return {
    kind: columns.kind,
    columns: Object.entries(columns.places).map(([field, place]) => ({
      field: field as CostField,
      column: table.columns[place] as string,
    })),
    rows: rows.length + bad.malformed,
    sums: sums.length,
    bad: bad.count,
    badRows: bad.rows,
    problems,
    costs,
  }
}

async function readText(source: Source): Promise<string> {
  const opened = await openSource(source)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of opened.readFrom(0)) {
    size += chunk.length
    if (size > MAX_BYTES)
      throw new AppError('too_large', 'The table of costs is larger than 16 MB. Split it by months.')
    chunks.push(chunk)
  }
  const { encoding, bom } = detectEncoding(opened.head)
  return new TextDecoder(encoding).decode(Buffer.concat(chunks).subarray(bom))
}

/** The line that names the columns; the first one that isn't empty where none does, so that it can be told. */
function findHead(lines: readonly string[]): number {
  const isHead = (line: string) =>
    [',', ';', '\t', '|'].some((delimiter) => {
      const names = line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
      return findCostColumns(names) !== undefined
    })
  const found = lines.slice(0, SEARCHED_LINES).findIndex(isHead)
  return found >= 0
    ? found
    : Math.max(
        0,
        lines.findIndex((line) => line.trim() !== ''),
      )
}

function noTable(columns: readonly string[]): AppError {
  const shown = columns.slice(0, 20).join(', ')
  return new AppError(
    'unprocessable',
    `This is no table of ad costs by day: it needs a column of days (day, date) and one of costs (cost, amount). The file has: ${shown}.`,
    { details: { columns: columns.slice(0, 20) } },
  )
}

/** The text from its line `count` on, counted from 0. */
function leaveOutLines(text: string, count: number): string {
  const ends = /\r\n|\n|\r/g
  for (let left = count; left > 0; left--) ends.test(text)
  const rest = text.slice(ends.lastIndex)
  // Tables of very old programs end lines so.
  return rest.includes('\n') ? rest : rest.replaceAll('\r', '\n')
}

async function* toChunks(text: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; ) {
    // Not between the halves of a character.
    const isSplit = (text.charCodeAt(at + CHUNK - 1) & 0xfc00) === 0xd800
    const end = at + CHUNK + (isSplit ? 1 : 0)
    yield Buffer.from(text.slice(at, end), 'utf8')
    at = end
    await breathe()
  }
}

type BadCosts = BadRows & { rows: BadCostRow[]; malformed: number; tell(row: BadCostRow): void }

function collectBad(skipped: number): BadCosts {
  const bad: BadCosts = {
    count: 0,
    malformed: 0,
    first: undefined,
    rows: [],
    tell(row) {
      bad.count += 1
      if (bad.rows.length < SHOWN_BAD) bad.rows.push(row)
    },
    refuse(line, detail) {
      bad.malformed += 1
      bad.tell({ line: line + skipped, reason: 'malformed', detail })
    },
  }
  return bad
}

const isSum = (cells: readonly string[]) => SUM_ROW.test(cells.find((cell) => cell.trim() !== '') ?? '')

type Row = { line: number; cells: readonly string[] }

function prepareContext(columns: CostColumns, rows: readonly Row[], options: CostOptions) {
  const { places } = columns
  const texts = (place: number | undefined) =>
    place === undefined ? [] : rows.map(({ cells }) => cells[place] as string)
  const order = options.dateOrder ?? findDateOrder(texts(places.day ?? places.since))
  const decimal = options.decimal ?? findDecimalMark(texts(places.amount))
  const named = KIND_SOURCE[columns.kind]
  const source = options.source?.trim() || named?.source
  const problems: CostProblem[] = []
  if (places.source === undefined && places.channel === undefined && !source) problems.push('no_source')
  if (order === 'ambiguous') problems.push('ambiguous_days')
  if (decimal === 'ambiguous') problems.push('ambiguous_amounts')
  const context: RowContext = {
    places,
    unit: columns.currency,
    currency: options.currency,
    today: options.today,
    order: order === 'ambiguous' ? 'dmy' : order,
    decimal: decimal === 'ambiguous' ? undefined : decimal,
    source: source ?? '',
    medium: options.medium?.trim() || (options.source?.trim() ? '' : named?.medium) || '',
  }
  return { context, problems }
}

/** Rows of the same day and campaign are one: exports split them by device, group and the like. */
async function addUp(rows: readonly Row[], context: RowContext, bad: BadCosts): Promise<CostRow[]> {
  const costs = new Map<string, CostRow>()
  for (const [at, { line, cells }] of rows.entries()) {
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await breathe()
    const read = readCostRow(cells, context)
    if ('reason' in read) {
      bad.tell({ line, ...read })
      continue
    }
    const key = [read.day, read.channel, read.source, read.medium, read.campaign].join('\u001f')
    const known = costs.get(key)
    if (!known) costs.set(key, read)
    else if (!Number.isSafeInteger(known.amount + read.amount))
      bad.tell({ line, reason: 'bad_amount', detail: cells[context.places.amount as number] as string })
    else {
      known.amount += read.amount
      known.impressions = addCounts(known.impressions, read.impressions)
      known.clicks = addCounts(known.clicks, read.clicks)
    }
  }
  if (costs.size > MAX_COSTS)
    throw new AppError(
      'too_large',
      'The table holds more than 200,000 days of campaigns. Split it by months.',
    )
  return [...costs.values()]
}

const addCounts = (a: number | null, b: number | null) =>
  a === null && b === null ? null : (a ?? 0) + (b ?? 0)
