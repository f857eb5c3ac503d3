import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EngineStartError } from '../start-error.ts'

const INITIALISE = `
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
 * Makes an empty database in the folder, unless there is one. It is made beside the folder and moved into place when
 * it is whole, so that a kill half-way leaves nothing to mend. A process of its own, because making one takes 800 MB
 * that would never be given back, and because the quick compiler alone ("liftoff") does it in two thirds of the time.
 */
export async function initialiseDatabase(folder: string): Promise<void> {
  if (existsSync(folder)) {
    refuseHalfWritten(folder)
    return
  }
  const draft = `${folder}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true })
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const flags = ['--input-type=commonjs', '--eval', INITIALISE]
  await promisify(execFile)(process.execPath, [...flags, library, draft], {
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  await rename(draft, folder)
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
