import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findWilsonInterval } from './wilson.ts'

describe('the Wilson interval', () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is %f to %f, as published', (successes, n, low, high) => {
    const interval = findWilsonInterval(successes, n)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  test('of nothing seen is not known', () => {
    expect(findWilsonInterval(0, 0)).toBeUndefined()
    expect(findWilsonInterval(3, 2)).toBeUndefined()
    expect(findWilsonInterval(Number.NaN, 2)).toBeUndefined()
  })

  test('holds the share, stays inside 0 and 1 and mirrors itself', () => {
    const counts = fc.tuple(fc.nat(100_000), fc.nat(100_000)).filter(([a, b]) => a + b > 0)
    fc.assert(
      fc.property(counts, ([successes, failures]) => {
        const n = successes + failures
        const { share, low, high } = findWilsonInterval(successes, n) ?? { share: 0, low: 1, high: 0 }
        const mirrored = findWilsonInterval(failures, n)
        expect(low >= 0 && low <= share && share <= high && high <= 1).toBe(true)
        expect(mirrored?.low).toBeCloseTo(1 - high, 10)
      }),
    )
  })
})
