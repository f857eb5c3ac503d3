import { useQuery } from '@tanstack/react-query'
import { findMinorDigits } from '../../../kernel/currencies.ts'
import { api } from '../../../web/api-client.ts'
import { formatMoney, formatNumber, useLocale } from '../../../web/format.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { formatReading } from '../../journeys/web/parts.ts'
import type { RegistryView, Standard } from '../../touchpoints/contract.ts'
import type { Driver, Estimate, Level } from '../contract.ts'
import { isHappening, type Outcome } from '../vocabulary.ts'
import { findBound } from './arrange.ts'
import { roundMoney } from './round-money.ts'

/** Stages and touchpoints as the shop calls them. */
export function useStageNames() {
  const { id } = useShop()
  const { i18n } = useTranslation('drivers')
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
  const nameOf = (kind: 'stages' | 'touchpoints', key: string): string => {
    const own = data?.registry[kind].find((one) => one.key === key)?.name
    const said = own?.[i18n.language as Language] ?? own?.ru ?? own?.uk ?? own?.en
    return said ?? String(i18n.t(`touchpoints:${kind}.${key}`, { defaultValue: key.replaceAll('_', ' ') }))
  }
  return {
    stages: data?.registry.stages.map(({ key }) => key) ?? [],
    stage: (key: string) => nameOf('stages', key),
    touchpoint: (key: string) => nameOf('touchpoints', key),
  }
}

type Named = Pick<
  Driver,
  'kind' | 'event' | 'name' | 'stage' | 'touchpoint' | 'measure' | 'unit' | 'levels' | 'key'
>

/** How a driver is called: «Чат: первый ответ человека дольше 10 мин». */
export function useDriverNames() {
  const { t, i18n } = useTranslation('drivers')
  const locale = useLocale()
  const names = useStageNames()
  const reading = (value: number, unit: string | null) =>
    formatReading(value, (unit ?? 'count') as Standard['unit'], locale)

  function failure(driver: Named): string {
    const { measure, unit } = driver
    const from = findBound(driver)
    const value = from === null ? '' : reading(from, unit)
    const isAny = from === null || (unit === 'days' && from <= 0)
    const key = `fail.${measure}${isAny && i18n.exists(`drivers:fail.${measure}_any`) ? '_any' : ''}`
    if (i18n.exists(`drivers:${key}`)) return t(key, { value })
    const name = String(i18n.t(`touchpoints:measures.${measure}`, { defaultValue: measure ?? '' }))
    return t('fail.other', { name: name.toLocaleLowerCase(locale) })
  }

  function nameOf(driver: Named): string {
    const { kind, event, name, touchpoint } = driver
    if (kind === 'met') return t('name.met', { touchpoint: names.touchpoint(touchpoint ?? driver.stage) })
    if (kind === 'event') {
      if (event === 'operator') return t('name.operator', { name: name ?? '' })
      if (event !== null && i18n.exists(`drivers:event.${event}`)) return t(`event.${event}`)
      return name ?? driver.key
    }
    const place = touchpoint === null ? names.stage(driver.stage) : names.touchpoint(touchpoint)
    return t('name.standard', { touchpoint: place, failure: failure(driver) })
  }

  /** A band of a standard: «10–30 мин», «дольше 30 мин»; what is yes or no has one without a bound. */
  function level({ from, to, level: kind }: Level, { unit, kind: driverKind, levels }: Named): string {
    if (driverKind === 'event' && levels.length > 1)
      return t(kind === 'badly' ? 'level.unsolved' : 'level.solved')
    if (driverKind !== 'standard') return t('level.came')
    if (unit === 'yes_no' || (from === null && to === null)) return t('level.broken')
    if (from !== null && to !== null) {
      // Whole days: beyond none and up to two is one or two.
      const first = unit === 'days' || unit === 'count' ? Math.floor(from) + 1 : from
      if (first >= to) return reading(to, unit)
      return t('level.span', { from: reading(first, unit), to: reading(to, unit) })
    }
    if (from !== null) return t('level.over', { from: reading(from, unit) })
    return t(kind === 'between' ? 'level.upTo' : 'level.under', { to: reading(to ?? 0, unit) })
  }

  return { nameOf, level, stage: names.stage }
}

type FoundLevel = Level & { effect: Estimate }

const DIGITS = 1

/** How effects and money of the report are written. */
export function useDriverFigures(outcome: Outcome, currency: string) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const times = isHappening(outcome) ? 100 : 1
  const plain = (value: number, signed = true) =>
    formatNumber(value * times, locale, { digits: DIGITS, signed })
  const money = (amount: number) =>
    formatMoney(roundMoney(amount, findMinorDigits(currency) ?? 2), currency, locale)
  const range = ({ low, high }: Estimate) => t('range', { low: plain(low), high: plain(high) })
  const effect = (value: number) => t(`unit.${outcome}`, { value: plain(value) })
  const glance = ({ naive }: Pick<Level, 'naive'>) =>
    naive ? t('glance.at', { naive: plain(naive.value) }) : undefined
  return {
    /** на первый взгляд −15 */
    glance,
    /** Where nearly all of a harm sits, with what a plain comparison says of it. */
    worst: ({ effect: own, naive }: FoundLevel, level: string) => {
      const said = t('ledger.worst', { level, effect: plain(own.value), range: range(own) })
      return naive ? `${said}; ${glance({ naive })}` : said
    },
    /** −7,2 */
    plain,
    /** от −9,7 до −4,7 */
    range,
    /** −7,2 заказа из 100 */
    effect,
    /** −7,2 заказа из 100 (от −9,7 до −4,7) */
    whole: (one: Estimate) => t('withRange', { value: effect(one.value), range: range(one) }),
    /** 96 000 ₴ */
    money,
    /** от 54 000 ₴ до 140 000 ₴ */
    moneyRange: ({ low, high }: Estimate) => t('range', { low: money(low), high: money(high) }),
  }
}
