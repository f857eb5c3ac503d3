import { expect, test } from 'vitest'
import { formatError, getHttpStatus, parseEngineError } from './clickhouse-error.ts'

test('an error wrapped twice on its way out is read as one', () => {
  const text =
    "Code: 115. DB::Exception: Code: 115. DB::Exception: Unknown setting 'x'. (UNKNOWN_SETTING) (version 26.7.2.1). (UNKNOWN_SETTING)"
  const error = parseEngineError(new Error(text))
  expect(error).toMatchObject({ code: 115, type: 'UNKNOWN_SETTING', message: "Unknown setting 'x'" })
  expect(formatError(error, '26.7')).toBe(
    "Code: 115. DB::Exception: Unknown setting 'x'. (UNKNOWN_SETTING) (version 26.7)\n",
  )
  expect(getHttpStatus(error)).toBe(404)
})

test('brackets in the text stay in the text', () => {
  const error = parseEngineError(
    'Code: 62. DB::Exception: failed at position 3 (FORMAT) (line 1). (SYNTAX_ERROR)',
  )
  expect(error).toMatchObject({
    code: 62,
    type: 'SYNTAX_ERROR',
    message: 'failed at position 3 (FORMAT) (line 1)',
  })
})

test('an error of the engine’s network code is one too', () => {
  const text =
    'Code: 519. DB::NetException: All attempts failed. Log: \n\nCode: 210. Refused. (NETWORK_ERROR) (version 1)\n. (NO_REMOTE_SHARD_AVAILABLE)'
  expect(parseEngineError(text)).toMatchObject({ code: 519, type: 'NO_REMOTE_SHARD_AVAILABLE' })
})

test('what is not an error of the engine keeps its text', () => {
  expect(parseEngineError(new Error('disk on fire'))).toMatchObject({ code: 1002, message: 'disk on fire' })
})
