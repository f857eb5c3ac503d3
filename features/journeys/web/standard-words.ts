import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Standard } from '../../touchpoints/contract.ts'
import { formatSpan } from './format-span.ts'

const seconds = { s: 1, min: 60, h: 3_600, days: 86_400 } as const

/** A threshold as people say it: 120 and `s` → «2 мин», 0 and `days` → «0 дн.». */
function formatThreshold(value: number, unit: Standard['unit'], locale: string): string {
  if (unit === 'share') return formatPercent(value, locale)
  const size = seconds[unit as keyof typeof seconds]
  if (size && value > 0) return formatSpan(value * size, locale)
  const intl = { ms: 'millisecond', s: 'second', min: 'minute', h: 'hour', days: 'day' }[unit as string]
  if (!intl) return formatNumber(value, locale, { digits: Number.isInteger(value) ? 0 : 2 })
  return new Intl.NumberFormat(locale, { style: 'unit', unit: intl, unitDisplay: 'short' }).format(value)
}

/** A reading as people say it: 1834 and `ms` → «1,8 с», −2 and `days` → «−2 дн.», never days as hours. */
export function formatReading(value: number, unit: Standard['unit'], locale: string): string {
  if (unit === 'ms')
    return value < 1_000
      ? formatThreshold(Math.round(value), unit, locale)
      : formatUnit(value / 1_000, 'second', locale)
  return unit === 'days' ? formatUnit(value, 'day', locale) : formatThreshold(value, unit, locale)
}

const formatUnit = (value: number, unit: string, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })
    .format(value)
    .replace('-', '\u2212')

/** What good and bad mean by a standard, in words. */
export function useStandardWords() {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const say = (side: 'good' | 'bad', { direction, unit, ...standard }: Standard) => {
    const value = formatThreshold(standard[side], unit, locale)
    return unit === 'yes_no' ? t(`standard.yes_no.${side}`) : t(`standard.${direction}.${side}`, { value })
  }
  return {
    good: (standard: Standard) => say('good', standard),
    bad: (standard: Standard) => say('bad', standard),
  }
}
