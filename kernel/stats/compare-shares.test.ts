import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareShares } from './compare-shares.ts'

describe('two shares compared', () => {
  // Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
  // (1998), table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i/%i less %i/%i lies between %f and %f, as published', (a, ofA, b, ofB, low, high) => {
    const found = compareShares({ n: a, of: ofA }, { n: b, of: ofB })
    expect(found?.difference).toBeCloseTo(a / ofA - b / ofB, 12)
    expect(found?.low).toBeCloseTo(low, 4)
    expect(found?.high).toBeCloseTo(high, 4)
  })

  // 56/70 against 48/80: z = 0.2 / sqrt(104/150 · 46/150 · (1/70 + 1/80)) = 2.6502, erfc(z / √2) = 0.0080451.
  test('the chance is that of the pooled score test', () => {
    expect(compareShares({ n: 56, of: 70 }, { n: 48, of: 80 })?.p).toBeCloseTo(0.0080451, 7)
    expect(compareShares({ n: 0, of: 50 }, { n: 0, of: 9 })?.p).toBe(1)
    expect(compareShares({ n: 7, of: 7 }, { n: 9, of: 9 })?.p).toBe(1)
  })

  test('an empty group compares with nothing', () => {
    expect(compareShares({ n: 0, of: 0 }, { n: 3, of: 10 })).toBeUndefined()
    expect(compareShares({ n: 3, of: 10 }, { n: 4, of: 3 })).toBeUndefined()
  })

  test('turned round, everything is the same with the other sign', () => {
    const share = fc.tuple(fc.nat(5_000), fc.nat(5_000)).filter(([n, rest]) => n + rest > 0)
    fc.assert(
      fc.property(share, share, ([a, restA], [b, restB]) => {
        const [one, other] = [
          { n: a, of: a + restA },
          { n: b, of: b + restB },
        ]
        const there = compareShares(one, other) as NonNullable<ReturnType<typeof compareShares>>
        const back = compareShares(other, one) as typeof there
        expect(there.low).toBeLessThanOrEqual(there.difference + 1e-12)
        expect(there.high).toBeGreaterThanOrEqual(there.difference - 1e-12)
        expect(back.difference).toBeCloseTo(-there.difference, 12)
        expect(back.low).toBeCloseTo(-there.high, 10)
        expect(back.p).toBeCloseTo(there.p, 10)
        expect(there.p >= 0 && there.p <= 1).toBe(true)
      }),
    )
  })
})
