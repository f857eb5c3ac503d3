import { expect, it } from 'vitest'
import { createPrng } from '../../kernel/prng.ts'
import { coverTruth, findRegion } from './coverage.ts'

const { float } = createPrng(11)

/** Mean and standard error of so many draws around a truth. */
function drawFinding(truth: number, n = 400) {
  const values = Array.from({ length: n }, () => truth + (float() - 0.5) * 4)
  const estimate = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - estimate) ** 2, 0)
  return { estimate, error: Math.sqrt(squares / (n - 1) / n), n }
}

it('the region holds what exact binomial tails allow, and widens with the truths looked at', () => {
  // Of binomial(20, 0.95): P(X ≤ 16) = 0.016 and P(X ≤ 17) = 0.075, by tables of the distribution.
  expect(findRegion(20, 1)).toEqual({ low: 17, high: 20 })
  expect(findRegion(100, 1)).toEqual({ low: 90, high: 99 })
  expect(findRegion(100, 15).low).toBeLessThan(90)
})

it('an honest estimator is inside, one that is off by two errors is not', () => {
  const shops = 200
  const honest = Array.from({ length: shops }, () => drawFinding(1))
  const { low, high } = findRegion(shops, 2)
  const { found } = coverTruth({ truth: 1 }, honest)
  expect(found.mean).toBeCloseTo(1, 1)
  expect(Math.abs(found.width - 1)).toBeLessThan(0.15)
  expect(found.covered).toBeGreaterThanOrEqual(low)
  expect(found.covered).toBeLessThanOrEqual(high)
  const wide = coverTruth(
    { truth: 1 },
    honest.map((finding) => ({ ...finding, error: 2 * finding.error })),
  )
  expect(wide.found.width).toBeCloseTo(2 * found.width, 9)
  const misled = honest.map((finding) => ({ ...finding, estimate: finding.estimate + 2 * finding.error }))
  expect(coverTruth({ truth: 1 }, misled).found.covered).toBeLessThan(low)
})

it('a plain comparison is counted beside, and a shop without an estimate is left out', () => {
  const misled = { estimate: 2, error: 0.1 }
  const findings = [
    { ...drawFinding(1), naive: misled },
    { estimate: Number.NaN, error: Number.NaN, n: 0 },
  ]
  const { found, naive } = coverTruth({ truth: 1 }, findings)
  expect(found.shops).toBe(1)
  expect(naive).toMatchObject({ shops: 1, mean: 2, covered: 0 })
})
