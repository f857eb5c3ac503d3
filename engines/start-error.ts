export type StartErrorCode =
  | 'folder_in_use'
  | 'folder_half_written'
  | 'folder_of_other_version'
  | 'folder_damaged'
  | 'folder_not_writable'
  | 'disk_full'

/** A failure to start that the person who runs Tropa can mend; `code` is for programs. */
export class EngineStartError extends Error {
  readonly code: StartErrorCode
  /** The process in the way, when there is one. */
  readonly pid: number | undefined

  constructor(code: StartErrorCode, message: string, options: { pid?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.pid = options.pid
  }
}

const CODES_OF_ERRNO: Record<string, StartErrorCode> = {
  EACCES: 'folder_not_writable',
  EPERM: 'folder_not_writable',
  EROFS: 'folder_not_writable',
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
}

/** Recognises failures of the file system that a person can mend; anything else comes back as it is. */
export function explainFileError(error: unknown, folder: string): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException
  const known = CODES_OF_ERRNO[code]
  return known === undefined ? error : new EngineStartError(known, `${folder}: ${message}`, { cause: error })
}
