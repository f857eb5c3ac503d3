import { expect, test } from 'vitest'
import { daysOf, questionOf, readSearch } from './attribution-search.ts'

const NOW = new Date('2026-03-31T22:30:00Z')

test('an address is read as far as it makes sense', () => {
  expect(
    readSearch({ period: 30, by: 'source', model: 'last', order: 2, nulls: 'without', segment: 4 }),
  ).toEqual({
    period: '30',
    by: 'source',
    model: 'last',
    order: 2,
    nulls: 'without',
    segment: 4,
  })
  expect(readSearch({ period: 31, by: 'mood', model: 7, order: 9, nulls: 'x', segment: 'all' })).toEqual({})
  expect(readSearch({ from: '2026-02-30', to: 'x' })).toEqual({})
  expect(readSearch({ from: '2026-02-03', to: '2026-02-01', period: '30' })).toEqual({ period: '30' })
})

test('days are the shop’s, and the server is told the end exclusively', () => {
  expect(daysOf({ period: '30' }, NOW, 'Europe/Kyiv')).toEqual({ from: '2026-03-03', to: '2026-04-01' })
  expect(questionOf({ from: '2026-02-01', to: '2026-02-28', by: 'source' }, NOW, 'UTC')).toEqual({
    from: '2026-02-01',
    to: '2026-03-01',
    by: 'source',
  })
})
