/** An error in ClickHouse's own terms: its number, its name, its text. */
export class ClickHouseServerError extends Error {
  constructor(
    readonly code: number,
    readonly type: string,
    message: string,
  ) {
    super(message)
    this.name = 'ClickHouseServerError'
  }
}

/** The codes this server raises itself; all others come from the engine. */
export const ERROR = {
  syntax: [62, 'SYNTAX_ERROR'],
  badArguments: [36, 'BAD_ARGUMENTS'],
  notImplemented: [48, 'NOT_IMPLEMENTED'],
  unknownStatement: [78, 'UNKNOWN_TYPE_OF_QUERY'],
  readonly: [164, 'READONLY'],
  tooManyQueries: [202, 'TOO_MANY_SIMULTANEOUS_QUERIES'],
  cancelled: [394, 'QUERY_WAS_CANCELLED'],
  tooLarge: [307, 'TOO_MANY_BYTES'],
  incompleteInsert: [117, 'INCORRECT_DATA'],
  cannotDecompress: [271, 'CANNOT_DECOMPRESS'],
  notEnoughSpace: [243, 'NOT_ENOUGH_SPACE'],
  requiredPassword: [194, 'REQUIRED_PASSWORD'],
  authenticationFailed: [516, 'AUTHENTICATION_FAILED'],
  shuttingDown: [236, 'ABORTED'],
  unknown: [1002, 'UNKNOWN_EXCEPTION'],
} as const satisfies Record<string, readonly [number, string]>

export function createError(kind: keyof typeof ERROR, message: string): ClickHouseServerError {
  const [code, type] = ERROR[kind]
  return new ClickHouseServerError(code, type, message)
}

// The engine wraps some errors once more on the way out, so prefix, version and name may stand there twice.
const PREFIX = /^(?:Code: (\d+)\. (?:DB::)?\w*Exception: )+/
const SUFFIX = /(?:\.? ?\(([A-Z][A-Z0-9_]{2,})\)(?: \(version [^)]*\))?\.?\s*)+$/

/** Reads the engine's `Code: N. DB::Exception: text. (NAME)` into an error; other errors keep their text. */
export function parseEngineError(error: unknown): ClickHouseServerError {
  if (error instanceof ClickHouseServerError) return error
  const text = error instanceof Error ? error.message : String(error)
  const prefix = PREFIX.exec(text)
  if (!prefix) return createError('unknown', text)
  const suffix = SUFFIX.exec(text)
  const message = text.slice(prefix[0].length, suffix ? suffix.index : undefined)
  return new ClickHouseServerError(Number(prefix[1]), suffix?.[1] ?? 'UNKNOWN_EXCEPTION', message)
}

/** The text of an error as a ClickHouse server writes it, which is what its clients parse. */
export function formatError(error: ClickHouseServerError, version: string): string {
  return `Code: ${error.code}. DB::Exception: ${error.message.replace(/\.\s*$/, '')}. (${error.type}) (version ${version})\n`
}

const STATUS: Record<number, number> = Object.fromEntries([
  ...[194].map((code) => [code, 401]),
  ...[192, 193, 497, 516].map((code) => [code, 403]),
  // Unknown table, function, identifier, type, storage, database, setting, format, database engine, statement.
  ...[60, 46, 47, 50, 56, 81, 115, 73, 336, 78].map((code) => [code, 404]),
  ...[307].map((code) => [code, 413]),
  ...[48].map((code) => [code, 501]),
  ...[159].map((code) => [code, 408]),
  ...[236].map((code) => [code, 503]),
  ...[243].map((code) => [code, 507]),
  // Text that can't be parsed or doesn't fit its type: the caller's to mend.
  ...[6, 26, 27, 33, 36, 38, 41, 42, 43, 44, 53, 62, 69, 70, 72, 117, 271, 377, 396, 456, 457].map((code) => [
    code,
    400,
  ]),
])

/** ClickHouse's mapping of error codes to HTTP status codes, reduced to the codes that occur here. */
export function getHttpStatus(error: ClickHouseServerError): number {
  return STATUS[error.code] ?? 500
}
