import type { RefusedRow } from './bad-rows-file.ts'
import { isTrouble, type Message, type RowReader } from './import-stage.ts'
import { type TableBatch, type TableRow, writeRow } from './read-stage.ts'

/** What a batch of rows becomes. */
export interface ConvertedBatch {
  file: string
  /** Rows read, bad ones included. */
  rows: number
  messages: Message[]
  /** The row of each message. */
  origins: TableRow[]
  refused: RefusedRow[]
}

/** Pure: rows → events and refusals. */
export function convertBatch(batch: TableBatch, file: string, read: RowReader): ConvertedBatch {
  const converted: ConvertedBatch = {
    file,
    rows: batch.rows.length + batch.bad.length,
    messages: [],
    origins: [],
    refused: batch.bad.map(({ line, problem, detail, text }) => ({
      file,
      line,
      reason: problem,
      detail,
      text,
    })),
  }
  for (const row of batch.rows) {
    const outcome = read(row.cells)
    if (isTrouble(outcome)) {
      const { problem, detail } = outcome
      converted.refused.push({ file, line: row.line, reason: problem, detail, text: writeRow(row) })
      continue
    }
    for (const message of outcome) {
      converted.messages.push(message)
      converted.origins.push(row)
    }
  }
  return converted
}

export function startGathering(file: string): ConvertedBatch {
  return { file, rows: 0, messages: [], origins: [], refused: [] }
}

/** Adds one batch to another. */
export function gather(into: ConvertedBatch, batch: ConvertedBatch): void {
  into.rows += batch.rows
  for (const message of batch.messages) into.messages.push(message)
  for (const origin of batch.origins) into.origins.push(origin)
  for (const row of batch.refused) into.refused.push(row)
}
