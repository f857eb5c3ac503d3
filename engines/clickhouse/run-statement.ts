import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { assertRowsArrived } from './count-rows.ts'
import { assertSingleStatement, type Engine, killStatement, type Session, withSession } from './engine.ts'
import type { StatementRequest } from './http-request.ts'
import type { NativeConnection } from './native-chdb.ts'
import type { AdminStatement, CopyStatement, InsertStatement, ReadStatement } from './parse-statement.ts'
import { readBody, spoolRows } from './request-body.ts'
import type { ResponseWriter } from './response-writer.ts'
import { createRowStream, isStreamable } from './row-stream.ts'
import type { Slots } from './slots.ts'
import { quoteString } from './sql-lexer.ts'

/** What runs statements: the engine, its places, and the pace of inserts that heavy reads give way to. */
export interface Runner {
  engine: Engine
  slots: Slots
  inserts: { running: number; lastEnd: number }
}

/** One request being answered. */
export interface Exchange {
  request: StatementRequest
  writer: ResponseWriter
  /** Aborts when the client has left. */
  signal: AbortSignal
}

/** A result up to this size is gathered first, so that an error in it still gets a status of its own. */
const MAX_HELD_BYTES = 1 << 20
/** The size of a result in the engine's memory, for formats that can't be sent in pieces. */
const MAX_WHOLE_RESULT_BYTES = 128 << 20

export async function runRead(runner: Runner, exchange: Exchange, statement: ReadStatement): Promise<void> {
  const { request, signal } = exchange
  const lane = request.isReport ? 'report' : 'read'
  await runner.slots.run(lane, signal, async () => {
    const tag = randomUUID()
    const format = statement.format ?? request.defaultFormat
    const streams = statement.isQuery && !request.waitsForEnd && isStreamable(format)
    const session = buildReadSession(runner, request, tag, streams)
    const run = withSession(runner.engine, session, async (connection) => {
      await assertSingleStatement(runner.engine, connection, statement.sql, true)
      signal.throwIfAborted()
      if (streams) await sendInPieces(runner.engine, connection, exchange, statement.sql, format)
      else await sendWhole(runner.engine, connection, exchange, statement.sql, format)
    })
    const onAbort = () => void killStatement(runner.engine, tag, run).catch(() => {})
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      await run
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  })
}

function buildReadSession(runner: Runner, request: StatementRequest, tag: string, streams: boolean): Session {
  const settings = tagged(request.settings, tag)
  if (request.isReport) limitReport(runner, settings)
  if (!streams && !settings.has('max_result_bytes')) {
    settings.set('max_result_bytes', String(MAX_WHOLE_RESULT_BYTES))
  }
  return { database: request.database, params: request.params, settings }
}

/** The tag is how a statement is found in the list of running ones: the engine gives it an id we don't learn. */
function tagged(settings: ReadonlyMap<string, string>, tag: string): Map<string, string> {
  return new Map(settings).set('log_comment', `${tag} ${settings.get('log_comment') ?? ''}`)
}

const INSERTS_PAUSED_AFTER_MS = 1_000

/** One thread while events come in, two otherwise; beyond half its memory it sorts and groups on disk. */
function limitReport(runner: Runner, settings: Map<string, string>): void {
  const { running, lastEnd } = runner.inserts
  const isIngesting = running > 0 || Date.now() - lastEnd < INSERTS_PAUSED_AFTER_MS
  const memory = runner.engine.limits.report
  lower(settings, 'max_threads', isIngesting ? 1 : 2)
  lower(settings, 'max_memory_usage', memory)
  lower(settings, 'max_bytes_before_external_group_by', Math.floor(memory / 2))
  lower(settings, 'max_bytes_before_external_sort', Math.floor(memory / 2))
}

/** Sets a limit unless the request asks for a lower one (zero means none). */
function lower(settings: Map<string, string>, name: string, limit: number): void {
  const asked = Number(settings.get(name) ?? 0)
  if (!(asked > 0 && asked < limit)) settings.set(name, String(limit))
}

async function sendWhole(
  engine: Engine,
  connection: NativeConnection,
  { request, writer }: Exchange,
  sql: string,
  format: string,
): Promise<void> {
  const result = await engine.native.QueryAsyncConnection(connection, sql, format)
  writer.begin(request, format, {
    readRows: result.rowsRead,
    readBytes: result.bytesRead,
    resultBytes: result.bytes.length,
    elapsedSeconds: result.elapsed,
  })
  await writer.write(result.bytes)
  writer.end()
}

async function sendInPieces(
  engine: Engine,
  connection: NativeConnection,
  { request, writer }: Exchange,
  sql: string,
  format: string,
): Promise<void> {
  const start = performance.now()
  const held: Uint8Array[] = []
  const summary = { resultRows: 0, resultBytes: 0 }
  let hasBegun = false
  const begin = async () => {
    hasBegun = true
    writer.begin(request, format, { ...summary, elapsedSeconds: (performance.now() - start) / 1000 })
    for (const part of held.splice(0)) await writer.write(part)
  }
  for await (const part of createRowStream(engine.native, connection, sql, format)) {
    summary.resultRows += part.rows
    summary.resultBytes += part.bytes.length
    if (hasBegun) await writer.write(part.bytes)
    else {
      held.push(part.bytes)
      if (summary.resultBytes >= MAX_HELD_BYTES) await begin()
    }
  }
  if (!hasBegun) await begin()
  writer.end()
}

/** `INSERT … SELECT` and everything that defines, changes or maintains tables. It runs to its end, come what may. */
export async function runAdmin(
  runner: Runner,
  exchange: Exchange,
  statement: AdminStatement | CopyStatement,
): Promise<void> {
  const { request, writer, signal } = exchange
  await runner.slots.run(statement.kind, signal, async () => {
    const session = { database: request.database, params: request.params, settings: request.settings }
    await withSession(runner.engine, session, async (connection) => {
      await assertSingleStatement(runner.engine, connection, statement.sql, false)
      const format = request.defaultFormat
      const empty = Buffer.alloc(0)
      if (statement.kind === 'admin')
        return sendWhole(runner.engine, connection, exchange, statement.sql, format)
      const written = await runner.engine.native.InsertRawAsyncConnection(
        connection,
        statement.sql,
        empty,
        false,
      )
      writer.begin(request, format, toInsertSummary(written))
      writer.end()
    })
  })
}

/** Larger bodies are refused: an insert of this size is better sent in parts. */
const MAX_ROWS_BYTES = 2 ** 32

export async function runInsert(
  runner: Runner,
  exchange: Exchange,
  statement: InsertStatement,
  incoming: IncomingMessage | undefined,
): Promise<void> {
  const { request, writer, signal } = exchange
  const { engine, inserts } = runner
  const spool = await spoolRows(engine.spoolDir, joinRows(statement, incoming))
  try {
    await runner.slots.run('insert', signal, async () => {
      inserts.running += 1
      const settings = new Map(request.settings).set('async_insert', '0')
      try {
        const session = { database: request.database, params: request.params, settings }
        const written = await withSession(engine, session, (connection) =>
          insertFile(engine, connection, statement, spool.path),
        )
        await assertRowsArrived(spool, statement.format, written.rowsWritten)
        writer.begin(request, statement.format, toInsertSummary(written))
        writer.end()
      } finally {
        inserts.running -= 1
        inserts.lastEnd = Date.now()
      }
    })
  } finally {
    await spool.remove()
  }
}

async function* joinRows(
  statement: InsertStatement,
  incoming: IncomingMessage | undefined,
): AsyncGenerator<Buffer> {
  if (statement.data.length > 0) yield statement.data
  if (!incoming) return
  // The line end between the statement and its body.
  if (statement.data.length > 0) yield Buffer.from('\n')
  yield* readBody(incoming, MAX_ROWS_BYTES)
}

async function insertFile(
  engine: Engine,
  connection: NativeConnection,
  statement: InsertStatement,
  path: string,
) {
  const { target, settings, format } = statement
  const head = `${target} FROM INFILE ${quoteString(path)}${settings} FORMAT ${format}`
  await assertSingleStatement(engine, connection, head, false)
  return engine.native.InsertRawAsyncConnection(connection, head, Buffer.from(';'), false)
}

function toInsertSummary(written: { rowsWritten: number; bytesWritten: number; elapsed: number }) {
  return {
    writtenRows: written.rowsWritten,
    writtenBytes: written.bytesWritten,
    elapsedSeconds: written.elapsed,
  }
}
