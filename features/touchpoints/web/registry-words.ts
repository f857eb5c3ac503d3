import { useTranslation } from 'react-i18next'
import { CHANNELS, isChannel } from '../../../kernel/channels.ts'
import { formatNumber, useLocale } from '../../../web/format.ts'
import type { RegistryContent, Stage, Standard, Touchpoint } from '../contract.ts'
import { type Say, sayField, sayRule } from './rule-words.ts'

type Named = { key: string; name: Stage['name'] }

/** What stages, touchpoints, rules and standards are called in the member's language. */
export function useRegistryWords(registry?: RegistryContent) {
  const { t, i18n } = useTranslation('touchpoints')
  const locale = useLocale()
  const language = i18n.language.slice(0, 2) as 'ru' | 'uk' | 'en'

  function nameOf({ key, name }: Named, kind: 'stages' | 'touchpoints'): string {
    const own = name?.[language]
    if (own) return own
    const builtIn = `touchpoints:${kind}.${key}`
    if (i18n.exists(builtIn)) return t(builtIn as 'title')
    return name?.uk ?? name?.ru ?? name?.en ?? key
  }

  function byKey(kind: 'stages' | 'touchpoints', key: string): string {
    if (key === '') return t('nobody')
    return nameOf(registry?.[kind].find((one) => one.key === key) ?? { key, name: null }, kind)
  }

  const measure = (key: string) =>
    i18n.exists(`touchpoints:measures.${key}`) ? t(`measures.${key}` as 'title') : key

  function amount(value: number, unit: Standard['unit']): string {
    if (unit === 'yes_no') return value >= 1 ? t('yes') : t('no')
    if (unit === 'ms' && value >= 1_000) return amount(value / 1_000, 's')
    if (unit === 's' && value >= 60 && value % 60 === 0) return amount(value / 60, 'min')
    return `${formatNumber(value, locale, { digits: Number.isInteger(value) ? 0 : 1 })} ${t(`units.${unit}`)}`
  }

  return {
    stage: (one: Named) => nameOf(one, 'stages'),
    touchpoint: (one: Named) => nameOf(one, 'touchpoints'),
    stageByKey: (key: string) => byKey('stages', key),
    touchpointByKey: (key: string) => byKey('touchpoints', key),
    measure,
    amount,
    standard(standard: Standard) {
      return {
        name: measure(standard.measure),
        ...sayBounds(standard, amount, t),
        source: t(`sources.${standard.source}` as 'title'),
        sourceWords: t(`sourceWords.${standard.source}` as 'title'),
      }
    },
    traits(channel: string): string {
      const { presence, era, funding } = CHANNELS[isChannel(channel) ? channel : 'unknown']
      const said = [`presence.${presence}`, `era.${era}`, `funding.${funding}`]
      return said
        .filter((key) => !key.endsWith('unknown'))
        .map((key) => t(`traits.${key}` as 'title'))
        .join(' · ')
    },
    rule: (touchpoint: Touchpoint) => sayRule(touchpoint, t as Say),
    field: (field: string) => sayField(field, t as Say),
  }
}

function sayBounds(
  { direction, good, bad, unit }: Standard,
  amount: (value: number, unit: Standard['unit']) => string,
  t: unknown,
) {
  const say = t as Say
  if (unit === 'yes_no') {
    const isGood = direction === 'at_least'
    return { good: say(isGood ? 'yes' : 'no'), bad: say(isGood ? 'no' : 'yes') }
  }
  const [better, worse] = direction === 'at_most' ? ['upTo', 'over'] : ['from', 'under']
  return {
    good: say(`bounds.${better}`, { value: amount(good, unit) }),
    bad: say(`bounds.${worse}`, { value: amount(bad, unit) }),
  }
}
