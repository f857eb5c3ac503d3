import { expect, it } from 'vitest'
import { createPrng } from '../prng.ts'
import { binomialQuantile } from './distributions.ts'
import { estimateQuantile, findQuantileRanks } from './quantile-interval.ts'

it.each([
  // Dixon and Massey's table of intervals for a median, at 95 % at least.
  [6, 0.5, 1, 6],
  [10, 0.5, 2, 9],
  [20, 0.5, 6, 15],
  [25, 0.5, 8, 18],
  [50, 0.5, 18, 33],
  [75, 0.5, 29, 47],
])('of %d values the ranks for the share %d are those of the tables', (n, share, low, high) => {
  expect(findQuantileRanks(n, share)).toMatchObject({ low, high })
})

it('says when so few values can’t bound the percentile', () => {
  expect(findQuantileRanks(0, 0.75)).toBeUndefined()
  expect(findQuantileRanks(1, 0.75)).toEqual({ at: 1, low: null, high: null })
  expect(findQuantileRanks(8, 0.75)?.high).toBeNull()
  expect(estimateQuantile([5, 1, 3], 0.75)).toEqual({ n: 3, value: 5, low: 1, high: null })
})

it('holds its level for the 75th percentile of page loads, which scatter widely to one side', () => {
  const prng = createPrng('page loads')
  const runs = 2_000
  const truth = 1_200 * (-Math.log(0.25)) ** 1.5
  let hits = 0
  for (let run = 0; run < runs; run++) {
    const loads = Array.from({ length: 80 }, () => 1_200 * (-Math.log(1 - prng.float())) ** 1.5)
    const { low, high } = estimateQuantile(loads, 0.75) ?? { low: null, high: null }
    if (low !== null && high !== null && low <= truth && truth <= high) hits++
  }
  expect(hits).toBeGreaterThanOrEqual(binomialQuantile(0.001, runs, 0.95))
})
