import { expect, it } from 'vitest'
import { judgeDay } from './judge-day.ts'

it.each([
  [9, 'less'],
  [10, 'as'],
  [20, 'as'],
  [21, 'more'],
])('%s where 10 to 20 are usual is %s', (n, expected) => {
  expect(judgeDay({ n, usual: { low: 10, high: 20 } })).toBe(expected)
})

it('knows nothing of a day of which nothing is usual yet', () => {
  expect(judgeDay({ n: 100, usual: null })).toBe('unknown')
})
