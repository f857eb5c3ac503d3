import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { createGzip, type Gzip, constants as zlib } from 'node:zlib'
import { type ClickHouseServerError, createError, formatError, getHttpStatus } from './clickhouse-error.ts'
import type { StatementRequest } from './http-request.ts'

/** The figures of `X-ClickHouse-Summary`. */
export interface Summary {
  readRows?: number
  readBytes?: number
  writtenRows?: number
  writtenBytes?: number
  resultRows?: number
  resultBytes?: number
  elapsedSeconds?: number
}

export interface ResponseWriter {
  /** Sends status and headers, which can be done once. */
  begin(request: StatementRequest, format: string, summary: Summary): void
  /** Resolves when the client is ready for more; rejects when it takes nothing for a minute, or has gone. */
  write(bytes: Uint8Array): Promise<void>
  end(): void
  /** Answers with the error; in the middle of a result it appends the error and breaks the response off. */
  fail(error: ClickHouseServerError): void
}

const CONTENT_TYPES: Record<string, string> = {
  JSON: 'application/json; charset=UTF-8',
  JSONEachRow: 'application/x-ndjson; charset=UTF-8',
  JSONCompactEachRow: 'application/x-ndjson; charset=UTF-8',
  CSV: 'text/csv; charset=UTF-8; header=absent',
  CSVWithNames: 'text/csv; charset=UTF-8; header=present',
  RowBinary: 'application/octet-stream',
  Native: 'application/octet-stream',
  Parquet: 'application/octet-stream',
}
const STALLED_AFTER_MS = 60_000

export function createResponseWriter(response: ServerResponse, version: string): ResponseWriter {
  const exceptionTag = randomBytes(8).toString('hex')
  let gzip: Gzip | undefined
  response.setHeader('X-ClickHouse-Server-Display-Name', 'tropa')
  return {
    begin(request, format, summary) {
      response.setHeader('Content-Type', CONTENT_TYPES[format] ?? 'text/plain; charset=UTF-8')
      response.setHeader('X-ClickHouse-Query-Id', request.queryId)
      response.setHeader('X-ClickHouse-Format', format)
      response.setHeader('X-ClickHouse-Timezone', 'UTC')
      response.setHeader('X-ClickHouse-Exception-Tag', exceptionTag)
      response.setHeader('X-ClickHouse-Summary', formatSummary(summary))
      if (request.acceptsGzip) gzip = startGzip(response)
      response.writeHead(200)
    },
    write: (bytes) => writeAll(gzip ?? response, response, bytes),
    end() {
      if (gzip) gzip.end()
      else response.end()
    },
    fail(error) {
      if (response.headersSent) return breakOff(response, gzip, exceptionTag, formatError(error, version))
      response.setHeader('Content-Type', 'text/plain; charset=UTF-8')
      response.setHeader('X-ClickHouse-Exception-Code', error.code)
      if (error.type === 'REQUIRED_PASSWORD')
        response.setHeader('WWW-Authenticate', 'Basic realm="ClickHouse"')
      if (error.type === 'ABORTED') response.setHeader('Retry-After', '1')
      // Whatever of the body still comes is not read, so the connection can't carry a next request.
      if (!response.req.complete) response.setHeader('Connection', 'close')
      response.writeHead(getHttpStatus(error))
      response.end(formatError(error, version))
    },
  }
}

function formatSummary(summary: Summary): string {
  return JSON.stringify({
    read_rows: String(summary.readRows ?? 0),
    read_bytes: String(summary.readBytes ?? 0),
    written_rows: String(summary.writtenRows ?? 0),
    written_bytes: String(summary.writtenBytes ?? 0),
    total_rows_to_read: '0',
    result_rows: String(summary.resultRows ?? summary.writtenRows ?? 0),
    result_bytes: String(summary.resultBytes ?? summary.writtenBytes ?? 0),
    elapsed_ns: String(Math.round((summary.elapsedSeconds ?? 0) * 1e9)),
  })
}

function startGzip(response: ServerResponse): Gzip {
  response.setHeader('Content-Encoding', 'gzip')
  const gzip = createGzip({ level: 3 })
  gzip.on('error', () => response.destroy())
  gzip.pipe(response)
  return gzip
}

async function writeAll(
  sink: Gzip | ServerResponse,
  response: ServerResponse,
  bytes: Uint8Array,
): Promise<void> {
  if (response.destroyed) throw createError('cancelled', 'The client has left')
  if (sink.write(bytes)) return
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error) => {
      clearTimeout(timer)
      sink.off('drain', onDrain)
      response.off('close', onClose)
      if (error) reject(error)
      else resolve()
    }
    const onDrain = () => settle()
    const onClose = () => settle(createError('cancelled', 'The client has left'))
    const onStall = () => settle(createError('cancelled', 'The client has taken nothing for a minute'))
    const timer = setTimeout(onStall, STALLED_AFTER_MS)
    sink.on('drain', onDrain)
    response.on('close', onClose)
  })
}

const CUT_AFTER_MS = 5_000

/**
 * The status is sent, so the error goes where ClickHouse servers since 25.11 put it: behind the rows, between
 * tags announced in a header. The response is never ended in order, so that readers who don't look for the tags
 * notice too: when all is sent and the client hasn't closed the connection by itself, it is cut.
 */
function breakOff(response: ServerResponse, gzip: Gzip | undefined, tag: string, message: string): void {
  const trailer = `\r\n__exception__\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n__exception__\r\n`
  if (gzip) {
    gzip.write(trailer)
    gzip.flush(zlib.Z_SYNC_FLUSH)
  } else response.write(trailer)
  const timer = setInterval(() => {
    if (response.writableLength + (gzip?.readableLength ?? 0) === 0) response.socket?.destroy()
  }, CUT_AFTER_MS)
  response.once('close', () => clearInterval(timer))
}
