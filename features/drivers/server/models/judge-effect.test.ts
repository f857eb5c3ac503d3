import { expect, test } from 'vitest'
import { isMisleading } from './judge-effect.ts'

test('the plain difference misleads where the effect rules it out, not where too little is known to say', () => {
  const around = (value: number, half: number) => ({ value, low: value - half, high: value + half })
  const naive = around(-0.03, 0.01)
  // Sure at first sight, nothing all else alike; and not so.
  expect(isMisleading(naive, around(0, 0.02))).toBe(true)
  expect(isMisleading(naive, around(-0.018, 0.02))).toBe(false)
  // Both are seen, and one excludes the other; and not so.
  expect(isMisleading(around(-0.15, 0.02), around(-0.07, 0.03))).toBe(true)
  expect(isMisleading(around(-0.15, 0.05), around(-0.1, 0.04))).toBe(false)
  expect(isMisleading(null, around(0, 0.01))).toBe(false)
})
