import { describe, expect, test } from 'vitest'
import { findDays, readReportSearch, toReportQuery } from './report-search.ts'
import { isSameSearch, searchTextOf, writeSavedAddress } from './saved-search.ts'

const NOW = new Date('2026-11-23T22:30:00Z')
const KYIV = 'Europe/Kyiv'

describe('the address of a report', () => {
  test('is read as it was written', () => {
    const whole = {
      from: '2026-03-01',
      to: '2026-03-31',
      segment: 4,
      sample: 0.1,
      compare: 'segment:7',
      saved: 3,
    }
    expect(readReportSearch(whole)).toEqual(whole)
    expect(readReportSearch({ days: 30, compare: 'previous' })).toEqual({ days: 30, compare: 'previous' })
  })

  test('of its own days forgets their number', () => {
    expect(readReportSearch({ days: 30, from: '2026-03-01', to: '2026-03-31' })).toEqual({
      from: '2026-03-01',
      to: '2026-03-31',
    })
  })

  test.each([
    [{ days: 0 }],
    [{ days: 'thirty' }],
    [{ days: 1e9 }],
    [{ from: '2026-03-31', to: '2026-03-01' }],
    [{ from: '2026-02-30', to: '2026-03-01' }],
    [{ from: '2026-03-01' }],
    [{ segment: -1 }],
    [{ sample: 2 }],
    [{ sample: 1 }],
    [{ compare: 'segment:0' }],
    [{ compare: 'segment:7 or 1=1' }],
    [{ saved: 1.5 }],
  ])('leaves out what makes no sense: %j', (raw) => {
    expect(readReportSearch(raw)).toEqual({})
  })

  test('asks the server for days up to today by the shop’s clock, the end excluded', () => {
    expect(findDays({}, NOW, KYIV)).toEqual({ from: '2026-08-27', to: '2026-11-24' })
    expect(toReportQuery({ days: 7, segment: 4 }, NOW, KYIV)).toEqual({
      from: '2026-11-18',
      to: '2026-11-25',
      segment: 4,
      sample: undefined,
      compare: undefined,
    })
    expect(toReportQuery({ from: '2026-02-01', to: '2026-02-28' }, NOW, KYIV)).toMatchObject({
      to: '2026-03-01',
    })
  })
})

describe('a saved question', () => {
  test('is the address without the name that it is kept under', () => {
    expect(searchTextOf('?days=30&saved=4&steps=%5B%7B%22name%22%3A%22%D1%87%D0%B0%D0%B9+%22%7D%5D')).toBe(
      'days=30&steps=%5B%7B%22name%22%3A%22%D1%87%D0%B0%D0%B9+%22%7D%5D',
    )
  })

  test('is the same in another order, and another one with another value', () => {
    expect(isSameSearch('?days=30&segment=4&saved=9', 'segment=4&days=30')).toBe(true)
    expect(isSameSearch('?days=30', 'days=7')).toBe(false)
    expect(isSameSearch('', '')).toBe(true)
  })

  test('opens on its report’s page', () => {
    expect(writeSavedAddress(2, { id: 9, path: 'funnel', search: 'days=30' })).toBe(
      '/s/2/funnel?days=30&saved=9',
    )
    expect(writeSavedAddress(2, { id: 9, path: 'funnel', search: '' })).toBe('/s/2/funnel?saved=9')
  })
})
