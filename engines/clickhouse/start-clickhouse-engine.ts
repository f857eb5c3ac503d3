import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { totalmem } from 'node:os'
import { createError, parseEngineError } from './clickhouse-error.ts'
import { type Engine, openEngine } from './engine.ts'
import { authenticate, type Credentials, readRequest, readStatementText } from './http-request.ts'
import { parseStatement, type Statement } from './parse-statement.ts'
import { createResponseWriter, type ResponseWriter } from './response-writer.ts'
import { startResultSinks } from './result-sinks.ts'
import { runRead } from './run-read.ts'
import { runAdmin, runInsert } from './run-write.ts'
import type { Exchange, Runner } from './runner.ts'
import { createSlots, SLOTS } from './slots.ts'

export interface ClickhouseEngineOptions {
  /** A folder of its own; one process can hold one. */
  dataDir: string
  /** A loopback address. */
  host?: string
  /** 0 takes any free port. */
  port?: number
  user?: string
  password: string
  /** What the whole engine may hold; by default a quarter of the machine, between 0.5 and 2 GB. */
  memoryLimitBytes?: number
  /** What a heavy report may hold; by default half of it. */
  reportMemoryBytes?: number
  log?: (message: string, details?: Record<string, unknown>) => void
}

export interface ClickhouseEngine {
  /** `http://user:password@host:port` */
  url: string
  /** Finishes what is being written, refuses what comes, and closes the engine. */
  stop(): Promise<void>
}

/**
 * The least UV_THREADPOOL_SIZE of the process: each running statement blocks a thread of the pool. Room is left
 * for kills, for compression and for files.
 */
export const CLICKHOUSE_POOL_THREADS = Object.values(SLOTS).reduce((sum, size) => sum + size, 0) + 6

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
/** Parameters stand in the URL, lists of ids among them; ClickHouse takes a megabyte as well. */
const MAX_HEADER_BYTES = 1 << 20
const KEEP_ALIVE_MS = 30_000

/** Starts the embedded engine on a folder, behind ClickHouse's HTTP interface on loopback. */
export async function startClickhouseEngine(options: ClickhouseEngineOptions): Promise<ClickhouseEngine> {
  const { host = '127.0.0.1', port = 0, user = 'default', password } = options
  if (!LOOPBACK.includes(host))
    throw new Error(`The embedded engine is for this machine alone: ${host} is not a loopback address`)
  // The engine takes its time zone from the process; tables must not depend on where a server stands.
  process.env.TZ = 'UTC'
  const total = options.memoryLimitBytes ?? clamp(totalmem() / 4, 512 * 2 ** 20, 2 ** 31)
  const engine = openEngine(options.dataDir, {
    total,
    report: options.reportMemoryBytes ?? Math.floor(total / 2),
  })
  const state = await createState(engine, { user, password }, options.log ?? (() => {}))
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 0,
  })
  server.on('request', (request, response) => void answer(state, request, response))
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    engine.close()
    throw error
  }
  const address = server.address() as AddressInfo
  const hostname = address.family === 'IPv6' ? `[${address.address}]` : address.address
  const url = `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${hostname}:${address.port}`
  let stopping: Promise<void> | undefined
  return { url, stop: () => (stopping ??= stop(server, state)) }
}

function clamp(value: number, low: number, high: number): number {
  return Math.floor(Math.min(Math.max(value, low), high))
}

/** A request being answered. */
interface Running {
  work?: Promise<void>
  kind?: Statement['kind']
  gone: AbortController
}

interface ServerState {
  runner: Runner
  credentials: Credentials
  log: (message: string, details?: Record<string, unknown>) => void
  running: Set<Running>
  isStopping: boolean
}

async function createState(
  engine: Engine,
  credentials: Credentials,
  log: ServerState['log'],
): Promise<ServerState> {
  const sinks = await startResultSinks()
  const runner: Runner = { engine, sinks, slots: createSlots(), inserts: { running: 0, lastEnd: 0 } }
  return { runner, credentials, log, running: new Set(), isStopping: false }
}

async function answer(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const writer = createResponseWriter(response, state.runner.engine.version)
  const running: Running = { gone: new AbortController() }
  const onGone = () => running.gone.abort(createError('cancelled', 'The client has left'))
  response.on('close', onGone).on('error', onGone)
  running.work = runRequest(state, running, request, response, writer).catch((cause) => {
    const error = parseEngineError(cause)
    if (error.type === 'UNKNOWN_EXCEPTION')
      state.log('A statement failed in an unknown way', { error: String(cause) })
    if (!response.destroyed) writer.fail(error)
  })
  state.running.add(running)
  await running.work
  state.running.delete(running)
}

async function runRequest(
  state: ServerState,
  running: Running,
  request: IncomingMessage,
  response: ServerResponse,
  writer: ResponseWriter,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0]
  if (path === '/ping') return answerOk(response)
  if (path !== '/')
    throw createError('badArguments', `There is no handle ${path}: this server answers / and /ping`)
  if (request.method !== 'GET' && request.method !== 'POST') {
    throw createError('badArguments', `Use GET or POST, not ${request.method}`)
  }
  authenticate(request, state.credentials)
  if (state.isStopping) throw createError('shuttingDown', 'The engine is shutting down')
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
async function readStatement(request: IncomingMessage, asked: ReturnType<typeof readRequest>) {
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

/** Reads are cancelled, what writes is waited for: after `stop` has resolved nothing runs on the engine. */
async function stop(server: Server, state: ServerState): Promise<void> {
  state.isStopping = true
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  for (const { kind, gone } of state.running) {
    if (kind === 'read') gone.abort(createError('shuttingDown', 'The engine is shutting down'))
  }
  while (state.running.size > 0) await Promise.allSettled([...state.running].map(({ work }) => work))
  server.closeAllConnections()
  await closed
  await state.runner.sinks.close()
  state.runner.engine.close()
}
