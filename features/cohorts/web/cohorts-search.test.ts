import { expect, test } from 'vitest'
import { findMode, readSearch, toQuery } from './cohorts-search.ts'

test('an address is read, and what makes no sense in it is left out', () => {
  const cell = { cohort: '2026-03-02', stretch: 4, kind: 'not_by' }
  expect(readSearch({ size: 'month', returns: 'order', ...cell })).toEqual({
    size: 'month',
    returns: 'order',
    ...cell,
  })
  expect(readSearch({ size: 'year', mode: 7, stretch: 4, cohort: 'monday', split: 'city' })).toEqual({})
  expect(readSearch({ cohort: '2026-03-02', stretch: 13 })).toEqual({})
})

test('orders are looked at by the end of a stretch, contacts within it, unless the address says otherwise', () => {
  expect(findMode({ returns: 'order' })).toBe('by')
  expect(findMode({})).toBe('within')
  expect(findMode({ returns: 'order', mode: 'within' })).toBe('within')
})

test('how the answer is looked at is no part of the question', () => {
  const now = new Date('2026-03-31T22:30:00Z')
  const query = toQuery({ days: 7, mode: 'by', cohort: '2026-03-02', stretch: 1 }, now, 'Europe/Kyiv')
  // In Kyiv it is April already.
  expect(query).toMatchObject({ from: '2026-03-26', to: '2026-04-02' })
  expect(query).not.toHaveProperty('mode')
  expect(query).not.toHaveProperty('cohort')
})
