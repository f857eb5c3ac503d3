import type { InputFile } from '../import-stage.ts'
import { isNdjson, openTable, type TableRow } from '../read-stage.ts'
import type { Encoding } from '../reading/encoding.ts'
import { openCsv } from '../reading/open-csv.ts'
import type { BadRow } from '../reading/problems.ts'

/** The beginning of a table: enough to guess by and to show. */
export interface TableSample {
  columns: string[]
  rows: TableRow[]
  bad: BadRow[]
  encoding: Encoding | null
  delimiter: string | null
}

export const SAMPLE_ROWS = 200

export async function sampleTable(file: InputFile): Promise<TableSample> {
  const known = isNdjson(file.name) ? undefined : await openCsv(file.path, { batchRows: SAMPLE_ROWS })
  const { columns, batches } = known ?? (await openTable(file))
  const sample: TableSample = {
    columns,
    rows: [],
    bad: [],
    encoding: known?.encoding ?? null,
    delimiter: known?.delimiter ?? null,
  }
  for await (const batch of batches) {
    sample.rows.push(...batch.rows.slice(0, SAMPLE_ROWS))
    sample.bad.push(...batch.bad)
    break
  }
  return sample
}

/** Cells as texts, as a guess and a screen need them. */
export function textCells({ cells }: TableRow): string[] {
  return cells.map((cell) => {
    if (typeof cell === 'string') return cell
    return cell === undefined || cell === null ? '' : JSON.stringify(cell)
  })
}
