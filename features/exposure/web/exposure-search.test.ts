import { expect, test } from 'vitest'
import { readExposureSearch, toExposureQuery } from './exposure-search.ts'

test('an address keeps what makes sense', () => {
  const search = { touchpoint: 'newsletter', outcome: 'repeat', window: 14, bin: 3, last: 4, days: 30 }
  expect(readExposureSearch(search)).toEqual(search)
})

test('an address loses what doesn’t', () => {
  const raw = {
    touchpoint: '<b>',
    outcome: 'joy',
    window: 31,
    bin: 5,
    last: 2,
    compare: 'previous',
    days: -3,
  }
  expect(readExposureSearch(raw)).toEqual({})
})

test('the usual window needn’t be asked for', () => {
  const query = toExposureQuery({ window: 30, outcome: 'attitude' }, new Date('2026-10-31T10:00:00Z'), 'UTC')
  expect(query).toMatchObject({ to: '2026-11-01', outcome: 'attitude', window: undefined })
})
