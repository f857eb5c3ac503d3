import { describe, expect, test } from 'vitest'
import type { StageAnswer, TrendPoint } from '../contract.ts'
import { findPlaceOfDay, isLabelAbove, isTooFine, layOutTrend, tellingPoints } from './stage-trend-layout.ts'

const said = (mean: number, n = 200) => ({ n, mean, low: mean - 5, high: mean + 5 })
const week = (index: number, own: Partial<TrendPoint> = {}): TrendPoint => ({
  fromDay: `2026-09-${String(7 * index + 7).padStart(2, '0')}`,
  toDay: `2026-09-${String(7 * index + 13).padStart(2, '0')}`,
  persons: 200,
  contacts: 200,
  said: null,
  kept: null,
  heard: 0,
  measured: 0,
  ...own,
})

describe('where everything stands', () => {
  test('few parts don’t drift apart, many scroll', () => {
    expect(layOutTrend([week(0), week(1)], 1200).step).toBe(150)
    const many = layOutTrend(
      Array.from({ length: 90 }, () => week(0)),
      390,
    )
    expect([many.step, many.width]).toEqual([34, 34 + 90 * 34])
    expect(many.hasRoom).toBe(false)
  })

  test('of no points and no room there is a picture all the same', () => {
    const none = layOutTrend([], 0)
    expect([none.reach, none.placed]).toEqual([40, []])
    expect(none.width).toBeGreaterThan(0)
  })

  test('below thirty persons a part has no place on the curve', () => {
    const { placed } = layOutTrend([week(0, { said: said(20, 29) }), week(1, { said: said(20, 30) })], 600)
    expect(placed.map((one) => one !== null)).toEqual([false, true])
  })
})

test('a decision stands within its part by its day', () => {
  const points = [week(0), week(1), week(2)]
  expect(findPlaceOfDay(points, '2026-09-07')).toBe(0)
  expect(findPlaceOfDay(points, '2026-09-17')).toBeCloseTo(1 + 3 / 7)
  expect(findPlaceOfDay(points, '2026-10-07')).toBeUndefined()
})

test('numbers of a level stretch stay on one side, those of peaks and valleys on theirs', () => {
  const level = [60, 62, 61]
  expect(level.map((_, index) => isLabelAbove(level, index))).toEqual([true, true, true])
  expect([-50, -51, -50].map((_, index) => isLabelAbove([-50, -51, -50], index))).toEqual([
    false,
    false,
    false,
  ])
  expect([10, 40, -20].map((_, index) => isLabelAbove([10, 40, -20], index))).toEqual([false, true, false])
})

test('the lowest, the highest and the last known point are told', () => {
  const points = [10, 50, -30, 20].map((mean, index) => week(index, { said: said(mean) }))
  expect([...tellingPoints([...points, week(3)], 'said')].sort()).toEqual([1, 2, 3])
  expect(tellingPoints([], 'said').size).toBe(0)
})

test('parts are too fine when none speaks although the whole does', () => {
  const answer = (trend: TrendPoint[], by: StageAnswer['by']) =>
    ({ trend, by, stage: { said: said(10), kept: null } }) as unknown as StageAnswer
  expect(isTooFine(answer([week(0), week(1)], 'day'))).toBe(true)
  expect(isTooFine(answer([week(0), week(1, { said: said(10, 40) })], 'day'))).toBe(false)
  expect(isTooFine(answer([week(0)], 'month'))).toBe(false)
})
