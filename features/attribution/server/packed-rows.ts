import type { PathRow } from '../../paths/server/reads.ts'

/** Rows of the path table as a thread takes them quickly: numbers one after another. */
export interface PackedRows {
  paths: string[]
  /** `ROW_WIDTH` numbers a row: conversions, value, nulls, foreign, anonymous. */
  numbers: Float64Array
  /** Where the parts of each row end, in numbers. */
  partEnds: Int32Array
  parts: Float64Array
}

export const ROW_WIDTH = 5

export function packRows(rows: readonly PathRow[]): PackedRows {
  const packed: PackedRows = {
    paths: rows.map(({ path }) => path),
    numbers: new Float64Array(rows.length * ROW_WIDTH),
    partEnds: new Int32Array(rows.length),
    parts: new Float64Array(rows.reduce((sum, { parts }) => sum + parts.length, 0)),
  }
  let end = 0
  rows.forEach(({ conversions, value, nulls, foreign, anonymous, parts }, at) => {
    packed.numbers.set([conversions, value, nulls, foreign, anonymous], at * ROW_WIDTH)
    packed.parts.set(parts, end)
    end += parts.length
    packed.partEnds[at] = end
  })
  return packed
}
