import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { totalmem } from 'node:os'
import { answerRequest, type ServerState } from './answer-request.ts'
import { createError } from './clickhouse-error.ts'
import { openEngine } from './engine.ts'
import { startResultSinks } from './result-sinks.ts'
import type { Runner } from './runner.ts'
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
  /** The size of an insert's body, decompressed, above which it is refused; 4 GB by default. */
  maxInsertBytes?: number
  log?: (message: string, details?: Record<string, unknown>) => void
  /** Called when the engine has given up: only a new process can go on. */
  onFatal?: (reason: string) => void
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
const MIB = 2 ** 20
/** Parameters stand in the URL, lists of ids among them; ClickHouse takes a megabyte as well. */
const MAX_HEADER_BYTES = MIB
const MAX_INSERT_BYTES = 4096 * MIB
const KEEP_ALIVE_MS = 30_000
const LAST_ANSWERS_MS = 2_000

/** Starts the embedded engine on a folder, behind ClickHouse's HTTP interface on loopback. */
export async function startClickhouseEngine(options: ClickhouseEngineOptions): Promise<ClickhouseEngine> {
  const { host = '127.0.0.1', port = 0, user = 'default', password } = options
  if (!LOOPBACK.includes(host)) {
    throw new Error(`The embedded engine is for this machine alone: ${host} is not a loopback address`)
  }
  assertPoolSize()
  const runner = await createRunner(options)
  const state: ServerState = {
    runner,
    credentials: { user, password },
    log: options.log ?? (() => {}),
    onFatal: options.onFatal ?? (() => {}),
    running: new Set(),
    isStopping: false,
  }
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 0,
  })
  server.on('request', (request, response) => void answerRequest(state, request, response))
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    await closeRunner(runner)
    throw error
  }
  let stopping: Promise<void> | undefined
  return {
    url: buildUrl(server, user, password),
    stop() {
      stopping ??= stop(server, state)
      return stopping
    },
  }
}

/** With too few threads a few long reads would block everything, the kills that should end them included. */
function assertPoolSize(): void {
  const size = Number(process.env.UV_THREADPOOL_SIZE ?? 4)
  if (size >= CLICKHOUSE_POOL_THREADS) return
  throw new Error(
    `The engine's process needs UV_THREADPOOL_SIZE=${CLICKHOUSE_POOL_THREADS} or more, set before it starts; it is ${size}`,
  )
}

async function createRunner(options: ClickhouseEngineOptions): Promise<Runner> {
  // The engine takes its time zone from the process; tables must not depend on where a server stands.
  process.env.TZ = 'UTC'
  // And its proxy, through which it would post results to ourselves.
  for (const name of ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']) delete process.env[name]
  const total = options.memoryLimitBytes ?? clamp(totalmem() / 4, 512 * MIB, 2048 * MIB)
  const report = options.reportMemoryBytes ?? Math.floor(total / 2)
  return {
    engine: openEngine(options.dataDir, { total, report }),
    sinks: await startResultSinks(),
    slots: createSlots(),
    maxInsertBytes: options.maxInsertBytes ?? MAX_INSERT_BYTES,
    inserts: { running: 0, lastEnd: 0 },
  }
}

async function closeRunner({ sinks, engine }: Runner): Promise<void> {
  await sinks.close()
  engine.close()
}

function clamp(value: number, low: number, high: number): number {
  return Math.floor(Math.min(Math.max(value, low), high))
}

function buildUrl(server: Server, user: string, password: string): string {
  const { address, family, port } = server.address() as AddressInfo
  const hostname = family === 'IPv6' ? `[${address}]` : address
  return `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${hostname}:${port}`
}

/** Reads are cancelled, what writes is waited for: after `stop` has resolved nothing runs on the engine. */
async function stop(server: Server, state: ServerState): Promise<void> {
  state.isStopping = true
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const { kind, gone } of state.running) {
    if (kind === 'read') gone.abort(createError('shuttingDown', 'The engine is shutting down'))
  }
  while (state.running.size > 0) await Promise.allSettled([...state.running].map(({ work }) => work))
  // The last answers are on their way; connections close as they become idle, and none is waited for long.
  const sweep = setInterval(() => server.closeIdleConnections(), 10)
  const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
  await closeRunner(state.runner)
}
