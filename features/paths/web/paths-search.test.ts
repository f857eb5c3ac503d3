import { expect, test } from 'vitest'
import { readSearch, toQuery } from './paths-search.ts'

test('what makes no sense in an address is left out, and the rest is kept', () => {
  expect(
    readSearch({
      ...{ view: 'flow', per: 'year', by: 'stage', depth: 99, top: 5, at: '', repeats: 'each' },
      who: { column: 2, spot: 'cart', line: 'sideways', step: 7 },
    }),
  ).toEqual({ view: 'flow', by: 'stage', top: 5, repeats: 'each', who: { column: 2, spot: 'cart' } })
  expect(readSearch({ who: 'everybody', through: 'x'.repeat(500) })).toEqual({})
})

test('each picture asks for its own part of the question', () => {
  const now = new Date('2026-03-10T12:00:00Z')
  const search = { days: 7, at: 'cart', through: 'chat', per: 'visit' as const }
  expect(toQuery(search, now, 'UTC')).toMatchObject({
    from: '2026-03-04',
    to: '2026-03-11',
    at: 'cart',
    per: 'visit',
  })
  expect(toQuery({ ...search, view: 'variants' }, now, 'UTC')).toMatchObject({ through: 'chat' })
  expect(toQuery({ ...search, view: 'steps' }, now, 'UTC')).not.toHaveProperty('at')
})
