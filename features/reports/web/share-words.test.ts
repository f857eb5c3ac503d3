import { expect, test } from 'vitest'
import { describeSample } from '../sample.ts'
import { weightOf, wordOfShare } from './share-words.ts'

test.each([
  [0, 'none'],
  [0.0001, 'none'],
  [29, 'none'],
  [30, 'word'],
  [99, 'word'],
  [100, 'number'],
])('of %d as much is said: %s', (n, weight) => {
  expect(weightOf(n)).toBe(weight)
})

test.each([
  [0, 'none'],
  [0.1, 'tenth'],
  [0.2, 'fifth'],
  [0.25, 'quarter'],
  [1 / 3, 'third'],
  [0.5, 'half'],
  [2 / 3, 'twoThirds'],
  [0.75, 'threeQuarters'],
  [0.9, 'most'],
  [1, 'all'],
])('%d is put into the nearest word: %s', (share, word) => {
  expect(wordOfShare(share)).toBe(word)
})

test('a count of a sample stands for more, and says how far off that may be', () => {
  expect(describeSample(0.1, 900)).toEqual({ times: 10, error: expect.closeTo(0.062, 3) })
  expect(describeSample(1, 900).error).toBe(0)
  expect(describeSample(0.5, 0).error).toBeNull()
  expect(describeSample(0.5, null)).toEqual({ times: 2, error: null })
})
