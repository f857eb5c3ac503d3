import { expect, test } from 'vitest'
import { makeScale, placeOf } from './curve.ts'

const bin = (from: number, to: number | null) => ({
  ...{ from, to, persons: 1, days: 1, events: 1, plain: 1, adjusted: null, gain: null },
})

test('a scale begins with 0 where that is meant, and ends above all that is drawn', () => {
  const { low, high, ticks } = makeScale([3.2, 7.9], true)
  expect([low, high]).toEqual([0, 8])
  expect(ticks).toEqual([0, 2, 4, 6, 8])
  expect(makeScale([-12, 40], false).at(-20)).toBe(0)
  expect(makeScale([5, 5], false).ticks.length).toBeGreaterThan(1)
  expect(makeScale([0], true).at(0)).toBe(0)
})

test('a number of contacts stands in its group’s column', () => {
  const bins = [bin(0, 0), bin(1, 2), bin(3, null)]
  expect([0, 1, 2, 3, 9].map((contacts) => placeOf(contacts, bins))).toEqual([0.5, 1.25, 1.75, 2.5, 3])
})
