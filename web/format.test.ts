import { describe, expect, it } from 'vitest'
import {
  dayOf,
  formatBytes,
  formatDay,
  formatInstant,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRelative,
} from './format.ts'

/** Intl separates with no-break and narrow no-break spaces; tests are easier to read without them. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('numbers', () => {
  it.each([
    [18412, 'ru', {}, '18 412'],
    [-9.4, 'ru', { digits: 1, signed: true }, '−9,4'],
    [6.1, 'uk', { digits: 1, signed: true }, '+6,1'],
    [0, 'en-GB', { signed: true }, '0'],
    [-1234.5, 'en-GB', { digits: 1 }, '−1,234.5'],
    [1284000, 'ru', { compact: true, digits: 1 }, '1,3 млн'],
    [2, 'ru', { digits: 2 }, '2,00'],
  ])('%d in %s %j is written %s', (value, locale, style, expected) => {
    expect(plain(formatNumber(value, locale, style))).toBe(expected)
  })

  it.each([
    [0.28, 'ru', {}, '28 %'],
    [-0.034, 'uk', { digits: 1, signed: true }, '−3,4%'],
    [1, 'en-GB', {}, '100%'],
  ])('a share of %d in %s %j is written %s', (share, locale, style, expected) => {
    expect(plain(formatPercent(share, locale, style))).toBe(expected)
  })

  it.each([
    [0, 'en-GB', '0 bytes'],
    [999, 'en-GB', '999 bytes'],
    [48_200, 'en-GB', '48 kB'],
    [1_260_000, 'ru', '1,3 МБ'],
    [5_000_000_000_000, 'en-GB', '5,000 GB'],
  ])('%d bytes in %s are %s', (bytes, locale, expected) => {
    expect(plain(formatBytes(bytes, locale))).toBe(expected)
  })
})

describe('money', () => {
  it.each([
    [142860281, 'UAH', 'ru', false, '1 428 602,81 ₴'],
    [41200000, 'UAH', 'uk', false, '412 000 ₴'],
    [41200000, 'UAH', 'uk', true, '412 000,00 ₴'],
    [-50, 'EUR', 'en-GB', false, '−€0.50'],
    [980000, 'JPY', 'ru', true, '980 000 ¥'],
    [1250, 'KWD', 'en-GB', false, 'KWD 1.250'],
  ])('%d minor units of %s in %s (exact: %s) are %s', (minor, currency, locale, exact, expected) => {
    expect(plain(formatMoney(minor, currency, locale, exact))).toBe(expected)
  })

  it('keeps the two digits of ISO 4217 where browsers assume none', () => {
    // CLDR shows Serbian dinars without paras, and dividing by its digits would make them a hundred times more.
    expect(plain(formatMoney(123456, 'RSD', 'en-GB'))).toBe('RSD 1,234.56')
  })

  it('is exact beyond what a float can hold', () => {
    expect(plain(formatMoney(Number.MAX_SAFE_INTEGER, 'USD', 'en-US'))).toBe('$90,071,992,547,409.91')
  })
})

describe('times', () => {
  const kyiv = 'Europe/Kyiv'

  it('are shown by the clock of the shop, not of the browser', () => {
    const at = new Date('2026-11-21T22:30:00Z')
    expect(plain(formatInstant(at, 'en-GB', kyiv))).toBe('22 Nov 2026, 00:30')
    expect(plain(formatInstant(at, 'ru', 'America/New_York'))).toBe('21 нояб. 2026, 17:30')
    expect(formatInstant(at, 'en-GB', kyiv, 'full')).toContain('GMT+2')
    expect(dayOf(at, kyiv)).toBe('2026-11-22')
  })

  it('write a calendar day as itself', () => {
    expect(plain(formatDay('2026-11-18', 'ru'))).toBe('18 нояб. 2026')
    expect(plain(formatDay('2026-11-18', 'uk', true))).toBe('середа, 18 листопада 2026 р.')
  })

  const now = new Date('2026-11-22T21:30:00Z') // 23:30 in Kyiv
  it.each([
    ['2026-11-22T21:29:40Z', 'сейчас'],
    ['2026-11-22T21:25:00Z', '5 минут назад'],
    ['2026-11-22T20:30:00Z', '1 час назад'],
    ['2026-11-22T21:40:00Z', 'через 10 минут'],
    ['2026-11-20T10:00:00Z', 'позавчера'],
    ['2026-11-16T10:00:00Z', '6 дней назад'],
    ['2026-11-15T10:00:00Z', '15 нояб. 2026'],
  ])('%s is %s', (at, expected) => {
    expect(plain(formatRelative(new Date(at), now, 'ru', kyiv))).toBe(expected)
  })

  it('call the small hours of the same day hours, and the evening before yesterday', () => {
    // 00:30 today and 23:30 yesterday by the shop's clock, both about a day ago.
    expect(plain(formatRelative(new Date('2026-11-21T22:30:00Z'), now, 'ru', kyiv))).toBe('23 часа назад')
    expect(plain(formatRelative(new Date('2026-11-21T21:30:00Z'), now, 'ru', kyiv))).toBe('вчера')
  })
})
