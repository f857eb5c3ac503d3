import { expect, test } from 'vitest'
import { readDriversSearch, toDriversQuery, turnTo } from './drivers-search.ts'

test('an address keeps what makes sense', () => {
  const search = {
    ...{ outcome: 'repeat', view: 'quadrant', days: 365, segment: 3 },
    ...{ driver: 'operator.Тарас', who: 'lost' },
  }
  expect(readDriversSearch(search)).toEqual(search)
})

test('an address loses what doesn’t', () => {
  const raw = {
    outcome: 'joy',
    view: 'cube',
    driver: 'a\0b',
    who: 'lost',
    compare: 'previous',
    days: -1,
  }
  expect(readDriversSearch(raw)).toEqual({ days: 365 })
  expect(readDriversSearch({ driver: 'x'.repeat(161) })).toEqual({ days: 365 })
  expect(readDriversSearch({ driver: 7, who: 'exposed' })).toEqual({ days: 365 })
})

test('a year is asked for unless told otherwise, two for what comes late', () => {
  expect(readDriversSearch({})).toEqual({ days: 365 })
  expect(readDriversSearch({ outcome: 'repeat' })).toEqual({ outcome: 'repeat', days: 730 })
  expect(readDriversSearch({ outcome: 'repeat', days: 365 })).toEqual({ outcome: 'repeat', days: 365 })
  expect(readDriversSearch({ days: 30 })).toEqual({ days: 30 })
  const range = { from: '2026-01-01', to: '2026-03-31' }
  expect(readDriversSearch(range)).toEqual(range)
})

test('how the answer is drawn and what lies open is no part of the question', () => {
  const search = { outcome: 'ordered' as const, view: 'quadrant' as const, driver: 'event.insert', days: 7 }
  expect(toDriversQuery(search, new Date('2026-10-31T10:00:00Z'), 'UTC')).toEqual({
    from: '2026-10-25',
    to: '2026-11-01',
    segment: undefined,
    sample: undefined,
    outcome: 'ordered',
  })
})

test('another outcome brings its own usual days, and leaves those that somebody chose', () => {
  expect(turnTo('repeat', { days: 365 })).toEqual({ outcome: 'repeat', days: undefined })
  expect(turnTo('ordered', { outcome: 'repeat', days: 730 })).toEqual({ outcome: 'ordered', days: undefined })
  expect(turnTo('repeat', { days: 90 })).toEqual({ outcome: 'repeat' })
  expect(turnTo('repeat', { from: '2026-01-01', to: '2026-03-31' })).toEqual({ outcome: 'repeat' })
})
