import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type ClickHouseServerError, createError, parseEngineError } from './clickhouse-error.ts'
import { assertSingleStatement, killStatement, withSession } from './engine.ts'
import type { NativeConnection, NativeResult } from './native-chdb.ts'
import type { ReadStatement } from './parse-statement.ts'
import type { Exchange, Runner } from './runner.ts'
import { quoteString } from './sql-lexer.ts'

/** A result of up to this size, as the engine holds it, is taken whole: most are, and it is the quickest way. */
const MAX_WHOLE_BYTES = 4 << 20
/** The same for what can only be taken whole: answers to SHOW and the like, and by request. */
const MAX_PATIENT_BYTES = 128 << 20
const RESULT_TOO_LARGE = 396
/** What the engine says when nobody takes the result it posts. */
const POST_FAILED = [86, 209, 210, 1000, 1001, 1002]

export async function runRead(runner: Runner, exchange: Exchange, statement: ReadStatement): Promise<void> {
  const { request, signal } = exchange
  const tag = randomUUID()
  await runner.slots.run(request.isReport ? 'report' : 'read', signal, async () => {
    const settings = new Map(request.settings).set(
      'log_comment',
      `${tag} ${request.settings.get('log_comment') ?? ''}`,
    )
    if (request.isReport) limitReport(runner, settings)
    const run = read({
      runner,
      exchange,
      statement,
      settings,
      format: statement.format ?? request.defaultFormat,
    })
    const onAbort = () => void killStatement(runner.engine, tag, run).catch(() => {})
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      await run
    } catch (error) {
      // A killed statement fails with the engine's word for it; the reason says why it was killed.
      throw signal.aborted ? signal.reason : error
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  })
}

const INSERTS_PAUSED_AFTER_MS = 1_000

/**
 * One thread while events come in, two otherwise. Beyond a quarter of its memory a report groups, sorts and joins
 * on disk: at half of it the next doubling of a hash table could already go over the limit.
 */
function limitReport(runner: Runner, settings: Map<string, string>): void {
  const { running, lastEnd } = runner.inserts
  const isIngesting = running > 0 || Date.now() - lastEnd < INSERTS_PAUSED_AFTER_MS
  const memory = runner.engine.limits.report
  lower(settings, 'max_threads', isIngesting ? 1 : 2)
  lower(settings, 'max_memory_usage', memory)
  for (const step of ['group_by', 'sort', 'join']) {
    lower(settings, `max_bytes_before_external_${step}`, Math.floor(memory / 4))
  }
}

/** Sets a limit unless a lower one is set (zero means none). Returns whether it did. */
function lower(settings: Map<string, string>, name: string, limit: number): boolean {
  const asked = Number(settings.get(name) ?? 0)
  if (asked > 0 && asked < limit) return false
  settings.set(name, String(limit))
  return true
}

interface Reading {
  runner: Runner
  exchange: Exchange
  statement: ReadStatement
  settings: Map<string, string>
  format: string
}

/** Takes the result whole, and when it proves too large for that, runs the query again and passes it through. */
async function read(reading: Reading): Promise<void> {
  const { statement, settings, exchange } = reading
  const canPass = statement.body !== undefined && !exchange.request.waitsForEnd
  const limited = new Map(settings)
  const isOurLimit = lower(limited, 'max_result_bytes', canPass ? MAX_WHOLE_BYTES : MAX_PATIENT_BYTES)
  try {
    await inSession(reading, limited, (connection) => sendWhole(reading, connection))
  } catch (error) {
    const { code } = parseEngineError(error)
    if (code !== RESULT_TOO_LARGE || !isOurLimit) throw error
    if (!canPass)
      throw createError(
        'tooLarge',
        `The result is larger than ${MAX_PATIENT_BYTES} bytes, which is too much to be taken whole`,
      )
    await inSession(reading, settings, (connection) =>
      passThrough(reading, connection, statement.body as string),
    )
  }
}

function inSession(
  { runner, exchange, statement }: Reading,
  settings: Map<string, string>,
  task: (connection: NativeConnection) => Promise<void>,
): Promise<void> {
  const { request, signal } = exchange
  const session = { database: request.database, params: request.params, settings }
  return withSession(runner.engine, session, async (connection) => {
    await assertSingleStatement(runner.engine, connection, statement.sql, true)
    signal.throwIfAborted()
    await task(connection)
  })
}

async function sendWhole({ runner, exchange, statement, format }: Reading, connection: NativeConnection) {
  const result = await runner.engine.native.QueryAsyncConnection(connection, statement.sql, format)
  await sendResult(exchange, format, result)
}

export async function sendResult(
  { request, writer }: Exchange,
  format: string,
  result: NativeResult,
): Promise<void> {
  writer.begin(request, format, {
    readRows: result.rowsRead,
    readBytes: result.bytesRead,
    resultBytes: result.bytes.length,
    elapsedSeconds: result.elapsed,
  })
  await writer.write(result.bytes)
  writer.end()
}

/** For passing results through: rows leave as they are read, and are sent once. */
const PASSING_SETTINGS =
  'SET min_insert_block_size_rows = 0, min_insert_block_size_bytes = 0, max_insert_threads = 1, http_max_tries = 1, http_send_timeout = 120, http_receive_timeout = 120'

/** Has the engine post the result to a sink, and hands it on at the pace the client takes it. */
async function passThrough(reading: Reading, connection: NativeConnection, body: string): Promise<void> {
  const { runner, exchange, format } = reading
  const { native } = runner.engine
  await native.QueryAsyncConnection(connection, PASSING_SETTINGS, 'TSV')
  const sink = runner.sinks.open()
  const sql = `INSERT INTO FUNCTION url(${quoteString(sink.url)}, ${quoteString(format)}) ${body}`
  const run = native.QueryAsyncConnection(connection, sql, 'TSV').finally(sink.close)
  const [ran, relayed] = await Promise.allSettled([run, relay(exchange, format, sink.body)])
  const failure = ran.status === 'rejected' ? parseEngineError(ran.reason) : undefined
  if (relayed.status === 'rejected' && (!failure || isPostFailure(failure))) throw relayed.reason
  // The engine ends its post in order even when the query failed halfway: only its own word counts.
  if (failure) throw failure
  exchange.writer.end()
}

function isPostFailure(error: ClickHouseServerError): boolean {
  return POST_FAILED.includes(error.code)
}

async function relay({ request, writer }: Exchange, format: string, arriving: Promise<Readable | undefined>) {
  const body = await arriving
  let hasBegun = false
  try {
    for await (const chunk of body?.iterator({ destroyOnReturn: false }) ?? []) {
      if (!hasBegun) writer.begin(request, format, {})
      hasBegun = true
      await writer.write(chunk as Buffer)
    }
  } catch (error) {
    // By hand, since iterators leave a request's socket open, on which the engine would wait for minutes.
    body?.destroy()
    throw error
  }
  if (!hasBegun) writer.begin(request, format, {})
}
