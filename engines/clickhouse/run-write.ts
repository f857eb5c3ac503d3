import type { IncomingMessage } from 'node:http'
import { assertRowsArrived } from './count-rows.ts'
import { assertSingleStatement, type Engine, withSession } from './engine.ts'
import type { NativeConnection, NativeInsert } from './native-chdb.ts'
import type { AdminStatement, CopyStatement, InsertStatement } from './parse-statement.ts'
import { readBody, spoolRows } from './request-body.ts'
import { sendResult } from './run-read.ts'
import type { Exchange, Runner } from './runner.ts'
import { quoteString } from './sql-lexer.ts'

/**
 * Runs what defines, changes or maintains tables, and `INSERT … SELECT`. It runs to its end even when the client
 * has left, as on a ClickHouse server.
 */
export async function runAdmin(
  { engine, slots }: Runner,
  exchange: Exchange,
  statement: AdminStatement | CopyStatement,
): Promise<void> {
  const { request, signal } = exchange
  await slots.run(statement.kind, signal, async () => {
    const session = { database: request.database, params: request.params, settings: request.settings }
    await withSession(engine, session, async (connection) => {
      await assertSingleStatement(engine, connection, statement.sql, false)
      if (statement.kind === 'copy') {
        const noRows = Buffer.alloc(0)
        const written = await engine.native.InsertRawAsyncConnection(connection, statement.sql, noRows, false)
        sendSummary(exchange, written)
      } else {
        const result = await engine.native.QueryAsyncConnection(
          connection,
          statement.sql,
          request.defaultFormat,
        )
        await sendResult(exchange, request.defaultFormat, result)
      }
    })
  })
}

/** Inserts rows from the statement and from the request's body, and answers when they are committed. */
export async function runInsert(
  runner: Runner,
  exchange: Exchange,
  statement: InsertStatement,
  incoming: IncomingMessage | undefined,
): Promise<void> {
  const { request, signal } = exchange
  const { engine, slots, inserts } = runner
  const spool = await spoolRows(engine.spoolDir, joinRows(statement, incoming, runner.maxInsertBytes))
  try {
    await slots.run('insert', signal, async () => {
      inserts.running += 1
      try {
        const settings = new Map(request.settings).set('async_insert', '0')
        const session = { database: request.database, params: request.params, settings }
        const insert = (connection: NativeConnection) => insertFile(engine, connection, statement, spool.path)
        const written = await withSession(engine, session, insert)
        await assertRowsArrived(spool, statement.format, written.rowsWritten)
        sendSummary(exchange, written)
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
  maxBytes: number,
): AsyncGenerator<Buffer> {
  if (statement.data.length > 0) yield statement.data
  if (!incoming) return
  // The line end between the statement and its body.
  if (statement.data.length > 0) yield Buffer.from('\n')
  yield* readBody(incoming, maxBytes)
}

async function insertFile(
  engine: Engine,
  connection: NativeConnection,
  statement: InsertStatement,
  path: string,
): Promise<NativeInsert> {
  const { target, settings, format } = statement
  const sql = `${target} FROM INFILE ${quoteString(path)}${settings} FORMAT ${format}`
  await assertSingleStatement(engine, connection, sql, false)
  return engine.native.InsertRawAsyncConnection(connection, sql, Buffer.from(';'), false)
}

function sendSummary({ request, writer }: Exchange, written: NativeInsert): void {
  writer.begin(request, request.defaultFormat, {
    writtenRows: written.rowsWritten,
    writtenBytes: written.bytesWritten,
    elapsedSeconds: written.elapsed,
  })
  writer.end()
}
