import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBlankTime, type ParseTimeOptions, parseTime } from './parse-time.ts'

const kyiv: ParseTimeOptions = { zone: 'Europe/Kyiv' }

function read(text: string, options: ParseTimeOptions = kyiv): string | undefined {
  const time = parseTime(text, options)
  return time && new Date(time.ms).toISOString()
}

describe('a time as shops write it', () => {
  const table: Array<[text: string, iso: string]> = [
    ['2024-01-31T10:20:30Z', '2024-01-31T10:20:30.000Z'],
    ['2024-01-31T10:20:30.123456Z', '2024-01-31T10:20:30.123Z'],
    ['2024-01-31T10:20:30,5+02:00', '2024-01-31T08:20:30.500Z'],
    ['2024-01-31 10:20:30 -0330', '2024-01-31T13:50:30.000Z'],
    ['2024-01-31 10:20:30 UTC', '2024-01-31T10:20:30.000Z'],
    ['2024-01-31 10:20:30', '2024-01-31T08:20:30.000Z'],
    ['2024-07-31 10:20', '2024-07-31T07:20:00.000Z'],
    ['2024-01-31', '2024-01-30T22:00:00.000Z'],
    ['2024/1/5 9:05', '2024-01-05T07:05:00.000Z'],
    ['31.01.2024 10:20:30', '2024-01-31T08:20:30.000Z'],
    ['31.01.2024, 10:20', '2024-01-31T08:20:00.000Z'],
    ['31.01.24', '2024-01-30T22:00:00.000Z'],
    ['05/01/2024 3:07 PM', '2024-01-05T13:07:00.000Z'],
    ['05-01-1999', '1999-01-04T22:00:00.000Z'],
    ['20240131102030', '2024-01-31T08:20:30.000Z'],
    ['20240131', '2024-01-30T22:00:00.000Z'],
    ['1706696430', '2024-01-31T10:20:30.000Z'],
    ['1706696430.25', '2024-01-31T10:20:30.250Z'],
    ['1706696430123', '2024-01-31T10:20:30.123Z'],
    [' 2024-01-31 10:20:30 ', '2024-01-31T08:20:30.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ]
  test.each(table)('%s is %s in Kyiv', (text, iso) => {
    expect(read(text)).toBe(iso)
  })

  test('the order of day and month is told, never guessed', () => {
    expect(read('03/04/2024', { zone: 'UTC' })).toBe('2024-04-03T00:00:00.000Z')
    expect(read('03/04/2024', { zone: 'UTC', order: 'mdy' })).toBe('2024-03-04T00:00:00.000Z')
    expect(read('03/14/2024', { zone: 'UTC' })).toBeUndefined()
  })

  test('twelve o’clock is midnight in the morning and noon in the afternoon', () => {
    expect(read('01/02/2024 12:00 AM', { zone: 'UTC' })).toBe('2024-02-01T00:00:00.000Z')
    expect(read('01/02/2024 12:00 PM', { zone: 'UTC' })).toBe('2024-02-01T12:00:00.000Z')
  })

  test('a bare date is known to be one, a moved clock is named', () => {
    expect(parseTime('2024-01-31', kyiv)?.isDay).toBe(true)
    expect(parseTime('2024-01-31 00:00', kyiv)?.isDay).toBe(false)
    expect(parseTime('2024-03-31 03:30:00', kyiv)?.change).toBe('gap')
    expect(parseTime('2024-10-27 03:30:00', kyiv)?.change).toBe('overlap')
  })

  test.each([
    '2024-02-30',
    '2023-02-29 10:00:00',
    '2024-13-01',
    '2024-01-31 24:00:00',
    '2024-01-31 10:60:00',
    '2024-01-31 1a:20:30',
    '2024-01.31',
    '13:20 PM',
    '01/02/2024 13:00 PM',
    '2024-01-31T10:20+99:00',
    '12345',
    'yesterday',
    '0000-00-00 00:00:00',
    '',
    '1'.repeat(60),
  ])('"%s" is no time', (text) => {
    expect(parseTime(text, kyiv)).toBeUndefined()
  })

  test('the zeros of MySQL and an empty cell stand for no time at all', () => {
    for (const text of [
      '',
      '  ',
      '0000-00-00',
      '0000-00-00 00:00:00',
      '00.00.0000',
      '0000-00-00T00:00:00Z',
    ]) {
      expect(isBlankTime(text)).toBe(true)
    }
    expect(isBlankTime('2000-01-01 00:00:00')).toBe(false)
  })
})

describe('whatever comes in', () => {
  test('every instant written as ISO text is read back', () => {
    const instants = fc.date({
      min: new Date('0001-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    })
    fc.assert(fc.property(instants, (date) => parseTime(date.toISOString(), kyiv)?.ms === date.getTime()))
  })

  test('the short way for plain times agrees with the general one', () => {
    const seconds = fc.integer({ min: Date.UTC(1950, 0, 1) / 1000, max: Date.UTC(2060, 0, 1) / 1000 })
    fc.assert(
      fc.property(seconds, (at) => {
        const plain = new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ')
        expect(parseTime(plain, kyiv)).toEqual(parseTime(`${plain}.000`, kyiv))
      }),
    )
  })

  test('garbage is never an error', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[\d:.T /+-]{0,30}$/))
    fc.assert(
      fc.property(text, (garbage) => {
        const time = parseTime(garbage, kyiv)
        return time === undefined || Number.isSafeInteger(time.ms)
      }),
      { numRuns: 3000 },
    )
  })
})
