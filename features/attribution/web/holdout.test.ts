import { expect, test } from 'vitest'
import reference from '../../../test/reference/attribution.json' with { type: 'json' }
import { findPower, findRestlessness, MAX_WEEKS, planHoldout } from './holdout.ts'

test.each(reference.power)('the power of a difference of $size in $n weeks is R’s', ({ size, n, power }) => {
  expect(findPower(size, n)).toBeCloseTo(power, 6)
})

/** Weeks that swing by ±10 around 200, so that the spread is 20/√2. */
const weeks = Array.from({ length: 30 }, (_, at) => (at % 2 ? 210 : 190))
const facts = { weeks, effect: 0, reached: 4_000, rate: 0.06 }
const spread = Math.sqrt(findRestlessness(weeks))

test('weeks of pauses are those that R asks for', () => {
  expect(spread).toBeCloseTo(Math.SQRT1_2 * 20, 12)
  expect([0.3, 0.5, 0.9].map((size) => planHoldout({ ...facts, effect: size * spread }, 0.5).pauses)).toEqual(
    [
      // 176 weeks of each would be needed for the smallest one.
      null,
      ...reference.needed.slice(1),
    ],
  )
  expect(reference.needed[0]).toBeGreaterThan(MAX_WEEKS)
})

test('people kept from ads by lot are as many as R asks for', () => {
  expect(planHoldout({ ...facts, effect: 40 }, 0.2).people).toBe(reference.people)
})

test('a larger effect and more regions take less time, and no effect is never seen', () => {
  const small = planHoldout({ ...facts, effect: 15 }, 0.2)
  const large = planHoldout({ ...facts, effect: 60 }, 0.2)
  expect(large.regions).toBeLessThan(small.regions ?? 0)
  expect(planHoldout({ ...facts, effect: 60 }, 0.5).regions).toBeLessThanOrEqual(large.regions ?? 0)
  expect(planHoldout(facts, 0.2)).toEqual({ pauses: null, regions: null, people: null })
})

test('too few weeks, no orders and effects larger than all orders give no number of weeks', () => {
  for (const odd of [
    { weeks: [5] },
    { weeks: [] },
    { weeks: [0, 0, 0] },
    { effect: Number.NaN },
    { effect: -3 },
  ]) {
    const plan = planHoldout({ ...facts, effect: 20, ...odd }, 0.3)
    expect([plan.pauses, plan.regions]).toEqual([null, null])
  }
  expect(planHoldout({ ...facts, effect: 1e6 }, 0.3)).toMatchObject({ regions: null, people: null })
})

test('counts are never taken for calmer than chance leaves them', () => {
  expect(findRestlessness([100, 100, 100])).toBe(100)
  // A steady rise is no restlessness.
  expect(findRestlessness([100, 110, 120, 130])).toBe(115)
})
