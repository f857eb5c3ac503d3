import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findUsual } from './find-usual.ts'

it('says nothing of few days', () => {
  expect(findUsual([3, 4, 5, 6])).toBeNull()
})

it('is a prediction interval by Student’s t: eight days of mean 50 and variance 100', () => {
  // 2.364624 (t of 7 degrees, 97.5 %) × 10 × √(1 + 1/8) = 25.08
  const days = [40, 60, 40, 60, 40, 60, 50, 50].map((one) => 50 + ((one - 50) * 10) / Math.sqrt(600 / 7))
  expect(findUsual(days)).toEqual({ low: 25, high: 75 })
})

it('takes days that happen to be alike for no less uneven than chance would have them', () => {
  // 2.364624 × √(100 × 9/8) = 25.08
  expect(findUsual([100, 100, 100, 100, 100, 100, 100, 100])).toEqual({ low: 75, high: 125 })
  expect(findUsual([0, 0, 0, 0, 0, 0])).toEqual({ low: 0, high: 0 })
})

it('always holds the mean, and never a count below none', () => {
  const days = fc.array(fc.nat(10_000), { minLength: 5, maxLength: 8 })
  fc.assert(
    fc.property(days, (counts) => {
      const found = findUsual(counts)
      const mean = counts.reduce((sum, one) => sum + one, 0) / counts.length
      expect(found?.low).toBeGreaterThanOrEqual(0)
      expect(found?.low).toBeLessThanOrEqual(Math.ceil(mean))
      expect(found?.high).toBeGreaterThanOrEqual(Math.floor(mean))
    }),
  )
})
