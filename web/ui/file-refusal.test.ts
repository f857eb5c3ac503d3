import { expect, it } from 'vitest'
import { findRefusal } from './file-refusal.ts'

it.each([
  ['orders.csv', 10, undefined],
  ['ORDERS.CSV', 10, undefined],
  ['orders.csv', 1000, undefined],
  ['orders.csv', 1001, 'tooLarge'],
  ['orders.csv', 0, 'empty'],
  ['orders.xlsx', 10, 'wrongKind'],
  ['csv', 10, 'wrongKind'],
])('%s of %d bytes: %s', (name, size, expected) => {
  expect(findRefusal({ name, size }, ['.csv', '.ndjson'], 1000)).toBe(expected)
})
