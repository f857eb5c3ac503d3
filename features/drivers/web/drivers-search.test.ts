import { expect, test } from 'vitest'
import { readDriversSearch, toDriversQuery } from './drivers-search.ts'

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
  expect(readDriversSearch(raw)).toEqual({})
  expect(readDriversSearch({ driver: 'x'.repeat(161) })).toEqual({})
  expect(readDriversSearch({ driver: 7, who: 'exposed' })).toEqual({})
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
