/** Why Tropa can't start, as one sentence, and what the person who runs it can do about it. */
export interface StartupError {
  code:
    | 'folder_in_use'
    | 'folder_not_writable'
    | 'folder_not_a_directory'
    | 'folder_half_written'
    | 'folder_of_other_version'
    | 'folder_damaged'
    | 'disk_full'
    | 'engine_missing'
    | 'engine_failed'
  message: string
  mend: string
}

/** Ends a start; `findStartupError` gets the value back where it is printed. */
export function failStartup(error: StartupError): never {
  throw new Error(error.message, { cause: error })
}

export function findStartupError(error: unknown): StartupError | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  const isOne = typeof cause === 'object' && cause !== null && 'mend' in cause && 'code' in cause
  return isOne ? (cause as StartupError) : undefined
}

export const OTHER_FOLDER = 'choose another folder with TROPA_DATA'
const RESTORE = `restore a backup into an empty folder (npx tropa restore <file>), or ${OTHER_FOLDER}`

const MENDS: Record<string, (pid: number | undefined) => string> = {
  folder_in_use: (pid) => `Stop that process (kill ${pid}), or ${OTHER_FOLDER}.`,
  folder_half_written: () => `Copy the folder again if it is a copy; otherwise ${RESTORE}.`,
  folder_of_other_version: () => `Start the version of Tropa that wrote it, or ${RESTORE}.`,
  folder_damaged: () => `Put a copy of the folder in its place, or ${RESTORE}.`,
  folder_not_writable: () => `Give this user the right to write there (chown -R), or ${OTHER_FOLDER}.`,
  disk_full: () => `Free some space on that disk, or ${OTHER_FOLDER}.`,
}

/** What to do about a failure that has to do with the data folder; nothing when the code is not one of those. */
export function findMend(code: string, pid?: number): string | undefined {
  return MENDS[code]?.(pid)
}

export interface Refusal {
  error: string
  code: string
  pid?: number
  dataDir: string
}

/** Turns what an engine says when it can't start into what a person is told. */
export function explainRefusal({ error, code, pid, dataDir }: Refusal): StartupError {
  const known = /No space left|ENOSPC/.test(error) ? 'disk_full' : code
  const mend = findMend(known, pid)
  if (mend !== undefined) return { code: known as StartupError['code'], message: error, mend }
  return {
    code: 'engine_failed',
    message: `An embedded engine could not start on ${dataDir}: ${error}`,
    mend: `Try again; if it stays so, ${RESTORE}, and report this message.`,
  }
}
