import { expect, test } from 'vitest'
import { readMixSearch } from './channel-mix-search.ts'

test('an address opens one list at a time, and what makes no sense is left out', () => {
  expect(readMixSearch({ days: 30, group: 'classic', mix: 3, problem: true })).toEqual({
    ...{ days: 30, group: 'classic', problem: true },
  })
  expect(readMixSearch({ mix: 0 })).toEqual({ mix: 0 })
  expect(readMixSearch({ group: 'carrier pigeon', mix: 4_000, problem: true, compare: 'nothing' })).toEqual(
    {},
  )
})
