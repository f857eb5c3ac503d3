import { AppError } from '../../../../kernel/errors.ts'
import {
  BATCH_ROWS,
  type Batch,
  closeBatch,
  countRows,
  type OpenBatch,
  passLine,
  type ResumePoint,
  startBatch,
} from './batch.ts'
import { createLineCodec, type Encoding } from './encoding.ts'
import { type Line, readLines } from './lines.ts'
import { readEncoding } from './open-csv.ts'
import { describeBadRow } from './problems.ts'
import { type OpenSource, openSource, type Source } from './source.ts'

export interface JsonRow {
  /** The line's number, from 1. */
  line: number
  value: Record<string, unknown>
}

export interface NdjsonOptions {
  encoding?: Encoding
  /** The `next` of the last batch that was dealt with. */
  resumeFrom?: ResumePoint
  batchRows?: number
}

export interface NdjsonFile {
  encoding: Encoding
  /** Keys of the first rows, nested ones as `properties.price`, in the order in which they appear. */
  columns: string[]
  batches: AsyncIterable<Batch<JsonRow>>
}

const SAMPLED_ROWS = 100

/** Opens a file of one JSON object per line, plain or gzipped. Otherwise like `openCsv`. */
export async function openNdjson(source: Source, options: NdjsonOptions = {}): Promise<NdjsonFile> {
  const opened = await openSource(source)
  const { encoding, bom } = readEncoding(opened.head, options.resumeFrom?.encoding ?? options.encoding)
  const codec = createLineCodec(encoding, opened.head)
  const start: ResumePoint = { ...(options.resumeFrom ?? { byte: bom, line: 1 }), encoding }
  const text = codec.decode(opened.head, bom, opened.head.length)
  if (/^\s*\[/.test(text)) {
    throw new AppError(
      'unsupported',
      'The file is one JSON array. Write one object per line instead (NDJSON).',
    )
  }
  async function* readBatches(): AsyncGenerator<Batch<JsonRow>> {
    const batch = startBatch<JsonRow>(start)
    for await (const lines of readLines(opened.readFrom(start.byte), codec, start)) {
      for (const line of lines) {
        pushJson(batch, line, opened)
        if (countRows(batch) >= (options.batchRows ?? BATCH_ROWS)) yield closeBatch(batch, opened.findShare())
      }
    }
    yield closeBatch(batch, opened.findShare())
  }
  return { encoding, columns: findColumns(text), batches: readBatches() }
}

function pushJson(batch: OpenBatch<JsonRow>, line: Line, source: OpenSource): void {
  if (line.problem) batch.bad.push(describeBadRow(line.number, line.problem, line.text))
  else if (line.text.trim() !== '') {
    const value = parseJson(line.text)
    if (isObject(value)) batch.rows.push({ line: line.number, value })
    else {
      const isCut = value === undefined && !line.isWhole && (source.isCut() || line.text.startsWith('{'))
      const problem = isCut ? 'truncated' : value === undefined ? 'not_json' : 'not_an_object'
      batch.bad.push(describeBadRow(line.number, problem, line.text))
    }
  }
  passLine(batch, line)
}

function findColumns(text: string): string[] {
  const columns = new Set<string>()
  for (const line of text.split('\n', SAMPLED_ROWS)) {
    const value = parseJson(line)
    if (isObject(value)) addKeys(columns, value, '')
  }
  return [...columns]
}

function addKeys(columns: Set<string>, value: Record<string, unknown>, prefix: string): void {
  for (const [key, inner] of Object.entries(value)) {
    if (isObject(inner) && prefix.split('.').length < 4) addKeys(columns, inner, `${prefix}${key}.`)
    else columns.add(prefix + key)
  }
}

/** undefined for what is not JSON; JSON itself has no undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
