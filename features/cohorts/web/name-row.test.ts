import { expect, test } from 'vitest'
import { haveYears, nameRow } from './name-row.ts'

test('rows of several years tell theirs, a whole month by its name', () => {
  const month = { from: '2017-09-01', to: '2017-10-01' }
  const week = { from: '2017-12-25', to: '2018-01-01' }
  expect(nameRow(month, false, 'en-GB')).toBe('1 Sept – 30 Sept')
  expect(nameRow(month, true, 'en-GB')).toBe('Sept 2017')
  expect(nameRow(month, true, 'ru-RU')).toBe('сент. 2017')
  expect(nameRow(month, true, 'uk-UA')).toBe('вер. 2017')
  expect(nameRow(week, true, 'en-GB')).toBe('25 Dec – 31 Dec 2017')
  expect(nameRow({ from: '2017-09-03', to: '2017-10-01' }, true, 'en-GB')).toBe('3 Sept – 30 Sept 2017')
  expect(nameRow({ from: '2017-09-03', to: '2017-09-04' }, true, 'en-GB')).toBe('3 Sept 2017')
  const cohort = (from: string) => ({ from, to: from, n: 0, cells: [] })
  expect(haveYears([cohort('2016-09-01'), cohort('2017-01-01')])).toBe(true)
  expect(haveYears([cohort('2017-01-01'), cohort('2017-09-01')])).toBe(false)
  expect(haveYears([])).toBe(false)
})
