import { useTranslation } from 'react-i18next'
import { formatDay, formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import type { Language } from '../../../web/language.ts'
import type { AlarmChange } from '../contract.ts'
import type { Metric } from '../vocabulary.ts'
import { useRegistry } from './use-changes.ts'

type Say = (key: string, values?: object) => string

/** How places, audiences and figures of this report are called and written. */
export function useChangeWords() {
  const { t, i18n } = useTranslation('changes')
  const say = t as unknown as Say
  const locale = useLocale()
  const registry = useRegistry()
  const keyName = (key: string) => {
    const own = registry?.touchpoints.find((one) => one.key === key)?.name?.[i18n.language as Language]
    return own ?? say(`touchpoints:touchpoints.${key}`, { defaultValue: key.replaceAll('_', ' ') })
  }
  const measureName = (key: string) =>
    say(`touchpoints:measures.${key}`, { defaultValue: key.replaceAll('_', ' ') })
  const placeName = (place: string) => {
    const [key = '', measure] = place.split('.')
    if (key === '') return t('whole')
    return measure === undefined ? keyName(key) : `${keyName(key)} · ${measureName(measure)}`
  }
  const audienceName = (audience: string) => {
    if (audience === '') return t('everybody')
    const at = audience.indexOf(':')
    return nameOf(say, keyName, audience.slice(0, at), audience.slice(at + 1))
  }
  const unitName = (unit: string) => say(`touchpoints:units.${unit}`, { defaultValue: unit })
  const write = (metric: Metric, value: number, unit: string | null = null) => {
    if (metric === 'said') return formatNumber(value, locale, { signed: true })
    if (metric !== 'speed')
      return formatPercent(value, locale, { digits: value >= 0.0005 && value < 0.095 ? 1 : 0 })
    return writeTime(value, unit, unitName, locale)
  }
  return {
    ...{ placeName, audienceName, measureName, write },
    day: (day: string) => formatDay(day, locale),
    count: (n: number) => formatNumber(n, locale),
    points: (share: number) => formatNumber(share * 100, locale, { signed: true }),
    headline: (change: AlarmChange) => headline(say, change, placeName, audienceName),
    stages: registry?.stages ?? [],
    touchpoints: registry?.touchpoints ?? [],
    keyName,
  }
}

/** Long times of small units are told in larger ones: 1,830 s are half an hour. */
function writeTime(
  value: number,
  unit: string | null,
  nameOf: (unit: string) => string,
  locale: string,
): string {
  const next: Record<string, [string, number]> = { ms: ['s', 1_000], s: ['min', 60], min: ['h', 60] }
  const [larger, times] = (unit !== null && next[unit]) || [null, Number.POSITIVE_INFINITY]
  if (larger !== null && Math.abs(value) >= 1.5 * times)
    return writeTime(value / times, larger, nameOf, locale)
  const digits = Math.abs(value) < 10 ? 1 : 0
  return `${formatNumber(value, locale, { digits })} ${unit === null ? '' : nameOf(unit)}`.trim()
}

function nameOf(say: Say, keyName: (key: string) => string, dimension: string, value: string): string {
  if (dimension === 'device' || dimension === 'visit') return say(`audience.${dimension}.${value}`)
  if (dimension === 'source')
    return value === 'direct' ? say('audience.direct') : say('audience.source', { name: keyName(value) })
  if (dimension === 'origin') {
    const slash = value.indexOf('/')
    return say('audience.origin', { name: keyName(value.slice(0, slash)), mark: value.slice(slash + 1) })
  }
  return say(`audience.${dimension}`, { value })
}

/** An audience that was hardly there is new; of anything else it is said which way it went. */
const HARDLY = 0.02

function headline(
  say: Say,
  { metric, place, audience, before, after }: AlarmChange,
  placeName: (place: string) => string,
  audienceName: (audience: string) => string,
): string {
  const way = after > before ? 'up' : 'down'
  if (metric === 'share') {
    const name = audienceName(audience)
    return before < HARDLY && way === 'up'
      ? say('head.share.fresh', { name })
      : say(`head.share.${way}`, { name })
  }
  const said = say(`head.${metric}.${way}`, { place: placeName(place) })
  return audience === '' ? said : say('head.of', { said, audience: audienceName(audience) })
}
