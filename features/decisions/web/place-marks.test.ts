import { expect, test } from 'vitest'
import { findWeekOf, isAt, placeMarks } from './place-marks.ts'

const weeks = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23']
const decision = (id: number, day: string) => ({ id, day, title: `№ ${id}` })
const placeOf = (day: string) => {
  const week = findWeekOf(weeks, day)
  return week === undefined ? undefined : week / (weeks.length - 1)
}

test('a day lies in its week, and outside of all before the first and after the last', () => {
  const days = ['2026-03-01', '2026-03-02', '2026-03-08', '2026-03-29', '2026-03-30']
  expect(days.map((day) => findWeekOf(weeks, day))).toEqual([undefined, 0, 0, 3, undefined])
  expect(findWeekOf([], '2026-03-02')).toBeUndefined()
})

test('decisions stand in the order of time, near ones together, and none outside of the picture', () => {
  const decisions = [
    decision(4, '2026-03-25'),
    decision(2, '2026-03-04'),
    decision(9, '2025-01-01'),
    decision(3, '2026-03-12'),
    decision(1, '2026-03-03'),
  ]
  const found = (room: number) =>
    placeMarks(decisions, placeOf, room).map((mark) => [mark.at, mark.decisions.map(({ id }) => id)])
  expect(found(0.01)).toEqual([
    [0, [2, 1]],
    [1 / 3, [3]],
    [1, [4]],
  ])
  expect(found(0.5)).toEqual([
    [0, [2, 1, 3]],
    [1, [4]],
  ])
})

test.each([
  ['of the touchpoint', { stage: 'contact', touchpoint: 'chat' }, true],
  ['of another on the stage', { stage: 'contact', touchpoint: 'phone_call' }, false],
  ['of its stage', { stage: 'contact', touchpoint: null }, true],
  ['of another stage', { stage: 'delivery', touchpoint: null }, false],
  ['of the whole path', { stage: null, touchpoint: null }, true],
])('a decision %s stands on the trend of a touchpoint: %j, %s', (_, decision, expected) => {
  expect(isAt(decision, { stage: 'contact', touchpoint: 'chat' })).toBe(expected)
})

test('a trend of a whole stage marks what was decided at any of its touchpoints', () => {
  expect(isAt({ stage: 'contact', touchpoint: 'phone_call' }, { stage: 'contact' })).toBe(true)
  expect(isAt({ stage: 'order', touchpoint: 'cart' }, { stage: 'contact' })).toBe(false)
})
