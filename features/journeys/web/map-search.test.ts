import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysOf, questionOf, readSearch } from './map-search.ts'

const zone = 'Europe/Kyiv'
/** Already the 1st of March in Kyiv, still February in UTC. */
const night = new Date('2026-02-28T22:30:00Z')

describe('the address of the map', () => {
  it('is read as far as it makes sense', () => {
    expect(readSearch({ period: 30, segment: 'first_channel:search_ad', table: true, junk: 1 })).toEqual({
      period: 30,
      segment: 'first_channel:search_ad',
      table: true,
    })
    expect(
      readSearch({ period: 31, from: '2026-02-30x', to: 7, compare: 'DROP TABLE', people: 'all' }),
    ).toEqual({})
  })

  it('takes a range of days only whole and the right way round', () => {
    expect(readSearch({ from: '2026-01-05', to: '2026-01-05', period: 7 })).toEqual({
      from: '2026-01-05',
      to: '2026-01-05',
    })
    expect(readSearch({ from: '2026-01-06', to: '2026-01-05' })).toEqual({})
    expect(readSearch({ from: '2026-99-99', to: '2026-99-99' })).toEqual({})
  })

  it('knows a touchpoint and people only within a stage', () => {
    expect(readSearch({ touchpoint: 'chat', people: 'heard' })).toEqual({})
    expect(readSearch({ stage: 'contact', touchpoint: 'chat', people: 'heard' })).toEqual({
      stage: 'contact',
      touchpoint: 'chat',
      people: 'heard',
    })
  })

  it('never fails, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (raw) => {
        const search = readSearch(raw)
        expect(readSearch(search)).toEqual(search)
      }),
    )
  })
})

describe('the period', () => {
  it('goes by the days of the shop', () => {
    expect(daysOf({ period: 7 }, night, zone)).toEqual({ from: '2026-02-23', to: '2026-03-01' })
    expect(daysOf({ period: 'this_month' }, night, zone)).toEqual({ from: '2026-03-01', to: '2026-03-01' })
    expect(daysOf({ period: 'last_month' }, night, zone)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  })

  it('is the last 90 days unless told otherwise, and ends before the next day begins', () => {
    expect(questionOf({}, night, zone)).toEqual({ from: '2025-12-02', to: '2026-03-02' })
    expect(questionOf({ segment: 'all', compare: 'previous' }, night, zone)).toEqual({
      from: '2025-12-02',
      to: '2026-03-02',
      compare: 'previous',
    })
  })
})
