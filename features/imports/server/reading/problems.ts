/** Why a row of a file could not be read. Declared, so that every screen and file of bad rows can name each. */
export const ROW_PROBLEMS = {
  broken_quotes: 'A quote inside the row is neither doubled nor at the end of its cell.',
  unclosed_quote: 'A cell begins with a quote that nothing closes.',
  too_few_cells: 'The row has fewer cells than the header.',
  too_many_cells: 'The row has more cells than the header.',
  too_long: 'The line is longer than 1 MB.',
  wrong_encoding: 'The row is written in another encoding than the rest of the file.',
  truncated: 'The file ends in the middle of this row.',
  not_json: 'The line is not JSON.',
  not_an_object: 'The line is JSON, but not an object.',
} as const

export type RowProblem = keyof typeof ROW_PROBLEMS

export interface BadRow {
  /** The number of the line on which the row begins, from 1. */
  line: number
  problem: RowProblem
  /** One sentence for a person. */
  detail: string
  /** The row as it stands in the file, its first 1000 characters. */
  text: string
}

const SHOWN = 1000

export function describeBadRow(line: number, problem: RowProblem, text: string, detail?: string): BadRow {
  return { line, problem, detail: detail ?? ROW_PROBLEMS[problem], text: text.slice(0, SHOWN) }
}
