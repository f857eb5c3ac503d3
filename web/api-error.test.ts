import { describe, expect, it } from 'vitest'
import { ApiError, fieldIssuesOf, isPassing, readError } from './api-error.ts'

describe('what the server answers when it refuses', () => {
  it('becomes an error with its code, sentence, details and patience', () => {
    const body = { error: { code: 'too_many_requests', message: 'Slow down.', details: { limit: 5 } } }
    expect(readError(429, body, '30')).toMatchObject({
      code: 'too_many_requests',
      message: 'Slow down.',
      details: { limit: 5 },
      status: 429,
      retryAfterSeconds: 30,
    })
  })

  it.each([
    [502, '<html>nginx</html>', 'unreachable'],
    [504, undefined, 'unreachable'],
    [500, undefined, 'bad_answer'],
    [200, '<html>wifi login</html>', 'bad_answer'],
    [400, { error: 'no' }, 'bad_answer'],
    [400, null, 'bad_answer'],
  ])('%d with %j is %s', (status, body, code) => {
    expect(readError(status, body, null).code).toBe(code)
  })

  it('is worth repeating only when the way was closed', () => {
    expect(isPassing(new ApiError('store_away', ''))).toBe(true)
    expect(isPassing(new ApiError('unreachable', ''))).toBe(true)
    expect(isPassing(new ApiError('conflict', ''))).toBe(false)
    expect(isPassing(new Error('boom'))).toBe(false)
  })
})

describe('the fields that validation found wrong', () => {
  const refusal = (details: unknown) => new ApiError('validation_failed', '', { details })

  it('are named by path, with the rule and its limit', () => {
    const details = [
      { instancePath: '/email', keyword: 'format', params: { format: 'email' } },
      { instancePath: '/address/city', keyword: 'minLength', params: { limit: 2 } },
      { instancePath: '/address', keyword: 'required', params: { missingProperty: 'street' } },
      { instancePath: '', keyword: 'required', params: { requiredProperties: ['name', 'role'] } },
    ]
    expect(fieldIssuesOf(refusal(details))).toEqual([
      { field: 'email', rule: 'format', limit: undefined },
      { field: 'address.city', rule: 'minLength', limit: 2 },
      { field: 'address.street', rule: 'required', limit: undefined },
      { field: 'name', rule: 'required', limit: undefined },
      { field: 'role', rule: 'required', limit: undefined },
    ])
  })

  it.each([undefined, 'text', [{ nonsense: true }], { a: 1 }])('are none in %j', (details) => {
    expect(fieldIssuesOf(refusal(details))).toEqual([])
  })
})
