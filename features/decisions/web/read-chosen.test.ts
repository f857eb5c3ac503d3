import { expect, test } from 'vitest'
import { findNewestJudged, readChosen } from './read-chosen.ts'

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

test.each([
  ['the newest that can be judged', ['early', undefined, 'few_data', 'worse', 'better'], 4],
  ['the newest, where none can be yet', ['early', 'few_data'], 1],
  ['none while a newer one is being judged', ['early', 'waiting', 'better'], undefined],
  ['none where nothing was decided', [], undefined],
] as const)('the latest decision is %s', (_, words, expected) => {
  expect(findNewestJudged(words.map((word, at) => ({ id: at + 1, word })))).toBe(expected)
})
