import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { AppError } from '../../../../kernel/errors.ts'
import { isPacked, unpack } from './unpack.ts'

/** A file's path, or bytes as they come in; the latter can be read once only. */
export type Source = string | AsyncIterable<Uint8Array>

export interface OpenSource {
  /** The first bytes, unpacked: 256 KB, or the whole of a smaller file. */
  head: Buffer
  /** The bytes from a position on, counted in the unpacked text. */
  readFrom(byte: number): AsyncIterable<Buffer>
  /** What share of the file has been read, 0 to 1; undefined when its size isn't known. */
  findShare(): number | undefined
  /** After reading to the end: does the packed file end in its middle? */
  isCut(): boolean
}

export const CHUNK_BYTES = 256 * 1024

const FOREIGN_FILES: ReadonlyArray<readonly [magic: string, advice: string]> = [
  [
    '504b0304',
    'This is an Excel workbook or a ZIP archive. Save the sheet as CSV (UTF-8) and take that file.',
  ],
  ['d0cf11e0', 'This is an old Excel workbook. Save the sheet as CSV (UTF-8) and take that file.'],
  ['25504446', 'This is a PDF document; a table is needed as CSV or NDJSON.'],
  ['28b52ffd', 'The file is packed with Zstandard. Unpack it first, or pack it with gzip.'],
  ['425a68', 'The file is packed with bzip2. Unpack it first, or pack it with gzip.'],
  ['fd377a58', 'The file is packed with xz. Unpack it first, or pack it with gzip.'],
  ['50415231', 'This is a Parquet file; export the table as CSV or NDJSON.'],
]

/** Opens a file or a stream, unpacking gzip. Fails with `not_found`, or `unsupported` for what is no text. */
export async function openSource(source: Source): Promise<OpenSource> {
  const opened = typeof source === 'string' ? await openPath(source) : await openStream(source)
  const magic = opened.head.toString('hex', 0, 4)
  const advice = FOREIGN_FILES.find(([start]) => magic.startsWith(start))?.[1]
  if (advice) throw new AppError('unsupported', advice)
  return opened
}

async function openPath(path: string): Promise<OpenSource> {
  const { size, start } = await inspect(path)
  const progress = { read: 0, isCut: false }
  async function* readPlain(from: number): AsyncGenerator<Buffer> {
    progress.read = from
    for await (const chunk of createReadStream(path, { start: from, highWaterMark: CHUNK_BYTES })) {
      progress.read += (chunk as Buffer).length
      yield chunk as Buffer
    }
  }
  const readFrom = (byte: number) =>
    isPacked(start) ? skip(unpack(readPlain(0), progress), byte) : readPlain(byte)
  return {
    head: await readHead(readFrom(0)),
    readFrom,
    findShare: () => (size === 0 ? 1 : Math.min(1, progress.read / size)),
    isCut: () => progress.isCut,
  }
}

async function openStream(source: AsyncIterable<Uint8Array>): Promise<OpenSource> {
  const progress = { isCut: false }
  const raw = source[Symbol.asyncIterator]()
  const first = await raw.next()
  async function* readRaw(): AsyncGenerator<Buffer> {
    for (let next = first; !next.done; next = await raw.next()) yield asBuffer(next.value)
  }
  const isGzip = !first.done && isPacked(asBuffer(first.value))
  const chunks = isGzip ? unpack(readRaw(), progress) : readRaw()
  const begun: Buffer[] = []
  let bytes = 0
  while (bytes < CHUNK_BYTES) {
    const next = await chunks.next()
    if (next.done) break
    begun.push(next.value)
    bytes += next.value.length
  }
  async function* readAll(): AsyncGenerator<Buffer> {
    yield* begun.splice(0)
    yield* chunks
  }
  return {
    head: Buffer.concat(begun).subarray(0, CHUNK_BYTES),
    readFrom: (byte) => skip(readAll(), byte),
    findShare: () => undefined,
    isCut: () => progress.isCut,
  }
}

async function inspect(path: string): Promise<{ size: number; start: Buffer }> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new AppError('not_found', `There is no file “${path}”.`)
    throw new AppError('bad_request', `“${path}” can’t be opened: ${error.message}`, { cause: error })
  })
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new AppError('bad_request', `“${path}” is not a file.`)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return { size: stats.size, start: buffer.subarray(0, bytesRead) }
  } finally {
    await file.close()
  }
}

async function readHead(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    bytes += chunk.length
    if (bytes >= CHUNK_BYTES) break
  }
  return Buffer.concat(parts).subarray(0, CHUNK_BYTES)
}

async function* skip(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of chunks) {
    if (left >= chunk.length) {
      left -= chunk.length
      continue
    }
    yield left > 0 ? chunk.subarray(left) : chunk
    left = 0
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
