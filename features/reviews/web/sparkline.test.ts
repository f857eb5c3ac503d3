import { expect, test } from 'vitest'
import { drawSparkline } from './sparkline.ts'

const share = { low: 0, high: 1 }
const week = (mean: number, n = 50) => ({ n, mean })

test('a line rises with its values and breaks where a week has too few persons', () => {
  expect(drawSparkline([week(0.2), week(0.4), week(0.9, 4), week(0.4), week(0.6)], share)).toBe(
    'M0.0 92.0L25.0 50.0M75.0 50.0L100.0 8.0',
  )
})

test('a small wobble stays small', () => {
  const [, second] = drawSparkline([week(0.5), week(0.51)], share).split('L')
  expect(Math.abs(Number(second?.split(' ')[1]) - 50)).toBeLessThan(10)
})

test('one week is no trend', () => {
  expect(drawSparkline([null, week(0.5), null], share)).toBe('')
})
