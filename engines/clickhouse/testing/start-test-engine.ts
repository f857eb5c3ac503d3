import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { CLICKHOUSE_POOL_THREADS, type ClickhouseEngineOptions } from '../start-clickhouse-engine.ts'

export interface TestEngine {
  url: string
  dataDir: string
  client: ClickHouseClient
  /** A second client over its own connections. */
  connect(options?: Parameters<typeof createClient>[0]): ClickHouseClient
  /** One request past the client: raw bytes in, raw bytes out. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** Resident memory of the engine's process in MB. */
  readMemory(): Promise<number>
  /** SIGKILL, as power loss of the process. */
  kill(): Promise<void>
  /** Ends the process in order; resolves with its exit code. */
  stop(): Promise<number | null>
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

const SILENT = { level: 127 as never }

/** A real engine in a process of its own, over a temporary folder or the given one. */
export async function startTestEngine(options: Partial<ClickhouseEngineOptions> = {}): Promise<TestEngine> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'tropa-clickhouse-')))
  const child = spawnEngine({ password: 'p:ä/@', ...options, dataDir })
  const [url] = (await Promise.race([
    once(createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }), 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The engine ended with code ${code}`))),
  ])) as [string]
  const clients: ClickHouseClient[] = []
  const connect = (extra: Parameters<typeof createClient>[0] = {}) => {
    const client = createClient({ url, log: SILENT, ...extra })
    clients.push(client)
    return client
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit')
      child.kill(signal)
      await exit
    }
    await Promise.all(clients.map((client) => client.close()))
    return child.exitCode
  }
  return {
    url,
    dataDir,
    client: connect(),
    connect,
    request: (path, init) => requestRaw(url, path, init),
    readMemory: async () =>
      Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    async remove() {
      await end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function spawnEngine(options: ClickhouseEngineOptions): ChildProcess {
  const entry = fileURLToPath(new URL('./engine-process.ts', import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', entry, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, UV_THREADPOOL_SIZE: String(CLICKHOUSE_POOL_THREADS) },
  })
}

function requestRaw(url: string, path: string, init: RequestInit = {}): Promise<Response> {
  const target = new URL(path, url)
  const { username, password } = new URL(url)
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  target.username = ''
  target.password = ''
  const headers = { authorization: `Basic ${Buffer.from(secret).toString('base64')}`, ...init.headers }
  return fetch(target, { ...init, headers })
}

/** Reads rows of a query as objects. */
export async function select<T = Record<string, unknown>>(
  client: ClickHouseClient,
  query: string,
): Promise<T[]> {
  const result = await client.query({ query, format: 'JSONEachRow' })
  return result.json<T>()
}

/** Waits until a condition holds; fails after ten seconds, since then it never will. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The condition did not come to hold within ten seconds')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
