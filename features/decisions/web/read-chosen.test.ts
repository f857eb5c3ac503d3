import { expect, test } from 'vitest'
import { readChosen } from './read-chosen.ts'

test.each([
  [7, 7],
  ['latest', 'latest'],
  ['7', undefined],
  [-1, undefined],
  [1e300, undefined],
  ['<b>', undefined],
  [{}, undefined],
])('an address that says decision=%j asks about %j', (decision, expected) => {
  expect(readChosen({ decision })).toBe(expected)
})
