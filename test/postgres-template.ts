import { existsSync } from 'node:fs'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { initialiseDatabase } from '../engines/postgres/initialise.ts'
import { dependencies } from '../package.json'
import { markEngines } from '../platform/engines/data-marker.ts'

const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'tropa')

/**
 * Puts a fresh database of the embedded engine into the folder. Making one takes seconds of a processor, so one is
 * made for each version of the engine, kept beside the packages and copied.
 */
export async function copyFreshDatabase(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  await cp(await prepareTemplate(), folder, { recursive: true })
}

/** A data folder whose embedded PostgreSQL need not be made on its first start. */
export async function prepareQuickDataFolder(dataDir: string): Promise<void> {
  await copyFreshDatabase(join(dataDir, 'postgres'))
  await markEngines(dataDir, ['postgres'], 'starting')
}

async function prepareTemplate(): Promise<string> {
  const template = join(CACHE, `postgres-${dependencies['@electric-sql/pglite']}`)
  if (existsSync(template)) return template
  const draft = join(CACHE, `draft-${process.pid}`)
  await initialiseDatabase(draft)
  // Another run may have been quicker; one template is as good as the other.
  await rename(draft, template).catch(() => rm(draft, { recursive: true, force: true }))
  return template
}
