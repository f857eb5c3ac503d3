import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ClickHouseServerError, createError, parseEngineError } from './clickhouse-error.ts'
import {
  authenticate,
  type Credentials,
  readRequest,
  readStatementText,
  type StatementRequest,
} from './http-request.ts'
import { parseStatement, type Statement } from './parse-statement.ts'
import { createResponseWriter, type ResponseWriter } from './response-writer.ts'
import { runRead } from './run-read.ts'
import { runAdmin, runInsert } from './run-write.ts'
import type { Exchange, Runner } from './runner.ts'

const ENGINE_ABORTED = 236

/** A request being answered. */
interface Running {
  work?: Promise<void>
  kind?: Statement['kind']
  gone: AbortController
}

export interface ServerState {
  runner: Runner
  credentials: Credentials
  log: (message: string, details?: Record<string, unknown>) => void
  onFatal: (reason: string) => void
  running: Set<Running>
  isStopping: boolean
}

/** Answers one HTTP request, whatever it is; never rejects. */
export async function answerRequest(
  state: ServerState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const writer = createResponseWriter(response, state.runner.engine.version)
  const running: Running = { gone: new AbortController() }
  const onGone = () => running.gone.abort(createError('cancelled', 'The client has left'))
  response.on('close', onGone).on('error', onGone)
  running.work = runRequest(state, running, request, response, writer).catch((cause) => {
    const error = parseEngineError(cause)
    report(state, error)
    if (!response.destroyed) writer.fail(error)
  })
  state.running.add(running)
  await running.work
  state.running.delete(running)
}

function report(state: ServerState, error: ClickHouseServerError): void {
  if (error.type === 'UNKNOWN_EXCEPTION')
    state.log('A statement failed in an unknown way', { error: error.message })
  // After a fatal error inside it, the engine refuses all further work with this code.
  if (error.code === ENGINE_ABORTED && !state.isStopping) state.onFatal(error.message)
}

async function runRequest(
  state: ServerState,
  running: Running,
  request: IncomingMessage,
  response: ServerResponse,
  writer: ResponseWriter,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0]
  if (state.isStopping) throw createError('shuttingDown', 'The engine is shutting down')
  if (path === '/ping') return answerOk(response)
  if (path !== '/')
    throw createError('badArguments', `There is no handle ${path}: this server answers / and /ping`)
  if (request.method !== 'GET' && request.method !== 'POST') {
    throw createError('badArguments', `Use GET or POST, not ${request.method}`)
  }
  authenticate(request, state.credentials)
  const asked = readRequest(request)
  if (asked.isReadOnly && asked.urlQuery === undefined) return answerOk(response)
  const { statement, incoming } = await readStatement(request, asked)
  if (asked.isReadOnly && statement.kind !== 'read') {
    throw createError('readonly', 'Only reads may come by GET: use POST')
  }
  running.kind = statement.kind
  const exchange: Exchange = { request: asked, writer, signal: running.gone.signal }
  await runStatement(state.runner, exchange, statement, incoming)
}

function answerOk(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=UTF-8' })
  response.end('Ok.\n')
}

/** The statement, and the request as the source of rows when the statement alone stood in the URL. */
async function readStatement(request: IncomingMessage, asked: StatementRequest) {
  if (asked.urlQuery === undefined) {
    return { statement: parseStatement(await readStatementText(request, asked)), incoming: undefined }
  }
  const inUrl = Buffer.from(asked.urlQuery)
  const statement = parseStatement(inUrl)
  if (statement.kind === 'insert') return { statement, incoming: request }
  // What follows in the body continues the text, as ClickHouse has it.
  const rest = await readStatementText(request, asked)
  return rest.length === 0
    ? { statement, incoming: undefined }
    : { statement: parseStatement(Buffer.concat([inUrl, Buffer.from('\n'), rest])), incoming: undefined }
}

function runStatement(
  runner: Runner,
  exchange: Exchange,
  statement: Statement,
  incoming: IncomingMessage | undefined,
): Promise<void> {
  if (statement.kind === 'read') return runRead(runner, exchange, statement)
  if (statement.kind === 'insert') return runInsert(runner, exchange, statement, incoming)
  return runAdmin(runner, exchange, statement)
}
