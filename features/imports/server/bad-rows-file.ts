import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { toCsvLine } from '../../../kernel/csv.ts'

export interface RefusedRow {
  file: string
  line: number
  reason: string
  /** One sentence for a person. */
  detail: string
  /** The row as it stands in the file. */
  text: string
}

/** The rows that could not be imported, with the line and the reason of each, as a table to mend and import again. */
export interface BadRowsFile {
  /** Bytes written so far. */
  readonly size: number
  add(rows: readonly RefusedRow[]): Promise<void>
  close(): Promise<void>
}

const HEADER = `\ufeff${toCsvLine(['file', 'line', 'reason', 'detail', 'row'])}`
/** A wrong mapping refuses every row; beyond this the file would only fill the disk. */
const MAX_BYTES = 64 * 1024 * 1024

export function badRowsPath(dataDir: string, id: number): string {
  return join(dataDir, 'imports', String(id), 'bad-rows.csv')
}

/** Opens it where the last checkpoint left it: what was written after that will be written again. */
export async function openBadRowsFile(dataDir: string, id: number, size: number): Promise<BadRowsFile> {
  const path = badRowsPath(dataDir, id)
  let handle: FileHandle | undefined
  let written = size
  return {
    get size() {
      return written
    },
    async add(rows) {
      if (rows.length === 0 || written > MAX_BYTES) return
      handle ??= await openAt(path, written)
      const lines = rows.map((row) => toCsvLine([row.file, row.line, row.reason, row.detail, row.text]))
      const bytes = Buffer.from((written === 0 ? HEADER : '') + lines.join(''))
      await handle.write(bytes, 0, bytes.length, written)
      written += bytes.length
    },
    async close() {
      await handle?.close()
    },
  }
}

async function openAt(path: string, size: number): Promise<FileHandle> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  const handle = await open(path, size === 0 ? 'w' : 'r+', 0o600)
  await handle.truncate(size)
  return handle
}
