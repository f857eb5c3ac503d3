import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { createError } from './clickhouse-error.ts'

/** The body of a request, decompressed, with a bound on its decompressed size. */
export async function* readBody(request: IncomingMessage, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0
  try {
    // Left whole on failure: a destroyed request could not be answered.
    for await (const chunk of decompress(request).iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length
      if (size > maxBytes) throw createError('tooLarge', `The request body is larger than ${maxBytes} bytes`)
      yield chunk as Buffer
    }
  } catch (error) {
    request.unpipe()
    request.resume()
    throw explainBodyError(error)
  }
  // A client that broke off has not sent what it wanted to send.
  if (!request.complete) throw createError('cancelled', 'The client broke off while sending')
}

function decompress(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity' || encoding === '') return request
  if (encoding !== 'gzip') {
    throw createError('notImplemented', `Content-Encoding ${encoding} is not supported: send gzip or nothing`)
  }
  const gunzip = createGunzip()
  request.once('error', (error) => gunzip.destroy(error))
  return request.pipe(gunzip)
}

export async function readBodyBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of readBody(request, maxBytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function explainBodyError(error: unknown): unknown {
  const code = String((error as NodeJS.ErrnoException).code ?? '')
  if (code.startsWith('Z_')) return createError('cannotDecompress', `The body is not valid gzip (${code})`)
  if (code === 'ECONNRESET') return createError('cancelled', 'The client broke off while sending')
  if (code === 'ENOSPC') return createError('notEnoughSpace', 'The disk is full')
  return error
}

/** Rows waiting in a file for the engine to read. */
export interface Spool {
  path: string
  bytes: number
  /** Lines that hold more than blanks: the number of rows in formats of one row a line, if written that way. */
  lines: number
  remove(): Promise<void>
}

/** Bodies up to this size are gathered in memory and written at once. */
const MAX_GATHERED = 8 << 20

/**
 * Writes rows into a file, whole, before the engine sees any: so a client that breaks off leaves nothing behind,
 * memory stays bounded, and no row can be taken for SQL (inside a statement's text the engine ends the rows at
 * the first empty line and runs what follows as a statement).
 */
export async function spoolRows(
  folder: string,
  parts: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<Spool> {
  const path = join(folder, randomUUID())
  const remove = () => rm(path, { force: true })
  const spool: Spool = { path, bytes: 0, lines: 0, remove }
  const counter = createLineCounter()
  let gathered: Buffer[] = []
  let gatheredBytes = 0
  let file: FileHandle | undefined
  try {
    for await (const part of parts) {
      counter.add(part)
      spool.bytes += part.length
      gathered.push(part)
      gatheredBytes += part.length
      if (gatheredBytes < MAX_GATHERED) continue
      file ??= await open(path, 'wx', 0o600)
      await file.writeFile(Buffer.concat(gathered))
      gathered = []
      gatheredBytes = 0
    }
    if (file) await file.writeFile(Buffer.concat(gathered))
    else await writeFile(path, Buffer.concat(gathered), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    await remove()
    throw explainBodyError(error)
  } finally {
    await file?.close()
  }
  spool.lines = counter.end()
  return spool
}

const LINE_END = 0x0a

function createLineCounter() {
  let lines = 0
  let isOpen = false
  return {
    add(part: Buffer) {
      let start = 0
      for (;;) {
        const end = part.indexOf(LINE_END, start)
        if (end < 0) break
        if (isOpen || hasInk(part, start, end)) lines += 1
        isOpen = false
        start = end + 1
      }
      isOpen ||= hasInk(part, start, part.length)
    },
    end: () => lines + (isOpen ? 1 : 0),
  }
}

function hasInk(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] as number) > 0x20) return true
  return false
}

export function readSpool(spool: Spool): AsyncIterable<Buffer> {
  return createReadStream(spool.path)
}
