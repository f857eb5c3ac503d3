import { type OpenBatch, passLine } from './batch.ts'
import { type OpenRecord, scanLine } from './csv-record.ts'
import type { Line } from './lines.ts'
import { describeBadRow, type RowProblem } from './problems.ts'

export interface CsvRow {
  /** The number of the line on which the row begins, from 1. */
  line: number
  /** As many as the header has. */
  cells: string[]
}

/** Puts lines together to rows: a quoted cell may go over several lines. */
export interface RowBuilder {
  delimiter: string
  width: number
  batch: OpenBatch<CsvRow>
  /** The lines of a row whose quoted cell is still open. */
  pending: Line[]
  open: OpenRecord | undefined
}

/** A cell that runs on for longer has lost its closing quote; reading starts again at the line after its first. */
export const MAX_RECORD_CHARS = 256 * 1024

export function createRowBuilder(delimiter: string, width: number, batch: OpenBatch<CsvRow>): RowBuilder {
  return { delimiter, width, batch, pending: [], open: undefined }
}

export function pushLine(builder: RowBuilder, line: Line): void {
  const { open } = builder
  if (!open && line.problem) refuse(builder, line, line.problem)
  else if (!open && line.text.trim() === '') passLine(builder.batch, line)
  else if (line.problem === 'too_long') startOver(builder, 'unclosed_quote', line)
  else scanInto(builder, line)
}

function scanInto(builder: RowBuilder, line: Line): void {
  const scanned = scanLine(line.text, builder.delimiter, builder.open)
  if (scanned === 'broken') startOver(builder, 'broken_quotes', line)
  else if ('cells' in scanned) {
    const lines = builder.open ? [...builder.pending, line] : [line]
    builder.open = undefined
    builder.pending = []
    finishRow(builder, lines, scanned.cells)
  } else {
    builder.pending.push(line)
    builder.open = scanned.open
    if (scanned.open.cell.length > MAX_RECORD_CHARS) startOver(builder, 'unclosed_quote')
  }
}

/** The end of the file: what is still open stays so. */
export function finishRows(builder: RowBuilder): void {
  while (builder.open) {
    const isCut = builder.pending.at(-1)?.isWhole === false
    startOver(builder, isCut ? 'truncated' : 'unclosed_quote')
  }
}

/**
 * Gives up the first line of an open row and reads the lines after it afresh, so that one stray quote costs one
 * row. It stays linear: a line that opens a quote when read afresh has an odd number of them, and such a line
 * would have closed the open cell, or broken it, when it was read as its continuation.
 */
function startOver(builder: RowBuilder, problem: RowProblem, line?: Line): void {
  const lines = line ? [...builder.pending, line] : builder.pending
  builder.open = undefined
  builder.pending = []
  const [first, ...rest] = lines
  if (first) refuse(builder, first, problem)
  for (const one of rest) pushLine(builder, one)
}

function finishRow(builder: RowBuilder, lines: Line[], cells: string[]): void {
  const first = lines[0] as Line
  const last = lines.at(-1) as Line
  const { batch, width } = builder
  while (cells.length > width && cells.at(-1) === '') cells.pop()
  const problem = findProblem(lines, cells, width)
  if (cells[0] === '' && cells.every((cell) => cell === '')) passLine(batch, last)
  else if (!problem) {
    batch.rows.push({ line: first.number, cells })
    passLine(batch, last)
  } else {
    const isRagged = problem === 'too_few_cells' || problem === 'too_many_cells'
    const detail = isRagged ? `The row has ${cells.length} cells, the header has ${width}.` : undefined
    const text = lines.map((line) => line.text).join('\n')
    batch.bad.push(describeBadRow(first.number, problem, text, detail))
    passLine(batch, last)
  }
}

function findProblem(lines: Line[], cells: string[], width: number): RowProblem | undefined {
  const told = lines.length === 1 ? lines[0]?.problem : lines.find((line) => line.problem)?.problem
  if (told || cells.length === width) return told
  if (lines.at(-1)?.isWhole === false && cells.length < width) return 'truncated'
  return cells.length < width ? 'too_few_cells' : 'too_many_cells'
}

function refuse(builder: RowBuilder, line: Line, problem: RowProblem): void {
  builder.batch.bad.push(describeBadRow(line.number, problem, line.text))
  passLine(builder.batch, line)
}
