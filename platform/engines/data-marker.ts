import { existsSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineName } from './engine-process.ts'
import { failStartup, OTHER_FOLDER } from './startup-error.ts'

/** What a data folder says about itself. */
export interface DataMarker {
  format: number
  /** `starting` until an engine has been seen to hold something: until then nothing can be missing from it. */
  engines: Partial<Record<EngineName, 'starting' | 'ready'>>
}

const FILE = 'tropa-data.json'
const FORMAT = 1

export async function readDataMarker(dataDir: string): Promise<DataMarker | undefined> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch(ignoreMissing)
  if (text === undefined) return undefined
  const marker = parseMarker(text)
  if (marker === undefined)
    failStartup({
      code: 'folder_half_written',
      message: `The file ${FILE} in the data folder ${dataDir} is damaged.`,
      mend: `Restore a backup into an empty folder (npx tropa restore <file>), or ${OTHER_FOLDER}.`,
    })
  if (marker.format > FORMAT)
    failStartup({
      code: 'folder_of_other_version',
      message: `The data folder ${dataDir} was written by a newer version of Tropa.`,
      mend: `Start that version, or ${OTHER_FOLDER}.`,
    })
  return marker
}

/** What an engine that holds anything has; started without them, it would begin anew and nobody would notice. */
const ESSENTIAL = {
  postgres: ['postgres/PG_VERSION', 'postgres/global/pg_control'],
  clickhouse: ['clickhouse/engine/metadata', 'clickhouse/engine/store'],
} as const

export function findMissingPart(dataDir: string, name: EngineName): string | undefined {
  return ESSENTIAL[name].find((part) => !existsSync(join(dataDir, part)))
}

/** Notes for good which of the engines hold something by now. */
export async function markFilledEngines(dataDir: string, names: readonly EngineName[]): Promise<void> {
  const filled = names.filter((name) => findMissingPart(dataDir, name) === undefined)
  if (filled.length > 0) await markEngines(dataDir, filled, 'ready')
}

/** Writes the state of some engines; the others keep theirs. */
export async function markEngines(
  dataDir: string,
  names: readonly EngineName[],
  state: 'starting' | 'ready',
) {
  const marker = (await readDataMarker(dataDir)) ?? { format: FORMAT, engines: {} }
  for (const name of names) if (marker.engines[name] !== 'ready') marker.engines[name] = state
  const path = join(dataDir, FILE)
  const draft = `${path}.${process.pid}`
  const file = await open(draft, 'w', 0o600)
  await file.writeFile(`${JSON.stringify(marker)}\n`)
  await file.sync()
  await file.close()
  await rename(draft, path)
}

function parseMarker(text: string): DataMarker | undefined {
  try {
    const { format, engines } = JSON.parse(text) as DataMarker
    return typeof format === 'number' && typeof engines === 'object' && engines !== null
      ? { format, engines }
      : undefined
  } catch {
    return undefined
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
