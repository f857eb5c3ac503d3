import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { AppError } from './errors.ts'
import { getOffset, isTimeZone, toUtc } from './time-zone.ts'

const ZONES = Intl.supportedValuesOf('timeZone')
const zones = fc.constantFrom(...ZONES)
const instants = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) })

/** The second, independent way: what Intl prints, read back. */
function readOffsetFromIntl(ms: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = new Map(format.formatToParts(ms).map((part) => [part.type, Number(part.value)]))
  const at = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'))
  return shown - Math.floor(ms / 1000) * 1000
}

describe('names of zones', () => {
  test.each(['Europe/Kyiv', 'Europe/Kiev', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+3'])(
    '%s is one',
    (name) => {
      expect(isTimeZone(name)).toBe(true)
    },
  )

  test.each([
    '',
    '+03:00',
    'Kyiv',
    'Europe/Nowhere',
    'Europe/Kyiv ',
    '../etc/passwd',
    "UTC'",
    'a'.repeat(500),
  ])('"%s" is none', (name) => {
    expect(isTimeZone(name)).toBe(false)
    expect(() => getOffset(0, name)).toThrow(AppError)
  })

  test('a time that is not a number is refused, not guessed', () => {
    expect(() => getOffset(Number.NaN, 'UTC')).toThrow(AppError)
    expect(() => getOffset(1e18, 'Europe/Kyiv')).toThrow(AppError)
  })
})

describe('the clock of a zone', () => {
  test('agrees with Intl at random times in every zone', () => {
    fc.assert(
      fc.property(instants, zones, (ms, zone) => {
        expect(getOffset(ms, zone)).toBe(readOffsetFromIntl(ms, zone))
      }),
      { numRuns: 150 },
    )
  })

  test('is read back as calendars do, also around the moments when it was moved', () => {
    const near = fc.integer({ min: -3 * 3_600_000, max: 3 * 3_600_000 })
    fc.assert(
      fc.property(instants, zones, near, (ms, zone, distance) => {
        const change = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
        const at = change.getTimeZoneTransition('next') ?? change
        const local = at.epochMilliseconds + at.offsetNanoseconds / 1e6 + distance
        const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime()
        expect(toUtc(local, zone).ms).toBe(wall.toZonedDateTime(zone).epochMilliseconds)
      }),
      { numRuns: 500 },
    )
  })

  test('says when a time was skipped or shown twice', () => {
    expect(toUtc(Date.UTC(2024, 2, 31, 3, 30), 'Europe/Kyiv')).toEqual({
      ms: Date.UTC(2024, 2, 31, 1, 30),
      change: 'gap',
    })
    expect(toUtc(Date.UTC(2024, 9, 27, 3, 30), 'Europe/Kyiv')).toEqual({
      ms: Date.UTC(2024, 9, 27, 0, 30),
      change: 'overlap',
    })
    expect(toUtc(Date.UTC(2024, 9, 27, 5, 30), 'Europe/Kyiv')).toEqual({ ms: Date.UTC(2024, 9, 27, 3, 30) })
  })

  test('goes over the day that Samoa left out', () => {
    expect(toUtc(Date.UTC(2011, 11, 30, 12), 'Pacific/Apia')).toEqual({
      ms: Date.UTC(2011, 11, 30, 22),
      change: 'gap',
    })
  })
})
