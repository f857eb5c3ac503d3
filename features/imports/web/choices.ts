import { CURRENCIES } from '../../../kernel/currencies.ts'

export type Choice = { value: string; label: string }

/** The shop's own currency first, the rest by code, each with its name in the language of the page. */
export function listCurrencies(locale: string, own: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' })
  return [own, ...CURRENCIES.filter((code) => code !== own)].map((value) => ({
    value,
    label: `${value}, ${names.of(value)}`,
  }))
}

/** The shop's own zone first, then all that the browser knows. */
export function listTimeZones(own: string): Choice[] {
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== own)
  return [own, ...others.sort()].map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}
