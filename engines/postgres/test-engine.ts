import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Pool } from 'pg'
import { copyFreshDatabase } from '../../test/postgres-template.ts'
import { type PostgresEngineOptions, startPostgresEngine } from './start-postgres-engine.ts'

export interface TestEngine {
  url: string
  pool: Pool
  /** A client of its own, outside the pool, connected. */
  connect(): Promise<Client>
  /** A bare socket to the engine, for what no client library would send. */
  openSocket(): Socket
  failures: string[]
  stop(): Promise<void>
}

/** An engine on a folder of its own, for one file of tests. */
export async function startTestEngine(options: Partial<PostgresEngineOptions> = {}): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'tropa-pg-'))
  const socketDir = join(folder, 'run')
  const failures: string[] = []
  await copyFreshDatabase(join(folder, 'postgres'))
  const engine = await startPostgresEngine({
    dataDir: join(folder, 'postgres'),
    socketDir,
    fail: (reason) => failures.push(reason),
    ...options,
  })
  const pool = new Pool({ connectionString: engine.url, max: 8 })
  // The engine ends some connections on purpose.
  pool.on('error', () => undefined)
  return {
    url: engine.url,
    pool,
    failures,
    async connect() {
      const client = new Client({ connectionString: engine.url })
      client.on('error', () => undefined)
      await client.connect()
      return client
    },
    openSocket: () => connect(join(socketDir, '.s.PGSQL.5432')),
    async stop() {
      await pool.end()
      await engine.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until the condition holds; fails after a generous time instead of sleeping for a guess. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  limitMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + limitMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The awaited state did not come.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
