import { describe, expect, it } from 'vitest'
import { logGamma, regularisedBeta } from './beta-function.ts'
import { binomialCdf, binomialQuantile, studentCdf, studentQuantile, studentTails } from './distributions.ts'

const near = (value: number, expected: number, relative = 1e-9) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-3))

describe('the functions behind intervals, against SciPy 1.17', () => {
  it.each([
    [0.1, 2.252712651734206],
    [1, 0],
    [3.7, 1.428072326665388],
    [100, 359.1342053695754],
    [1e6, 12815504.569147611],
  ])('ln Γ(%d)', (x, expected) => near(logGamma(x), expected))

  it.each([
    [0.4, 2, 3, 0.5248],
    [0.2, 0.5, 0.5, 0.29516723530086653],
    [0.5, 50, 60, 0.8309072939016693],
    [0.334, 1e4, 2e4, 0.5972464229533355],
  ])('the incomplete beta function at %d of %d and %d', (x, a, b, expected) =>
    near(regularisedBeta(x, a, b), expected),
  )
})

describe('Student', () => {
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 5, 2.570581835636314],
    [0.975, 30, 2.0422724563012373],
    [0.9, 12, 1.356217334023205],
    [0.995, 199, 2.600760216058516],
    [0.975, 1e6, 1.959966356814107],
    [0.01, 4, -3.746947387979196],
  ])('the quantile %d with %d degrees of freedom is that of the tables', (p, df, expected) =>
    near(studentQuantile(p, df), expected, 1e-8),
  )

  it('the distribution and its quantile undo each other', () => {
    for (const df of [1, 2.5, 7, 40, 3_000])
      for (const p of [0.001, 0.2, 0.5, 0.77, 0.999]) near(studentCdf(studentQuantile(p, df), df), p, 1e-7)
    near(studentTails(2.0422724563012373, 30), 0.05, 1e-8)
  })

  it('refuses what is no probability', () => {
    expect(() => studentQuantile(1, 5)).toThrow(RangeError)
    expect(() => studentQuantile(0.5, 0)).toThrow(RangeError)
  })
})

describe('the binomial', () => {
  it('adds up to the sum of its terms', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k)
    for (const [n, p] of [
      [10, 0.5],
      [25, 0.03],
      [60, 0.75],
    ] as const) {
      let sum = 0
      for (let k = 0; k < n; k++) {
        sum += choose(n, k) * p ** k * (1 - p) ** (n - k)
        near(binomialCdf(k, n, p), sum, 1e-8)
      }
      expect(binomialCdf(n, n, p)).toBe(1)
      expect(binomialCdf(-1, n, p)).toBe(0)
    }
  })

  it('its quantile is the first count that reaches the probability', () => {
    for (const q of [0.001, 0.025, 0.5, 0.975]) {
      const k = binomialQuantile(q, 40, 0.75)
      expect(binomialCdf(k, 40, 0.75)).toBeGreaterThanOrEqual(q)
      expect(binomialCdf(k - 1, 40, 0.75)).toBeLessThan(q)
    }
  })
})
