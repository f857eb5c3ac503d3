import fc from 'fast-check'
import Type from 'typebox'
import { describe, expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

const shape = Type.Tuple([Type.Number(), Type.String()])

describe('a cursor', () => {
  test('comes back as it was, and fits a URL as it is', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string({ unit: 'grapheme' }), (at, id) => {
        const cursor = encodeCursor([at, id])
        expect(encodeURIComponent(cursor)).toBe(cursor)
        expect(decodeCursor(cursor, shape)).toEqual([at, id])
      }),
    )
  })

  test.each([
    '',
    'nonsense',
    '!!!',
    encodeCursor({ at: 1 }),
    encodeCursor([1]),
    encodeCursor(['1', 'a']),
    encodeCursor([1, 'a', 2]),
    'A'.repeat(5000),
  ])('"%s" is not one of this list', (cursor) => {
    expect(decodeCursor(cursor, shape)).toBeUndefined()
  })
})
