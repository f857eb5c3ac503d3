import { expect, test } from 'vitest'
import { readSearch, toQuery } from './conformance-search.ts'

const SCENARIO = '7b0a3c1e-3f53-4a3f-9d5e-2f1f0f7b9a10'

test('an address says the question and the open list', () => {
  const raw = { days: 30, scenario: SCENARIO, outcome: 'low', part: 'move', step: 0, toStep: 3 }
  expect(readSearch(raw)).toEqual(raw)
  expect(toQuery(readSearch(raw), new Date('2026-11-23T10:00:00Z'), 'UTC')).toMatchObject({
    ...{ from: '2026-10-25', to: '2026-11-24', scenario: SCENARIO, outcome: 'low' },
  })
})

test('what makes no sense is left out', () => {
  expect(
    readSearch({
      ...{ scenario: '7', outcome: 'mood', part: 'all', step: 61, toStep: 0, by: 'x', side: 1 },
      stage: 'Order <b>',
    }),
  ).toEqual({})
})
