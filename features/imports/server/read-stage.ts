import { toCsvLine } from '../../../kernel/csv.ts'
import type { Cell, InputFile } from './import-stage.ts'
import type { ResumePoint } from './reading/batch.ts'
import { openCsv } from './reading/open-csv.ts'
import { openNdjson } from './reading/open-ndjson.ts'
import type { BadRow } from './reading/problems.ts'

/** Rows of a file, whatever its format, as cells in the order of `columns`. */
export interface OpenTable {
  columns: string[]
  batches: AsyncIterable<TableBatch>
}

export interface TableBatch {
  rows: TableRow[]
  bad: BadRow[]
  next: ResumePoint
  share: number | undefined
}

export interface TableRow {
  line: number
  cells: readonly Cell[]
}

export function isNdjson(name: string): boolean {
  return /\.(ndjson|jsonl|json)(\.gz)?$/i.test(name)
}

export async function openTable(file: InputFile, resumeFrom?: ResumePoint): Promise<OpenTable> {
  if (!isNdjson(file.name)) return openCsv(file.path, { resumeFrom })
  const { columns, batches } = await openNdjson(file.path, { resumeFrom })
  return { columns: [...columns, REST], batches: toTableBatches(columns, batches) }
}

/** The column of NDJSON that holds what no other column does: keys that came up only after the first rows. */
export const REST = '…'

async function* toTableBatches(
  columns: readonly string[],
  batches: Awaited<ReturnType<typeof openNdjson>>['batches'],
): AsyncGenerator<TableBatch> {
  const paths = columns.map((column) => column.split('.'))
  const known = new Set(paths.map(([first]) => first))
  for await (const batch of batches) {
    const rows = batch.rows.map(({ line, value }) => {
      const rest = Object.entries(value).filter(([key]) => !known.has(key))
      const cells = paths.map((path, index) => readPath(value, path, columns[index] as string))
      return { line, cells: [...cells, rest.length > 0 ? Object.fromEntries(rest) : undefined] }
    })
    yield { ...batch, rows }
  }
}

function readPath(value: Record<string, unknown>, path: readonly string[], whole: string): unknown {
  // A key may itself contain a point.
  if (path.length === 1 || Object.hasOwn(value, whole)) return value[whole]
  let at: unknown = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<string, unknown>)[key]
  }
  return at
}

/** A row as text again, for the file of bad rows. */
export function writeRow({ cells }: TableRow): string {
  return toCsvLine(
    cells.map((cell) =>
      typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : (cell as string),
    ),
  ).trimEnd()
}
