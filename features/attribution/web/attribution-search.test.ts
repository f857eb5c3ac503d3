import { expect, test } from 'vitest'
import { questionOf, readSearch } from './attribution-search.ts'

test('an address that makes sense is the question, and back', () => {
  const raw = {
    days: 30,
    by: 'campaign',
    order: 2,
    model: 'last',
    show: 'return',
    way: 'google / tea',
    compare: 'previous',
  }
  expect(readSearch(raw)).toEqual(raw)
  expect(questionOf(readSearch(raw), new Date('2026-10-01T12:00:00Z'), 'Europe/Kyiv')).toEqual({
    from: '2026-09-02',
    to: '2026-10-02',
    by: 'campaign',
    order: 2,
    compare: 'previous',
  })
})

test('what makes no sense is left out', () => {
  expect(readSearch({ by: 'mood', order: 7, model: 3, show: 'all', way: ['a'], nulls: true })).toEqual({})
  expect(readSearch({ way: 2026 })).toEqual({ way: '2026' })
  expect(readSearch({ way: 'x'.repeat(601) })).toEqual({})
})
