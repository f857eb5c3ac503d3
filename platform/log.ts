import { destination, type Logger, pino } from 'pino'

export type Log = Logger

/** Names of fields whose values never reach a log line. */
const SECRET_FIELDS = [
  'password',
  'secret',
  'token',
  'key',
  'writeKey',
  'authorization',
  'cookie',
  '*.password',
  '*.secret',
  '*.token',
  '*.writeKey',
  '*.authorization',
  '*.cookie',
  'req.headers.authorization',
  'req.headers.cookie',
]

/** Structured lines on stderr; a line at `error` means that someone must act. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: undefined,
      serializers: { err: describeError, error: describeError },
      redact: { paths: SECRET_FIELDS, censor: '[hidden]' },
    },
    destination({ dest: 2, sync: false }),
  )
}

/** What helps to understand a failure, without the connections and statements that libraries hang on their errors. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return { type: name, message, code, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) }
}

export function createSilentLog(): Log {
  return pino({ level: 'silent' })
}
