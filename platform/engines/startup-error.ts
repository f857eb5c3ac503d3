/** Why Tropa can't start, as one sentence, and what the person who runs it can do about it. */
export interface StartupError {
  code:
    | 'folder_in_use'
    | 'folder_not_writable'
    | 'folder_not_a_directory'
    | 'folder_half_written'
    | 'folder_of_newer_version'
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
