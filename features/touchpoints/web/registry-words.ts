import { useTranslation } from 'react-i18next'
import { CHANNELS, isChannel } from '../../../kernel/channels.ts'
import type { Condition, Filter, FilterValue } from '../../../kernel/filter/schema.ts'
import { formatNumber, useLocale } from '../../../web/format.ts'
import type { RegistryContent, Stage, Standard, Touchpoint } from '../contract.ts'

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

type Say = (key: string, values?: Record<string, unknown>) => string

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

function sayRule({ rule }: Touchpoint, t: Say): string {
  if (rule === null) return t('rule.named')
  try {
    return sayFilter(rule as Filter, t, 0)
  } catch {
    return t('rule.unreadable')
  }
}

function sayFilter(filter: Filter, t: Say, depth: number): string {
  if ('not' in filter) return t('rule.not', { what: sayFilter(filter.not, t, depth + 1) })
  if ('field' in filter) return sayCondition(filter, t)
  const isAll = 'all' in filter
  const parts = isAll ? filter.all : filter.any
  if (parts.length === 0) return t(isAll ? 'rule.everything' : 'rule.nothing')
  const said = parts.map((part) => sayFilter(part, t, depth + 1)).join(isAll ? t('rule.and') : t('rule.or'))
  return depth > 0 && parts.length > 1 ? `(${said})` : said
}

function sayCondition({ field, op, value }: Condition, t: Say): string {
  const name = sayField(field, t)
  return t(`say.${op}`, { field: name, value: sayValue(field, value, t) })
}

export function sayField(field: string, t: Say): string {
  const [column, ...path] = field.split('.')
  return path.length > 0
    ? t(`fields.${column}`, { path: path.join('.') })
    : t(`fields.${field}`, { defaultValue: field })
}

function sayValue(field: string, value: FilterValue | undefined, t: Say): string {
  const list = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined)
  const say = (one: unknown) =>
    field === 'channel' && isChannel(String(one))
      ? t(`channels:${one}`)
      : field === 'kind'
        ? t(`kinds.${one}`, { defaultValue: String(one) })
        : `«${one}»`
  return list.map(say).join(', ')
}
