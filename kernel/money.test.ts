import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CURRENCIES, findCurrency, findMinorDigits } from './currencies.ts'
import { AppError } from './errors.ts'
import { formatDecimal, formatMoney, parseMoney } from './money.ts'

function minor(amount: string | number, currency = 'UAH', decimal?: '.' | ','): number | string {
  const parsed = parseMoney(amount, currency, { decimal })
  return parsed.ok ? parsed.minor : parsed.problem
}

describe('currencies', () => {
  test.each([
    ['UAH', 2],
    ['RUB', 2],
    ['BRL', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['HUF', 2],
  ])('%s has %i digits after the point', (code, digits) => {
    expect(findMinorDigits(code)).toBe(digits)
  })

  test('hold every code that the platform knows as in use today', () => {
    const retired =
      /^(?:ADP|AFA|ALK|AOK|AON|AOR|ARA|ARL|ARM|ARP|ATS|AZM|BAD|BAN|BEC|BEF|BEL|BGL|BGM|BGO|BOL|BOP|BRB|BRC|BRE|BRN|BRR|BRZ|BUK|BYB|CLE|CNH|CNX|CSD|CSK|CYP|DDM|DEM|ECS|ECV|EEK|ESA|ESB|ESP|FIM|FRF|GEK|GHC|GNS|GQE|GRD|GWE|GWP|HRD|IEP|ILP|ILR|ISJ|ITL|KRH|KRO|LSM|LTL|LTT|LUC|LUF|LUL|LVL|LVR|MAF|MCF|MDC|MGF|MKN|MLF|MRO|MTL|MTP|MVP|MXP|MZE|MZM|NIC|NLG|PEI|PES|PLZ|PTE|RHD|ROL|RUR|SDD|SDP|SIT|SKK|SRG|STD|SUR|TJR|TMM|TPE|TRL|UAK|UGS|USS|UYP|VEB|VNN|XEU|XFO|XFU|XRE|YDD|YUD|YUM|YUN|YUR|ZAL|ZMK|ZRN|ZRZ|ZWD|ZWR|X[A-Z]{2})$/
    const inUse = Intl.supportedValuesOf('currency').filter((code) => !retired.test(code))
    expect(inUse.length).toBeGreaterThan(140)
    expect(inUse.filter((code) => !CURRENCIES.includes(code))).toEqual([])
  })

  test.each([
    ['uah', 'UAH'],
    ['грн.', 'UAH'],
    ['₴', 'UAH'],
    ['RUR', 'RUB'],
    ['руб.', 'RUB'],
    [' € ', 'EUR'],
    ['R$', 'BRL'],
    ['kr', undefined],
    ['XAU', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('"%s" means %s', (text, code) => {
    expect(findCurrency(text)).toBe(code)
  })
})

describe('an amount as shops write it', () => {
  test.each<[amount: string | number, currency: string, minor: number | string]>([
    ['1428602.81', 'BRL', 142_860_281],
    ['1 234,50', 'UAH', 123_450],
    ['1\u00a0234,50\u00a0₴', 'UAH', 123_450],
    ['1\u202f234.5', 'UAH', 123_450],
    ["12'345.60", 'CHF', 1_234_560],
    ['1,234,567.89', 'USD', 123_456_789],
    ['1.234.567,89', 'EUR', 123_456_789],
    ['1.234.567', 'EUR', 123_456_700],
    ['12 грн', 'UAH', 1200],
    ['100руб.', 'RUB', 10_000],
    ['$-5.00', 'USD', -500],
    ['-$5', 'USD', -500],
    ['−7,5', 'UAH', -750],
    ['+7', 'UAH', 700],
    ['.5', 'UAH', 50],
    [',5', 'UAH', 50],
    ['5.', 'UAH', 500],
    ['0', 'UAH', 0],
    ['-0.00', 'UAH', 0],
    ['007', 'UAH', 700],
    ['1e3', 'UAH', 100_000],
    [0.1 + 0.2, 'UAH', 30],
    [1.005, 'UAH', 101],
    [1e-7, 'UAH', 0],
    [541, 'BRL', 54_100],
    ['1500', 'JPY', 1500],
    ['1500.5', 'JPY', 1501],
    ['1.2345', 'KWD', 1235],
    ['0,500', 'UAH', 50],
    ['0.125', 'UAH', 13],
    ['-0.125', 'UAH', -13],
    ['0.1249999999999999999', 'UAH', 12],
    ['90071992547409.91', 'UAH', 9_007_199_254_740_991],
  ])('%s %s → %s', (amount, currency, expected) => {
    expect(minor(amount, currency)).toBe(expected)
  })

  test.each<[amount: string | number, currency: string, problem: string]>([
    ['1,234', 'UAH', 'ambiguous'],
    ['90071992547409.92', 'UAH', 'too_large'],
    [1e21, 'UAH', 'too_large'],
    ['1e999', 'UAH', 'too_large'],
    ['9'.repeat(80), 'UAH', 'too_large'],
    ['', 'UAH', 'not_a_number'],
    ['-', 'UAH', 'not_a_number'],
    ['.', 'UAH', 'not_a_number'],
    ['free', 'UAH', 'not_a_number'],
    ['1.2.3', 'UAH', 'not_a_number'],
    ['1,23,456.00', 'UAH', 'not_a_number'],
    ['12-15', 'UAH', 'not_a_number'],
    [Number.NaN, 'UAH', 'not_a_number'],
    [Number.POSITIVE_INFINITY, 'UAH', 'not_a_number'],
    ['12 USD', 'UAH', 'other_currency'],
    ['12', 'XYZ', 'unknown_currency'],
  ])('%s %s is refused: %s', (amount, currency, problem) => {
    expect(minor(amount, currency)).toBe(problem)
  })

  test('a told decimal mark settles what is ambiguous and refuses what contradicts it', () => {
    expect(minor('1,234', 'UAH', ',')).toBe(123)
    expect(minor('1,234', 'UAH', '.')).toBe(123_400)
    expect(minor('1428602.81', 'BRL', ',')).toBe('not_a_number')
  })
})

describe('whatever the amount', () => {
  const amounts = fc.maxSafeInteger()
  const codes = fc.constantFrom(...CURRENCIES)

  test('a decimal is read back exactly', () => {
    fc.assert(
      fc.property(amounts, codes, (amount, code) => {
        expect(minor(formatDecimal(amount, code), code)).toBe(amount === 0 ? 0 : amount)
      }),
    )
  })

  test('numbers are taken at their decimal digits, like a sum of cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (cents) => {
        expect(minor(cents / 100, 'UAH')).toBe(cents === 0 ? 0 : cents)
      }),
    )
  })

  test('garbage is never an error', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[\d.,e+\- ]{0,20}$/))
    fc.assert(
      fc.property(text, (garbage) => {
        const parsed = parseMoney(garbage, 'UAH')
        return !parsed.ok || Number.isSafeInteger(parsed.minor)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('an amount for people', () => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

  test('is written in their language, with the currency’s own digits', () => {
    expect(plain(formatMoney(142_860_281, 'UAH', 'uk'))).toBe('1 428 602,81 ₴')
    expect(plain(formatMoney(142_860_281, 'RUB', 'ru'))).toBe('1 428 602,81 ₽')
    expect(formatMoney(-150_000, 'USD', 'en')).toBe('-$1,500.00')
    expect(formatMoney(1500, 'JPY', 'en')).toBe('¥1,500')
    expect(plain(formatMoney(1500, 'HUF', 'en'))).toContain('15.00')
  })

  test('keeps every digit of the largest one', () => {
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'USD', 'en')).toBe('$90,071,992,547,409.91')
  })

  test('in an unknown currency is an error that says so', () => {
    expect(() => formatDecimal(1, 'ZZZ')).toThrow(AppError)
  })
})
