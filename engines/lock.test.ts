import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acquireLock, findLockHolder } from './lock.ts'
import { findProcessMark, readProcessSpace } from './process-identity.ts'

let programs: string
let folder: string
const started: ChildProcess[] = []

beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'tropa-lock-'))
  await build({
    stdin: { contents: HOLDER, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile: join(programs, 'holder.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
  })
})
afterAll(() => rm(programs, { recursive: true, force: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-lock-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** Takes the lock, notes when it has it and when it lets go, for as long or as often as it is told. */
const HOLDER = `
  import { appendFileSync } from 'node:fs'
  import { acquireLock } from './lock.ts'
  const [folder, journal, holdMs, rounds] = process.argv.slice(2)
  for (let round = 0; round < Number(rounds); round++) {
    const lock = await acquireLock({ folder, name: 'engine', waitMs: 60_000, parentPid: 0 })
    if (!lock.isHeld) throw new Error('not held')
    appendFileSync(journal, 'enter ' + process.pid + '\\n')
    await new Promise((resolve) => setTimeout(resolve, Number(holdMs)))
    appendFileSync(journal, 'leave ' + process.pid + '\\n')
    await lock.release()
  }
`

function startHolder(holdMs: number, rounds: number): ChildProcess {
  const args = [join(programs, 'holder.mjs'), folder, join(folder, 'journal'), String(holdMs), String(rounds)]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  started.push(child)
  return child
}

const readJournal = async () =>
  (await readFile(join(folder, 'journal'), 'utf8').catch(() => '')).split('\n').slice(0, -1)
const waitForEntry = () => expect.poll(readJournal, { timeout: 20_000 }).not.toEqual([])
const lockFiles = async () => (await readdir(folder)).filter((name) => name.endsWith('.lock'))

test('of many processes that want it at once, never two have it', async () => {
  const holders = Array.from({ length: 5 }, () => startHolder(15, 4))
  await Promise.all(holders.map((holder) => once(holder, 'exit')))
  const journal = await readJournal()
  expect(journal).toHaveLength(40)
  for (let at = 0; at < journal.length; at += 2)
    expect(journal[at + 1]).toBe(journal[at]?.replace('enter', 'leave'))
}, 60_000)

test('a killed holder frees it at once', async () => {
  const holder = startHolder(600_000, 1)
  await waitForEntry()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const lock = await acquireLock({ folder, name: 'engine', waitMs: 0 })
  expect(lock.isHeld).toBe(true)
  expect(await lockFiles()).toHaveLength(1)
})

test('a holder that ends while we wait hands it over', async () => {
  startHolder(400, 1)
  await waitForEntry()
  const lock = await acquireLock({ folder, name: 'engine', waitMs: 20_000 })
  expect(lock.isHeld).toBe(true)
})

test('a living holder with a living parent is named soon', async () => {
  const first = await acquireLock({ folder, name: 'engine' })
  const second = await acquireLock({ folder, name: 'engine', waitMs: 60_000 })
  const holder = { pid: process.pid, parentPid: process.ppid, isOrphan: false }
  expect(second).toEqual({ isHeld: false, holder })
  expect(await findLockHolder(folder, 'engine')).toEqual(holder)
  if (first.isHeld) await first.release()
  expect(await findLockHolder(folder, 'engine')).toBeUndefined()
})

test('an orphan that does not end is named when the patience ends', async () => {
  await acquireLock({ folder, name: 'engine', parentPid: 0 })
  const second = await acquireLock({ folder, name: 'engine', waitMs: 300 })
  expect(second).toMatchObject({ isHeld: false, holder: { pid: process.pid, isOrphan: true } })
})

test('locks of different names do not meet', async () => {
  await acquireLock({ folder, name: 'engine' })
  expect((await acquireLock({ folder, name: 'engine2' })).isHeld).toBe(true)
})

test('a process number that was used again does not keep it', async () => {
  await writeClaim({ pid: process.pid, mark: 'some earlier process' })
  expect((await acquireLock({ folder, name: 'engine', waitMs: 0 })).isHeld).toBe(true)
})

test('a claim from another container counts while it shows signs of life', async () => {
  const path = await writeClaim({ pid: 1, space: 'another container' })
  expect((await acquireLock({ folder, name: 'engine', waitMs: 200 })).isHeld).toBe(false)
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(path, longAgo, longAgo)
  expect((await acquireLock({ folder, name: 'engine', waitMs: 0 })).isHeld).toBe(true)
})

test('a claim that cannot be read counts for nothing', async () => {
  await writeFile(join(folder, 'engine.1.torn.lock'), '{"pid": 1, "ma')
  expect((await acquireLock({ folder, name: 'engine', waitMs: 0 })).isHeld).toBe(true)
})

test('a process that has ended but was not yet reaped is dead', async () => {
  const script = "const c = require('child_process').spawn('true'); console.log(c.pid); while (true);"
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  started.push(parent)
  const [text] = await once(parent.stdout as NodeJS.ReadableStream, 'data')
  await expect.poll(() => findProcessMark(Number(String(text)))).toBeUndefined()
})

async function writeClaim(part: { pid: number; mark?: string; space?: string }): Promise<string> {
  const path = join(folder, 'engine.1.claim.lock')
  const claim = {
    mark: findProcessMark(part.pid),
    parentPid: 0,
    parentMark: '',
    space: readProcessSpace(),
    ...part,
  }
  await writeFile(path, JSON.stringify(claim))
  return path
}
