import { AppError } from '../../../../kernel/errors.ts'
import { BATCH_ROWS, type Batch, closeBatch, countRows, type ResumePoint, startBatch } from './batch.ts'
import { type ColumnProblem, detectDelimiter, findDeclaredDelimiter, nameColumns } from './csv-header.ts'
import { scanLine } from './csv-record.ts'
import { type CsvRow, createRowBuilder, finishRows, pushLine } from './csv-rows.ts'
import { createLineCodec, detectEncoding, type Encoding, isText, type LineCodec } from './encoding.ts'
import { type Line, type ReadPosition, readLines } from './lines.ts'
import { CHUNK_BYTES, type OpenSource, openSource, type Source } from './source.ts'

export interface CsvOptions {
  /** Detected when not given. */
  encoding?: Encoding
  /** Detected when not given: comma, semicolon, tab or bar. */
  delimiter?: string
  /** The `next` of the last batch that was dealt with. */
  resumeFrom?: ResumePoint
  batchRows?: number
}

export interface CsvTable {
  /** Names that tell the columns apart; none for an empty file. */
  columns: string[]
  columnProblems: ColumnProblem[]
  encoding: Encoding
  delimiter: string
  /** All rows after the header, or after `resumeFrom`. The last batch may be empty. To be read once. */
  batches: AsyncIterable<Batch<CsvRow>>
}

interface Header {
  cells: string[]
  delimiter: string
  /** Where the rows begin. */
  next: ReadPosition
}

/**
 * Opens a table, plain or gzipped, and reads it with bounded memory. Rows that can't be read are named in their
 * batch and never stop it. Fails with `not_found`, or `unsupported` for what is no text.
 *
 * Not csv-parse: for a million rows of twelve cells that takes five times the processor time, it doesn't tell byte
 * positions in other encodings than UTF-8, and one stray quote makes it swallow the rest of a file.
 */
export async function openCsv(source: Source, options: CsvOptions = {}): Promise<CsvTable> {
  const opened = await openSource(source)
  const { resumeFrom } = options
  const { encoding, bom } = readEncoding(opened.head, resumeFrom?.encoding ?? options.encoding)
  const codec = createLineCodec(encoding, opened.head)
  const header = await readHeader(opened.head, codec, bom, resumeFrom?.delimiter ?? options.delimiter)
  const start: ResumePoint = { ...(resumeFrom ?? header.next), encoding, delimiter: header.delimiter }
  return {
    ...nameColumns(header.cells),
    encoding,
    delimiter: header.delimiter,
    batches: readBatches(opened, codec, header, start, options.batchRows ?? BATCH_ROWS),
  }
}

/** The encoding to read with, and the size of the byte order mark. */
export function readEncoding(head: Buffer, told: Encoding | undefined): { encoding: Encoding; bom: number } {
  const detected = detectEncoding(head)
  if (!isText(head, detected)) {
    throw new AppError('unsupported', 'This is not a text file. A table is needed as CSV or NDJSON.')
  }
  if (!told || told === detected.encoding) return detected
  return { encoding: told, bom: 0 }
}

async function readHeader(
  head: Buffer,
  codec: LineCodec,
  bom: number,
  told: string | undefined,
): Promise<Header> {
  const start: ReadPosition = { byte: bom, line: 1 }
  const lines: Line[] = []
  for await (const some of readLines(toChunks(head.subarray(bom)), codec, start)) lines.push(...some)
  let at = lines.findIndex((line) => line.text.trim() !== '')
  const declared = findDeclaredDelimiter(lines[at]?.text ?? '')
  if (declared) at += 1
  const first = lines[at]
  if (!first) return { cells: [], delimiter: told ?? declared ?? ',', next: start }
  if (!first.isWhole && head.length >= CHUNK_BYTES) {
    throw new AppError(
      'unprocessable',
      'The first line is longer than 256 KB, so it can’t be a header of columns.',
    )
  }
  // The head may end inside a line.
  const whole = lines.slice(at).filter((line, index) => line.isWhole || index === 0)
  const delimiter = told ?? declared ?? detectDelimiter(whole.map((line) => line.text))
  return readHeaderCells(lines.slice(at), delimiter)
}

function readHeaderCells(lines: readonly Line[], delimiter: string): Header {
  let scanned: ReturnType<typeof scanLine> | undefined
  for (const line of lines) {
    const open = scanned && scanned !== 'broken' && 'open' in scanned ? scanned.open : undefined
    scanned = scanLine(line.text, delimiter, open)
    if (scanned === 'broken') break
    if ('cells' in scanned)
      return { cells: scanned.cells, delimiter, next: { byte: line.end, line: line.number + 1 } }
  }
  throw new AppError(
    'unprocessable',
    'The header has a quote that is never closed. Mend the first line of the file.',
  )
}

async function* readBatches(
  source: OpenSource,
  codec: LineCodec,
  header: Header,
  start: ResumePoint,
  batchRows: number,
): AsyncGenerator<Batch<CsvRow>> {
  const batch = startBatch<CsvRow>(start)
  const builder = createRowBuilder(header.delimiter, header.cells.length, batch)
  for await (const lines of readLines(source.readFrom(start.byte), codec, start)) {
    for (const line of lines) {
      if (!line.isWhole && source.isCut()) line.problem ??= 'truncated'
      pushLine(builder, line)
      if (countRows(batch) >= batchRows) yield closeBatch(batch, source.findShare())
    }
  }
  finishRows(builder)
  yield closeBatch(batch, source.findShare())
}

async function* toChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
