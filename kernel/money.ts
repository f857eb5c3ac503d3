import { findCurrency, findMinorDigits } from './currencies.ts'
import { AppError } from './errors.ts'

/** Why a text is no amount. `ambiguous`: "1,234" may be a thousand or one and a bit; say which mark is the decimal one. */
export type MoneyProblem = 'not_a_number' | 'ambiguous' | 'too_large' | 'other_currency' | 'unknown_currency'

export type ParsedMoney = { ok: true; minor: number } | { ok: false; problem: MoneyProblem }

export interface ParseMoneyOptions {
  /** The decimal mark of the texts, where it is known. By default it is found in each text. */
  decimal?: '.' | ','
}

const SPACES = /[\s\u00a0\u2009\u202f'’]/g
const AMOUNT = /^([^\d.,+\-−]*)([+\-−]?)([^\d.,+\-−]*)(\d[\d.,]*|[.,]\d+)(?:e([+-]?\d{1,3}))?(\D*)$/i
const formats = new Map<string, Intl.NumberFormat>()

/**
 * An amount as an integer in minor units, exactly: the decimal digits are moved, no float is multiplied. Digits
 * finer than the minor unit are rounded half away from zero ("0.125" UAH → 13). Spaces and apostrophes group
 * digits; of `.` and `,` the last one is the decimal mark. Refused: what doesn't fit a safe integer.
 */
export function parseMoney(
  amount: string | number,
  currency: string,
  options: ParseMoneyOptions = {},
): ParsedMoney {
  const digits = findMinorDigits(currency)
  if (digits === undefined) return { ok: false, problem: 'unknown_currency' }
  const text = String(amount)
  if (text.length > 64) return { ok: false, problem: 'too_large' }
  const match = AMOUNT.exec(text.replace(SPACES, ''))
  if (!match) return { ok: false, problem: 'not_a_number' }
  const [, prefix = '', sign = '', inner = '', body = '', exponent = '0', suffix = ''] = match
  const named = prefix + inner + suffix
  if (named !== '' && findCurrency(named) !== currency) {
    return { ok: false, problem: findCurrency(named) ? 'other_currency' : 'not_a_number' }
  }
  const plain = typeof amount === 'number' ? body : findPlainDecimal(body, options.decimal)
  if (plain === 'ambiguous' || plain === 'not_a_number') return { ok: false, problem: plain }
  return shiftPoint(plain, Number(exponent) + digits, sign === '-' || sign === '−')
}

/** Minor units as a plain decimal: 142860281 UAH → "1428602.81". */
export function formatDecimal(minor: number, currency: string): string {
  const digits = getMinorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return `${minor < 0 ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}`
}

/** Minor units as people of a locale read them: "1 428 602,81 ₴". Exact at any size. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const key = `${locale} ${currency}`
  let format = formats.get(key)
  if (!format) {
    const fractionDigits = getMinorDigits(currency)
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: fractionDigits,
      maximumFractionDigits: fractionDigits,
    })
    formats.set(key, format)
  }
  return format.format(formatDecimal(minor, currency) as Intl.StringNumericLiteral)
}

function getMinorDigits(currency: string): number {
  const digits = findMinorDigits(currency)
  if (digits === undefined) throw new AppError('bad_request', `“${currency}” is not a currency of ISO 4217.`)
  return digits
}

/** Takes grouping out and makes the decimal mark a point. */
function findPlainDecimal(
  body: string,
  decimal: '.' | ',' | undefined,
): string | 'ambiguous' | 'not_a_number' {
  const mark = decimal ?? findDecimalMark(body)
  if (mark === 'ambiguous') return mark
  const group = mark === '.' ? ',' : '.'
  const [whole = '', fraction = '', ...more] = mark === '' ? [body] : body.split(mark)
  if (more.length > 0 || fraction.includes(group)) return 'not_a_number'
  const [first = '', ...groups] = whole.split(mark === '' ? /[.,]/ : group)
  if (groups.some((part) => part.length !== 3) || (groups.length > 0 && (first === '' || first.length > 3))) {
    return 'not_a_number'
  }
  return `${first}${groups.join('')}.${fraction}`
}

function findDecimalMark(body: string): '.' | ',' | '' | 'ambiguous' {
  const points = body.split('.').length - 1
  const commas = body.split(',').length - 1
  if (points > 0 && commas > 0) return body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ','
  if (points > 1 || commas > 1) return ''
  if (commas === 0) return '.'
  return /^[1-9]\d{0,2},\d{3}$/.test(body) ? 'ambiguous' : ','
}

function shiftPoint(plain: string, places: number, isNegative: boolean): ParsedMoney {
  const [whole = '', fraction = ''] = plain.split('.')
  const all = whole + fraction
  const point = whole.length + places
  if (point > 400) return { ok: false, problem: 'too_large' }
  const kept = point <= 0 ? '0' : all.slice(0, point).padEnd(point, '0')
  const rest = point < 0 ? '0' : all.slice(point)
  const minor = BigInt(kept || '0') + (rest >= '5' ? 1n : 0n)
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return { ok: false, problem: 'too_large' }
  return { ok: true, minor: isNegative && minor > 0n ? -Number(minor) : Number(minor) }
}
