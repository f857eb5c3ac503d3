import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStoredJson, toStoredJson } from './stored-json.ts'

describe('stored JSON', () => {
  test('is plain JSON for plain values', () => {
    expect(toStoredJson({ a: 1, b: ['x', null, true], c: 1.5e300 })).toBe(
      '{"a":1,"b":["x",null,true],"c":1.5e+300}',
    )
    expect(toStoredJson(undefined)).toBe('null')
  })

  test('writes whole numbers beyond 64 bits with an exponent, and leaves texts of digits alone', () => {
    expect(toStoredJson({ a: 1e20, b: 2 ** 53, c: '99999999999999999999', d: -1e19, e: [1e20] })).toBe(
      '{"a":100000000000000000000e0,"b":9007199254740992,"c":"99999999999999999999","d":-10000000000000000000e0,"e":[100000000000000000000e0]}',
    )
  })

  test('has no half characters and no NUL, in keys neither', () => {
    expect(toStoredJson({ 'k\ud800': 'a\0b\udc00', ok: '\\ud800 "q" 😀' })).toBe(
      JSON.stringify({ 'k\ufffd': 'ab\ufffd', ok: '\\ud800 "q" 😀' }),
    )
  })

  test('takes a text of megabytes as it comes', () => {
    const long = { text: `${'a'.repeat(3_000_000)}\0${'"\\'.repeat(100_000)}`, n: 1e20 }
    expect(readStoredJson(toStoredJson(long))).toEqual({ text: long.text.replace('\0', ''), n: 1e20 })
  })

  test('of any value is read back as JSON would give it', () => {
    const clean = (value: unknown) => JSON.parse(JSON.stringify(value))
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const stored = toStoredJson(value)
        if (!JSON.stringify(value).includes('\\u0000')) expect(JSON.parse(stored)).toEqual(clean(value))
        if (stored !== '{}') expect(readStoredJson(stored)).toEqual(JSON.parse(stored))
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    '',
    'x',
    '[]',
    '"a"',
    '{"a":18446744073709551616}',
    '{"a":-9223372036854775809}',
    '{"a":1e400}',
    '{"a":"\\ud800"}',
    `{"a":1,"b":${'['.repeat(1023)}1${']'.repeat(1023)}}`,
  ])('%j is not read, as the history can’t either', (text) => {
    expect(readStoredJson(text)).toBeUndefined()
  })

  test.each(['{"a":18446744073709551615}', '{"a":-9223372036854775808}', '{"a":"\\ud83d\\ude00"}'])(
    '%j is read',
    (text) => {
      expect(readStoredJson(text)).toEqual(JSON.parse(text))
    },
  )
})
