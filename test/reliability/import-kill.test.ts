import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPrng } from '../../kernel/prng.ts'
// @ts-expect-error plain JavaScript, shared with the start script
import { buildServer } from '../../scripts/lib/build-all.mjs'

const root = join(import.meta.dirname, '../..')
const ROUNDS = Number(process.env.TROPA_TEST_ROUNDS ?? 2)
const ROWS = 30_000
const random = createPrng(20_261_122)

let dataDir: string
let files: string
beforeAll(async () => {
  await buildServer(root)
  dataDir = await mkdtemp(join(tmpdir(), 'tropa-import-kill-'))
  files = await mkdtemp(join(tmpdir(), 'tropa-leads-'))
  const lines = Array.from(
    { length: ROWS },
    (_, n) => `lead-${n},2026-0${(n % 9) + 1}-15,page-${n % 40},social`,
  )
  lines.push('lead-without-a-day,someday,page-1,social')
  const header = 'mql_id,first_contact_date,landing_page_id,origin'
  await writeFile(join(files, 'olist_marketing_qualified_leads_dataset.csv'), [header, ...lines].join('\n'))
}, 120_000)
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true })
  await rm(files, { recursive: true, force: true })
})

interface Answer {
  state: string
  rows: number
  recorded: number
  alreadyThere: number
  badRows: number
  leads: number
  persons: number
}

/** The command as a person runs it; killed some time after it has begun if told so. Undefined when it was. */
async function runCommand(killAfterMs?: number): Promise<Answer | undefined> {
  const args = ['import', 'olist-leads', files, '--data', dataDir, '--json']
  const child = spawn(process.execPath, [join(root, 'dist/server/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, remarks] = ['', '']
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (remarks += chunk))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (killAfterMs !== undefined) {
    while (!remarks.includes('Importing') && child.exitCode === null) await passed(20)
    await Promise.race([ended, passed(killAfterMs)])
    child.kill('SIGKILL')
  }
  const code = await ended
  if (child.signalCode === 'SIGKILL') return undefined
  expect(code, remarks).toBe(0)
  return JSON.parse(out) as Answer
}

test('an import that is killed again and again ends with every row once', async () => {
  let kills = 0
  for (let round = 0; round < ROUNDS; round++) {
    const answer = await runCommand(random.below(600))
    if (answer) break
    kills++
  }
  const answer = await runCommand()
  expect(answer).toMatchObject({
    state: 'done',
    rows: ROWS + 1,
    recorded: ROWS,
    alreadyThere: 0,
    badRows: 1,
    leads: ROWS,
    persons: ROWS,
  })
  expect(kills).toBeGreaterThan(0)
})

test('and the same command then adds nothing', async () => {
  expect(await runCommand()).toMatchObject({ recorded: 0, alreadyThere: ROWS, badRows: 1, leads: ROWS })
})
