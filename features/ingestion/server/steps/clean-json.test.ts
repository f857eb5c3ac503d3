import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanJson } from './clean-json.ts'

function nest(levels: number): unknown {
  let value: unknown = 1
  for (let n = 0; n < levels; n++) value = n % 2 ? [value] : { a: value }
  return value
}

test('a clean value is handed on as it is', () => {
  const value = { a: [1, 'ключ 😀', { b: null }] }
  expect(cleanJson(value, false)).toMatchObject({ value })
  expect((cleanJson(value, false) as { value: unknown }).value).toBe(value)
})

test('NUL and lone surrogates leave texts and keys, forbidden keys leave objects', () => {
  const dirty = JSON.parse(
    '{"a\\u0000b":"x\\u0000y","l":["\\ud800"],"__proto__":{"admin":true},"constructor":1,"in":{"prototype":2,"k":3}}',
  )
  expect(cleanJson(dirty, false)).toMatchObject({ value: { ab: 'xy', l: ['\uFFFD'], in: { k: 3 } } })
  expect(({} as Record<string, unknown>).admin).toBeUndefined()
})

test('32 levels pass, 33 are too deep, and a hundred thousand are only too deep', () => {
  expect(cleanJson(nest(32), false)).toHaveProperty('value')
  expect(cleanJson(nest(33), false)).toEqual({ problem: 'too_deep' })
  expect(cleanJson(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)), true)).toEqual({
    problem: 'too_deep',
  })
})

test('256 keys pass and 257 are too many', () => {
  const make = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, n]))
  expect(cleanJson({ in: make(256) }, true)).toHaveProperty('value')
  expect(cleanJson({ in: make(257) }, true)).toEqual({ problem: 'too_many_keys' })
})

test('whatever JSON comes, what goes on is well-formed, without NUL, and as deep as before', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
      const cleaned = cleanJson(JSON.parse(text), false)
      if ('problem' in cleaned) return
      const written = JSON.stringify(cleaned.value)
      expect(written).not.toMatch(/\\u0000|\\ud[89a-f]/)
      expect(cleanJson(cleaned.value, false)).toMatchObject({ value: cleaned.value })
      expect(Buffer.byteLength(written)).toBeLessThanOrEqual(cleaned.weight)
    }),
  )
})
