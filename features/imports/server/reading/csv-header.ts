import { scanLine } from './csv-record.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export interface ColumnProblem {
  /** The name that the column goes by now. */
  column: string
  problem: 'blank' | 'duplicate'
}

export interface NamedColumns {
  columns: string[]
  columnProblems: ColumnProblem[]
}

const SAMPLED_LINES = 30

/** The line by which a spreadsheet tells the delimiter: `sep=;`. */
export function findDeclaredDelimiter(line: string): Delimiter | undefined {
  const declared = /^"?sep=(.)"?$/i.exec(line)?.[1]
  return DELIMITERS.find((delimiter) => delimiter === declared)
}

/**
 * The delimiter of a table from its first lines: the one that cuts most of them into the same number of cells,
 * the larger number on a tie. A table of one column has none; a comma does no harm there.
 */
export function detectDelimiter(lines: readonly string[]): Delimiter {
  const sampled = lines.slice(0, SAMPLED_LINES).filter((line) => line.trim() !== '')
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const score = scoreDelimiter(sampled, delimiter)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function scoreDelimiter(lines: readonly string[], delimiter: Delimiter): number {
  const counts = lines.flatMap((line) => {
    const scanned = scanLine(line, delimiter)
    return scanned !== 'broken' && 'cells' in scanned ? [scanned.cells.length] : []
  })
  const header = counts[0] ?? 1
  if (header < 2) return 0
  const alike = counts.filter((count) => count === header).length / lines.length
  return alike * 1000 + Math.min(header, 500)
}

/** Names that tell the columns apart: trimmed, blanks numbered, repeats counted. */
export function nameColumns(header: readonly string[]): NamedColumns {
  const columnProblems: ColumnProblem[] = []
  const taken = new Set<string>()
  const columns = header.map((cell, index) => {
    const name = cell.trim().replace(/\s+/g, ' ')
    const column = findFreeName(name === '' ? `column ${index + 1}` : name, taken)
    taken.add(column)
    if (name === '') columnProblems.push({ column, problem: 'blank' })
    else if (column !== name) columnProblems.push({ column, problem: 'duplicate' })
    return column
  })
  return { columns, columnProblems }
}

function findFreeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let count = 2; ; count++) {
    const numbered = `${name} (${count})`
    if (!taken.has(numbered)) return numbered
  }
}
