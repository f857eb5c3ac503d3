import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clampTime,
  DAY_MS,
  dayRange,
  daysBetween,
  findDay,
  formatDay,
  intersectRanges,
  isWithin,
  localDay,
  parseDay,
  readDay,
  STORABLE_TIMES,
  startOfDay,
} from './time.ts'

const anyDay = fc.integer({ min: -719_528, max: 2_932_896 })

describe('ranges', () => {
  test('hold their start and not their end', () => {
    expect(isWithin(10, { from: 10, to: 20 })).toBe(true)
    expect(isWithin(20, { from: 10, to: 20 })).toBe(false)
  })

  test('that only touch share nothing', () => {
    expect(intersectRanges({ from: 0, to: 10 }, { from: 10, to: 20 })).toBeUndefined()
    expect(intersectRanges({ from: 0, to: 15 }, { from: 10, to: 20 })).toEqual({ from: 10, to: 15 })
  })

  test('clamp every number into themselves, the year 0, the year 9999 and NaN included', () => {
    fc.assert(fc.property(fc.double(), (ms) => isWithin(clampTime(ms, STORABLE_TIMES), STORABLE_TIMES)))
    expect(clampTime(Date.UTC(9999, 0, 1), STORABLE_TIMES)).toBe(Date.UTC(2100, 0, 1) - 1)
    expect(clampTime(Number.NaN, STORABLE_TIMES)).toBe(Date.UTC(2000, 0, 1))
  })
})

describe('days', () => {
  test('agree with the calendar of Date from year 0 to 9999', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(formatDay(day)).toBe(new Date(day * DAY_MS).toISOString().slice(0, 10))
        const { year, month, date } = readDay(day)
        expect(findDay(year, month, date)).toBe(day)
        expect(parseDay(formatDay(day))).toBe(year === 0 ? undefined : day)
      }),
    )
  })

  test.each([
    '2023-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-04-31',
    '2023-4-1',
    '1900-02-29',
    '0000-01-01',
    '',
  ])('%s is no day', (text) => {
    expect(parseDay(text)).toBeUndefined()
  })

  test('2000 and 2024 were leap years', () => {
    expect(parseDay('2000-02-29')).toBe(11_016)
    expect(parseDay('2024-02-29')).toBe(19_782)
  })
})

describe('the day of an instant', () => {
  test('is the one on the clock of the zone', () => {
    const lateEvening = Date.UTC(2024, 0, 31, 22, 30)
    expect(formatDay(localDay(lateEvening, 'UTC'))).toBe('2024-01-31')
    expect(formatDay(localDay(lateEvening, 'Europe/Kyiv'))).toBe('2024-02-01')
    expect(formatDay(localDay(lateEvening, 'America/Sao_Paulo'))).toBe('2024-01-31')
  })

  test('a parcel promised for a day and handed over that evening is not late', () => {
    const promised = startOfDay(parseDay('2017-08-01') ?? 0, 'America/Sao_Paulo')
    const received = Date.UTC(2017, 7, 2, 1, 15)
    expect(daysBetween(promised, received, 'America/Sao_Paulo')).toBe(0)
    expect(daysBetween(promised, received + 2 * 3_600_000, 'America/Sao_Paulo')).toBe(1)
  })

  test('starts at the end of the gap where midnight was skipped', () => {
    // São Paulo moved its clock from 0:00 to 1:00 on 2017-10-15.
    const day = parseDay('2017-10-15') ?? 0
    expect(startOfDay(day, 'America/Sao_Paulo')).toBe(Date.UTC(2017, 9, 15, 3))
    expect(localDay(Date.UTC(2017, 9, 15, 3) - 1, 'America/Sao_Paulo')).toBe(day - 1)
  })

  test('ranges of days cover the 23 hours and the 25 hours of a moved clock', () => {
    const spring = parseDay('2024-03-31') ?? 0
    const autumn = parseDay('2024-10-27') ?? 0
    const hours = (first: number, last: number) => {
      const { from, to } = dayRange(first, last, 'Europe/Kyiv')
      return (to - from) / 3_600_000
    }
    expect(hours(spring, spring)).toBe(23)
    expect(hours(autumn, autumn)).toBe(25)
    expect(hours(spring, spring + 1)).toBe(47)
  })

  test('every instant lies in the range of its own day', () => {
    const zones = fc.constantFrom('Europe/Kyiv', 'Pacific/Apia', 'Asia/Kathmandu', 'America/St_Johns', 'UTC')
    const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2090, 0, 1) })
    fc.assert(
      fc.property(instants, zones, (ms, zone) => {
        const day = localDay(ms, zone)
        return isWithin(ms, dayRange(day, day, zone))
      }),
    )
  })
})
