import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { markEngines } from '../platform/engines/data-marker.ts'

const TEMPLATE = join(import.meta.dirname, '..', 'dist', 'fresh-database')

/** Puts a fresh database of the embedded engine into the folder; the build has made one to copy. */
export async function copyFreshDatabase(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  await cp(TEMPLATE, folder, { recursive: true })
}

/** A data folder whose embedded PostgreSQL need not be made on its first start. */
export async function prepareQuickDataFolder(dataDir: string): Promise<void> {
  await copyFreshDatabase(join(dataDir, 'postgres'))
  await markEngines(dataDir, ['postgres'], 'starting')
}
