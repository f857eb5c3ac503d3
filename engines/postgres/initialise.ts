import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { EngineStartError } from '../start-error.ts'

/** An empty database made when the program was built, beside the built engines. */
const TEMPLATE = fileURLToPath(new URL('../fresh-database', import.meta.url))

/**
 * Puts an empty database into the folder, unless there is one. It is made beside the folder and moved into place when
 * it is whole, so that a kill half-way leaves nothing to mend.
 */
export async function initialiseDatabase(folder: string): Promise<void> {
  if (existsSync(folder)) {
    refuseHalfWritten(folder)
    return
  }
  const draft = `${folder}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true })
  if (existsSync(TEMPLATE)) await cp(TEMPLATE, draft, { recursive: true })
  else await makeDatabase(draft)
  await rename(draft, folder)
}

const MAKE = `
  require('node:v8').setFlagsFromString('--liftoff-only')
  const { PGlite } = require(process.argv[1])
  const make = async () => {
    const db = await PGlite.create({ dataDir: process.argv[2] })
    await db.exec('CHECKPOINT')
    await db.close()
    process.exit(0)
  }
  make()
`

/**
 * Makes an empty database, which takes seconds. In a process of its own, because it takes 800 MB that would never be
 * given back, and with the quick compiler alone ("liftoff"), which does it in two thirds of the time.
 */
export async function makeDatabase(folder: string): Promise<void> {
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const flags = ['--input-type=commonjs', '--eval', MAKE]
  const env = { ...process.env, NODE_OPTIONS: '' }
  await promisify(execFile)(process.execPath, [...flags, library, folder], { env })
}

/** The engine would make a new database over what is left of an old one if just its version file were missing. */
function refuseHalfWritten(folder: string): void {
  const missing = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'].find(
    (name) => !existsSync(join(folder, name)),
  )
  if (missing === undefined) return
  throw new EngineStartError(
    'folder_half_written',
    `The database in ${folder} is not whole: ${missing} is missing.`,
  )
}
