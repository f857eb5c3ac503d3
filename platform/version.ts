import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** This program's version, from package.json, wherever the code runs from (sources or `dist/`). */
export const TROPA_VERSION: string = findVersion(dirname(fileURLToPath(import.meta.url)))

function findVersion(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      string
    >
    if (name === 'tropa' && version) return version
  } catch {
    // Not here: look one folder up.
  }
  const parent = dirname(folder)
  return parent === folder ? 'unknown' : findVersion(parent)
}
