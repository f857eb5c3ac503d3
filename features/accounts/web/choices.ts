import { CURRENCIES } from '../../../kernel/currencies.ts'
import { PHONE_COUNTRIES } from '../../../kernel/phone.ts'

export type Choice = { value: string; label: string }

/** Those that our owners mean most often come first; the rest follows by code. */
const FIRST_CURRENCIES = ['UAH', 'EUR', 'USD', 'PLN', 'KZT', 'GEL', 'MDL', 'BYN', 'RUB']

/** `UAH — українська гривня` in the language of the page. */
export function listCurrencies(locale: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' })
  const codes = [...FIRST_CURRENCIES, ...CURRENCIES.filter((code) => !FIRST_CURRENCIES.includes(code))]
  return codes.map((value) => ({ value, label: `${value}, ${names.of(value)}` }))
}

/** Countries whose local phone numbers can be read, by name. */
export function listCountries(locale: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  return PHONE_COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) =>
    a.label.localeCompare(b.label, locale),
  )
}

/** All zones that the browser knows, and `own` even when it doesn't. */
export function listTimeZones(own: string): Choice[] {
  const zones = new Set([own, ...Intl.supportedValuesOf('timeZone')])
  return [...zones].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}

const ZONE_CURRENCIES: Record<string, string> = {
  'Europe/Kyiv': 'UAH',
  'Europe/Kiev': 'UAH',
  'Europe/Moscow': 'RUB',
  'Europe/Minsk': 'BYN',
  'Asia/Almaty': 'KZT',
  'Europe/Chisinau': 'MDL',
  'Asia/Tbilisi': 'GEL',
  'Europe/Warsaw': 'PLN',
  'Europe/London': 'GBP',
  'America/New_York': 'USD',
}

/** A first guess for a shop in this zone, to be corrected by its owner. */
export function guessCurrency(zone: string): string {
  return ZONE_CURRENCIES[zone] ?? (zone.startsWith('Europe/') ? 'EUR' : 'USD')
}

/** The zone of the browser, under its present name: browsers still say Kiev. */
export function ownTimeZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return zone === 'Europe/Kiev' ? 'Europe/Kyiv' : zone
}
