import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/**
 * Erasures are noted beside the stores too, by keyed hashes: a backup that is older than an erasure brings the person
 * back, and this file is how the restored system knows. It is useless without the installation's secret.
 */
const Noted = Type.Object({
  shop: Type.Integer(),
  person: Type.String(),
  identities: Type.Array(Type.String()),
  /** Milliseconds since 1970. */
  at: Type.Integer(),
})
export type NotedErasure = Static<typeof Noted>

const pathIn = (dataDir: string) => join(dataDir, 'erasures.jsonl')

export async function noteErasure(dataDir: string, erasure: NotedErasure): Promise<void> {
  await appendFile(pathIn(dataDir), `${JSON.stringify(erasure)}\n`, { mode: 0o600 })
}

/** Lines that can't be read are passed over: a cut-off last line must not hide the others. */
export async function readNotedErasures(dataDir: string): Promise<NotedErasure[]> {
  let text: string
  try {
    text = await readFile(pathIn(dataDir), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text.split('\n').flatMap(parseLine)
}

function parseLine(line: string): NotedErasure[] {
  try {
    const value: unknown = JSON.parse(line)
    return Value.Check(Noted, value) ? [value] : []
  } catch {
    return []
  }
}
