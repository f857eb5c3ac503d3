import { formatDecimal } from '../kernel/money.ts'
import { dayOf } from './calendar-day.ts'
import { chooseLocale, type Language } from './language.ts'
import { useTranslation } from './use-translation.ts'

export { dayOf } from './calendar-day.ts'

export type NumberStyle = { digits?: number; signed?: boolean; compact?: boolean }

const minus = (text: string) => text.replace('-', '\u2212')

/** Building an Intl formatter costs far more than using it, and tables use thousands. */
const made = new Map<string, unknown>()
function keep<T>(key: string, make: () => T): T {
  const known = made.get(key) as T | undefined
  if (known !== undefined) return known
  const formatter = make()
  made.set(key, formatter)
  return formatter
}

const numberFormat = (locale: string, options: Intl.NumberFormatOptions) =>
  keep(`n${locale}${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options))

const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions) =>
  keep(`d${locale}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options))

/** A number with a real minus; `signed` puts a plus before gains. */
export function formatNumber(value: number, locale: string, style: NumberStyle = {}): string {
  const { digits = 0, signed = false, compact = false } = style
  const options: Intl.NumberFormatOptions = {
    maximumFractionDigits: digits,
    minimumFractionDigits: compact ? 0 : digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
    notation: compact ? 'compact' : 'standard',
  }
  return minus(numberFormat(locale, options).format(value))
}

/** A share 0…1 as percent. */
export function formatPercent(share: number, locale: string, style: NumberStyle = {}): string {
  const { digits = 0, signed = false } = style
  const options: Intl.NumberFormatOptions = {
    style: 'percent',
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
  }
  return minus(numberFormat(locale, options).format(share))
}

/** Minor units as an amount: 41200000 UAH → «412 000 ₴». `exact` keeps ",00", so that a column lines up. */
export function formatMoney(minor: number, currency: string, locale: string, exact = false): string {
  const options: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: exact ? 'auto' : 'stripIfInteger',
  }
  // Text, not a number: the decimal digits are ISO 4217's and exact at any size.
  const decimal = formatDecimal(minor, currency) as Intl.StringNumericLiteral
  const digits = decimal.split('.')[1]?.length ?? 0
  const exactly = { ...options, minimumFractionDigits: digits, maximumFractionDigits: digits }
  return minus(numberFormat(locale, exactly).format(decimal))
}

export type DateStyle = 'date-time' | 'time' | 'seconds' | 'full'

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  'date-time': { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  full: {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  },
}

/** «24 авг. 2026 г.» → «24 авг. 2026»: in a column of dates the «г.» («р.») only takes room. */
const withoutYearMark = (text: string) => text.replace(/\s[гр]\.(?=,|$)/u, '')

/** An instant as the clock of `zone` shows it. */
export function formatInstant(
  at: Date,
  locale: string,
  zone: string,
  style: DateStyle = 'date-time',
): string {
  const text = dateFormat(locale, { ...dateStyles[style], timeZone: zone }).format(at)
  return style === 'full' ? text : withoutYearMark(text)
}

/** A calendar day `YYYY-MM-DD`, which belongs to no zone and must not slip by one. */
export function formatDay(day: string, locale: string, withWeekday = false): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: withWeekday ? 'long' : 'short',
    year: 'numeric',
    timeZone: 'UTC',
    ...(withWeekday ? { weekday: 'long' } : {}),
  }
  const text = dateFormat(locale, options).format(new Date(`${day}T00:00:00Z`))
  return withWeekday ? text : withoutYearMark(text)
}

const dayMs = 86_400_000
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / dayMs

/** "5 minutes ago" within a week, in words; further away the date itself, since "43 days ago" says less. */
export function formatRelative(at: Date, now: Date, locale: string, zone: string): string {
  const words = keep(`r${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  const minutes = (at.getTime() - now.getTime()) / 60_000
  if (Math.abs(minutes) < 0.75) return words.format(0, 'second')
  if (Math.abs(minutes) < 55) return words.format(Math.round(minutes), 'minute')
  if (Math.abs(minutes) < 20 * 60) return words.format(Math.round(minutes / 60), 'hour')
  // "Yesterday" is a matter of the calendar, not of 24 hours.
  const days = daysBetween(dayOf(now, zone), dayOf(at, zone))
  if (days === 0) return words.format(Math.round(minutes / 60), 'hour')
  return Math.abs(days) < 7 ? words.format(days, 'day') : formatDay(dayOf(at, zone), locale)
}

/** The locale of the page for `Intl`, following the language switch. */
export function useLocale(): string {
  const { i18n } = useTranslation()
  return chooseLocale(i18n.language as Language, navigator.languages)
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A file's size in decimal units, the way file managers and disks count. */
export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), byteUnits.length - 1)
  const options: Intl.NumberFormatOptions = {
    style: 'unit',
    unit: byteUnits[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power < 2 ? 0 : 1,
  }
  return numberFormat(locale, options).format(bytes / 1000 ** power)
}
