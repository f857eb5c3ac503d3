import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { Pool } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findProcessMark } from '../../engines/process-identity.ts'
import { prepareQuickDataFolder } from '../../test/postgres-template.ts'
import { createClickhouse } from '../clickhouse.ts'
import { createSilentLog } from '../log.ts'
import { findRunningServer } from './engines-file.ts'
import { type Engines, type EnginesOptions, startEngines } from './start-engines.ts'
import { findStartupError } from './startup-error.ts'

const log = createSilentLog()
/** Only PostgreSQL is started then; nothing asks this address. */
const ELSEWHERE = 'http://127.0.0.1:1'
let dataDir: string
const open: { stop(): Promise<unknown> }[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tropa-engines-'))
  await prepareQuickDataFolder(dataDir)
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function start(options: Partial<EnginesOptions> = {}): Promise<Engines> {
  const engines = await startEngines({ dataDir, log, ...options })
  open.push(engines)
  return engines
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 2_000 })
  pool.on('error', () => undefined)
  try {
    return (await pool.query(sql)).rows
  } finally {
    await pool.end()
  }
}

const isGone = (pid: number) => findProcessMark(pid) === undefined

test('both engines are handed out by their addresses, and what the command line needs is written down', async () => {
  const engines = await start()
  expect(engines.embedded).toEqual({ postgres: true, clickhouse: true })
  expect(await ask(engines.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  const clickhouse = createClickhouse(engines.clickhouseUrl)
  expect(await clickhouse.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  await clickhouse.close()

  const path = join(dataDir, 'engines.json')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const { databaseUrl, clickhouseUrl } = engines
  expect(await findRunningServer(dataDir)).toMatchObject({
    serverPid: process.pid,
    databaseUrl,
    clickhouseUrl,
  })

  await engines.stop()
  expect(await findRunningServer(dataDir)).toBeUndefined()
  await expect(stat(path)).rejects.toThrow('ENOENT')
})

test('an address that was given is used as it is', async () => {
  const engines = await start({ clickhouseUrl: ELSEWHERE })
  expect(engines.clickhouseUrl).toBe(ELSEWHERE)
  expect(engines.embedded).toEqual({ postgres: true, clickhouse: false })
  expect(engines.status().map(({ name, state }) => ({ name, state }))).toEqual([
    { name: 'postgres', state: 'ready' },
  ])
})

test.each(['postgres', 'clickhouse'])(
  'a killed %s comes back at the same address with what was committed',
  async (name) => {
    const engines = await start()
    const pool = new Pool({ connectionString: engines.databaseUrl })
    pool.on('error', () => undefined)
    const clickhouse = createClickhouse(engines.clickhouseUrl)
    await pool.query('CREATE TABLE kept AS SELECT 7 AS n')
    await clickhouse.command('CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n')
    await clickhouse.insert('kept', [{ n: 7 }])
    const restarted = new Promise((resolve) => engines.onRestart(resolve))
    const { pid } = engines.status().find((engine) => engine.name === name) as { pid: number }
    process.kill(pid, 'SIGKILL')
    expect(await restarted).toBe(name)
    expect((await pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 7 }])
    expect(await clickhouse.query('SELECT n FROM kept')).toEqual([{ n: 7 }])
    const written = JSON.parse(await readFile(join(dataDir, 'engines.json'), 'utf8'))
    expect(written.engines).toEqual(engines.status().map(({ name, pid }) => ({ name, pid })))
    await Promise.all([pool.end(), clickhouse.close()])
  },
)

test('an engine that is killed again and again comes back again and again', async () => {
  const engines = await start({ clickhouseUrl: ELSEWHERE })
  for (let round = 1; round <= 3; round++) {
    const { pid } = engines.status()[0] as { pid: number }
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => engines.status()[0]?.restarts, { timeout: 20_000 }).toBe(round)
    expect(await ask(engines.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  }
})

test('an engine that is stuck is killed and comes back', async () => {
  const engines = await start({ clickhouseUrl: ELSEWHERE, beatMs: 100 })
  const { pid } = engines.status()[0] as { pid: number }
  process.kill(pid, 'SIGSTOP')
  await expect.poll(() => engines.status()[0]?.restarts, { timeout: 25_000 }).toBe(1)
  expect(isGone(pid)).toBe(true)
  expect(await ask(engines.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a start on the folder of a living server is refused and names that server', async () => {
  await start({ clickhouseUrl: ELSEWHERE })
  const error = findStartupError(await start({ clickhouseUrl: ELSEWHERE }).catch((caught) => caught))
  expect(error).toMatchObject({
    code: 'folder_in_use',
    message: `The data folder ${dataDir} is in use by process ${process.pid}.`,
    mend: expect.stringContaining(`kill ${process.pid}`),
  })
})

test('when one engine refuses, the other is not left running', async () => {
  await rm(join(dataDir, 'postgres', 'PG_VERSION'))
  const error = findStartupError(await start().catch((caught) => caught))
  expect(error?.code).toBe('folder_half_written')
  expect(await findRunningServer(dataDir)).toBeUndefined()
})

test('no engine outlives a killed server, and the next start on the folder just waits for them', async () => {
  const server = await startInProcess()
  const running = await findRunningServer(dataDir)
  const pids = (running?.engines ?? []).map((engine) => engine.pid as number)
  expect(pids).toHaveLength(2)
  server.kill('SIGKILL')
  const engines = await start()
  await expect.poll(() => pids.filter((pid) => !isGone(pid))).toEqual([])
  expect(await ask(engines.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

/** A server process of its own, that does nothing but keep its engines. */
async function startInProcess() {
  const outfile = join(dataDir, 'server.mjs')
  await build({
    stdin: { contents: SERVER, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
  })
  const server = fork(outfile, [dataDir, join(import.meta.dirname, '../../dist/engines')])
  open.push({ stop: async () => server.kill('SIGKILL') })
  await once(server, 'message')
  return server
}

const SERVER = `
  import { startEngines } from './start-engines.ts'
  const [dataDir, enginesDir] = process.argv.slice(2)
  const log = { info() {}, warn() {}, error() {} }
  await startEngines({ dataDir, enginesDir, log })
  process.send?.('ready')
`
