import type { Encoding } from './encoding.ts'
import type { Line, ReadPosition } from './lines.ts'
import type { BadRow } from './problems.ts'

/** Where to go on after a batch; a plain value to be stored beside what the batch became. */
export interface ResumePoint extends ReadPosition {
  encoding: Encoding
  /** Of CSV only. */
  delimiter?: string
}

/** Some rows of a file and what was wrong among them. */
export interface Batch<Row> {
  rows: Row[]
  bad: BadRow[]
  /** Reading from here on gives exactly the rows after this batch. */
  next: ResumePoint
  /** What share of the file has been read, 0 to 1, where its size is known. */
  share: number | undefined
}

export const BATCH_ROWS = 1000

/** The batch being filled. */
export interface OpenBatch<Row> {
  rows: Row[]
  bad: BadRow[]
  next: ResumePoint
}

export function startBatch<Row>(next: ResumePoint): OpenBatch<Row> {
  return { rows: [], bad: [], next }
}

/** Everything up to the end of this line is dealt with. */
export function passLine(batch: OpenBatch<unknown>, line: Line): void {
  batch.next.byte = line.end
  batch.next.line = line.number + 1
}

/** Closes the batch and begins the next one where it ends. */
export function closeBatch<Row>(batch: OpenBatch<Row>, share: number | undefined): Batch<Row> {
  const closed = { rows: batch.rows, bad: batch.bad, next: { ...batch.next }, share }
  batch.rows = []
  batch.bad = []
  return closed
}

export function countRows(batch: OpenBatch<unknown>): number {
  return batch.rows.length + batch.bad.length
}
