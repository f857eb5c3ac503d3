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
    { level, base: undefined, redact: { paths: SECRET_FIELDS, censor: '[hidden]' } },
    destination({ dest: 2, sync: false }),
  )
}

export function createSilentLog(): Log {
  return pino({ level: 'silent' })
}
