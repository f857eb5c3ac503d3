import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundMoney } from './round-money.ts'
import { makeScale } from './scale.ts'

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })

test('every value and zero have their place, from left to right', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
      const { at, isBeyond, ticks } = makeScale(values)
      for (const one of [0, ...values]) expect(isBeyond(one)).toBe(false)
      const sorted = values.toSorted((a, b) => a - b).map(at)
      expect(sorted).toEqual(sorted.toSorted((a, b) => a - b))
      expect(ticks.some((tick) => Math.abs(tick) < 1e-12)).toBe(true)
      expect(ticks.length).toBeLessThanOrEqual(9)
    }),
  )
})

test('ticks are round numbers', () => {
  expect(makeScale([-0.156, 0.059]).ticks.map((tick) => Math.round(tick * 100))).toEqual([
    -20, -15, -10, -5, 0, 5, 10,
  ])
  expect(makeScale([-0.9, 2.1]).ticks).toEqual([-1, 0, 1, 2, 3])
  expect(makeScale([]).ticks).toContain(0)
})

test('what lies beyond stands at the edge', () => {
  const { at, isBeyond } = makeScale([-1, 1])
  expect([at(-50), at(0), at(50)]).toEqual([0, 0.5, 1])
  expect(isBeyond(-50)).toBe(true)
})

test('money is written as surely as it is known', () => {
  expect(roundMoney(9_623_411, 2)).toBe(9_600_000)
  expect(roundMoney(-12_345_678, 2)).toBe(-12_000_000)
  expect(roundMoney(43_27, 2)).toBe(43_00)
  expect(roundMoney(5_27, 2)).toBe(5_30)
  expect(roundMoney(1_234, 0)).toBe(1_200)
  expect(roundMoney(0, 2)).toBe(0)
})
