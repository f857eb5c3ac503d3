import { expect, it } from 'vitest'
import { readMinutes, weekdayNames, writeMinutes } from './clock-text.ts'

it('a time of day goes to minutes and back; midnight as an end is the end of the day', () => {
  for (const minutes of [0, 1, 540, 1_439]) expect(readMinutes(writeMinutes(minutes))).toBe(minutes)
  expect(readMinutes(writeMinutes(1_440), true)).toBe(1_440)
  expect(readMinutes('00:00')).toBe(0)
  expect(readMinutes('')).toBeNaN()
})

it('the week begins with Monday in every language', () => {
  expect(weekdayNames('en')[0]).toBe('Mon')
  expect(weekdayNames('ru')).toEqual(['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'])
  expect(weekdayNames('uk')[6]).toBe('нд')
})
