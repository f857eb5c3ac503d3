import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const INITIALISE = `
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
  if (existsSync(folder)) return
  const draft = `${folder}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true })
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const flags = ['--liftoff-only', '--input-type=commonjs', '--eval', INITIALISE]
  await promisify(execFile)(process.execPath, [...flags, library, draft], {
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  await rename(draft, folder)
}
