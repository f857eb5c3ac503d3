import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EngineRun, runEngine } from '../test/engine-process.ts'
import { prepareQuickDataFolder } from '../test/postgres-template.ts'
import { findProcessMark } from './process-identity.ts'

let dataDir: string
const runs: EngineRun[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tropa-child-'))
  await prepareQuickDataFolder(dataDir)
})
afterEach(async () => {
  for (const { child } of runs.splice(0)) child.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

function start(): EngineRun {
  const run = runEngine('postgres', { dataDir })
  runs.push(run)
  return run
}

const claims = async () => (await readdir(join(dataDir, 'locks'))).filter((name) => name.endsWith('.lock'))

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

test('it serves, and ends with its lock released when the pipe from its parent closes', async () => {
  const run = start()
  const { url } = await run.answer
  expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  run.child.stdin?.end()
  expect(await run.ended).toEqual({ code: 0, signal: null })
  expect(await claims()).toEqual([])
})

test('SIGTERM ends it in good order; SIGINT, which a terminal sends to all, does not', async () => {
  const run = start()
  const { url } = await run.answer
  run.child.kill('SIGINT')
  expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  run.child.kill('SIGTERM')
  expect(await run.ended).toEqual({ code: 0, signal: null })
})

test('a second one on the same folder is refused and names the process to stop', async () => {
  await start().answer
  const second = start()
  const answer = await second.answer
  expect(answer).toMatchObject({ code: 'folder_in_use', pid: process.pid })
  expect(answer.error).toContain(`in use by process ${process.pid}`)
  expect((await second.ended).code).toBe(2)
})

test('the child of a killed parent ends by itself, and its successor waits for that', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT, JSON.stringify({ dataDir })], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: join(import.meta.dirname, '..'),
  })
  const [line] = await once(createInterface({ input: parent.stdout }), 'line')
  const orphanPid = Number(line)
  parent.kill('SIGKILL')
  const { url } = await start().answer
  expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(findProcessMark(orphanPid)).toBeUndefined()
})

/** A parent that starts an engine, waits until it is ready, prints its number and does nothing more. */
const PARENT = `
  import { spawn } from 'node:child_process'
  const child = spawn(process.execPath, ['dist/engines/postgres-main.js'], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.write(process.argv[1] + '\\n')
  child.stdout.once('data', () => console.log(child.pid))
`

test('a database that is not whole is refused in words instead of being made anew', async () => {
  await rm(join(dataDir, 'postgres', 'PG_VERSION'))
  const run = start()
  const { code, error } = await run.answer
  expect(code).toBe('folder_half_written')
  expect(error).toContain('PG_VERSION is missing')
  expect((await run.ended).code).toBe(2)
})

test('a damaged database is refused with what the engine says about it', async () => {
  await truncate(join(dataDir, 'postgres', 'global', 'pg_control'), 100)
  const run = start()
  const { code, error } = await run.answer
  expect(code).toBe('folder_damaged')
  expect(error).toContain('pg_control')
  expect((await run.ended).code).toBe(2)
})

test('statements nested without end are errors, and the engine lives', async () => {
  const { url } = await start().answer
  await ask(
    url,
    'CREATE FUNCTION deeper(int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN deeper($1 + 1); END $$',
  )
  await expect(ask(url, 'SELECT deeper(1)')).rejects.toThrow('stack depth limit exceeded')
  await expect(ask(url, `SELECT ${Array(9_000).fill('1').join('+')}`)).rejects.toThrow(
    'stack depth limit exceeded',
  )
  expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a broken session ends the process, so that a fresh one can take over', async () => {
  const run = start()
  const { url } = await run.answer
  // Deeper than any stack: the parser itself breaks on it.
  await ask(url, `SELECT ${Array(100_000).fill('1').join('+')}`).catch(() => undefined)
  expect((await run.ended).code).toBe(1)
})

test('no committed row is lost when the process is killed', async () => {
  const rounds = Number(process.env.TROPA_TEST_ROUNDS ?? 3)
  let committed = 0
  for (let round = 0; round < rounds; round++) {
    const run = start()
    const { url } = await run.answer
    await ask(url, 'CREATE TABLE IF NOT EXISTS kept (id int PRIMARY KEY)')
    const target = committed + 50 + Math.floor(Math.random() * 300)
    committed = await insertUntilKilled(run, url, committed, target)
    expect(committed).toBeGreaterThanOrEqual(target)
  }
  const { url } = await start().answer
  const [found] = (await ask(url, 'SELECT count(*)::int AS n, max(id) AS last FROM kept')) as {
    n: number
    last: number
  }[]
  // The very last one may have been committed without the answer having arrived.
  expect(found?.n).toBeGreaterThanOrEqual(committed)
  expect(found?.n).toBe(found?.last)
}, 120_000)

/** Inserts rising numbers one by one; kills the engine once the target is reached, while more are on their way. */
async function insertUntilKilled(run: EngineRun, url: string, from: number, target: number): Promise<number> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query('SELECT coalesce(max(id), 0) AS last FROM kept')
  expect(rows[0].last).toBeGreaterThanOrEqual(from)
  let last: number = rows[0].last
  try {
    for (;;) {
      await client.query('INSERT INTO kept VALUES ($1)', [last + 1])
      last++
      if (last === target) setTimeout(() => run.child.kill('SIGKILL'), Math.random() * 5)
    }
  } catch {
    await run.ended
    return last
  }
}
