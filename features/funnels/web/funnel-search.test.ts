import { expect, test } from 'vitest'
import { readSearch, toQuery } from './funnel-search.ts'

test('an address is read as it was written', () => {
  const list = { step: 2, kind: 'left', group: 'phone', isOther: true } as const
  const search = {
    days: 30,
    compare: 'previous',
    window: 7,
    per: 'session',
    by: 'traits.city',
    list,
  } as const
  expect(readSearch({ ...search, steps: [{ name: 'a' }, { state: 'placed', optional: true }] })).toEqual({
    ...search,
    steps: [{ name: 'a' }, { state: 'placed', optional: true }],
  })
})

test.each([
  [{ days: 0.5 }],
  [{ window: 'long' }],
  [{ window: 400 }],
  [{ steps: [null] }],
  [{ steps: [{ label: {} }] }],
  [{ steps: 'a' }],
  [{ list: { kind: 'left' } }],
  [{ list: { step: 65 } }],
  [{ segment: -1 }],
])('%j makes no sense and is left out', (raw) => {
  expect(readSearch(raw)).toEqual({})
})

test('the period ends with today in the shop’s zone, the end exclusive', () => {
  // In Kyiv it is the eleventh already.
  const query = toQuery({ days: 7 }, new Date('2026-03-10T23:00:00Z'), 'Europe/Kyiv')
  expect(query).toMatchObject({ from: '2026-03-05', to: '2026-03-12', steps: undefined })
})
