import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTime } from './read-time.ts'

const NOON = Date.UTC(2026, 0, 31, 12)

test.each([
  ['2026-01-31T12:00:00Z', NOON],
  ['2026-01-31T12:00:00.000Z', NOON],
  ['2026-01-31T12:00:00.000000Z', NOON],
  ['2026-01-31T14:00:00+02:00', NOON],
  ['2026-01-31T14:00:00+0200', NOON],
  ['2026-01-31 12:00:00', NOON],
  ['2026-01-31T12:00', NOON],
  ['2026-01-31', Date.UTC(2026, 0, 31)],
  ['Sat, 31 Jan 2026 12:00:00 GMT', NOON],
  [' 2026-01-31T12:00:00Z ', NOON],
  [NOON, NOON],
  [NOON / 1000, NOON],
  [String(NOON), NOON],
  [String(NOON / 1000), NOON],
  [0, 0],
  ['0000-01-01T00:00:00.000Z', new Date(0).setUTCFullYear(0, 0, 1)],
  ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
] as const)('%s is a time', (given, expected) => {
  expect(readTime(given)).toBe(expected)
})

test.each([
  '2026-02-30T12:00:00Z',
  '2026-13-01T12:00:00Z',
  '2026-01-31T25:00:00Z',
  '+012026-01-31T12:00:00Z',
  'yesterday',
  'foo 1',
  '',
  '{}',
  'NaN',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  true,
  {},
  [],
  '1'.repeat(400),
])('%s is none', (given) => {
  expect(readTime(given)).toBeUndefined()
})

test('every instant that JavaScript writes is read back', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      expect(readTime(date.toISOString())).toBe(date.getTime())
    }),
  )
})

test('anything at all is read without an error', () => {
  fc.assert(fc.property(fc.anything(), (value) => void readTime(value)))
})
