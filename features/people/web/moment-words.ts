import { useTranslation } from 'react-i18next'
import { formatDay, formatMoney, useLocale } from '../../../web/format.ts'
import type { PathItem } from '../contract.ts'
import { formatDuration } from './duration.ts'
import { useEvidenceWords } from './evidence-words.ts'

export interface MomentWords {
  title: string
  detail: string[]
  /** The tone in words. */
  verdict?: string
  /** What the person said themselves. */
  quote?: string
}

type Values = PathItem['values']
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** A moment of the path in sentences. Rooms give the sentence in their own words; values are written for the reader here. */
export function useMomentWords(): (item: PathItem) => MomentWords {
  const { t, i18n } = useTranslation('people')
  const locale = useLocale()
  const { eventName } = useEvidenceWords()

  /** Days and money as the reader writes them. */
  const write = (values: Values): Values => {
    const written: Values = {}
    for (const [name, value] of Object.entries(values))
      written[name] = typeof value === 'string' && DAY.test(value) ? formatDay(value, locale) : value
    if (typeof values.amount === 'number' && typeof values.currency === 'string' && values.currency !== '')
      written.amount = formatMoney(values.amount, values.currency, locale)
    return written
  }

  const visit = (values: Values): MomentWords => {
    const count = (name: string) => Number(values[name] ?? 0)
    const duration = formatDuration(count('seconds'), locale)
    const pages = count('pages')
    const title =
      pages > 0 ? t('path.visit', { count: pages }) : t('path.activity', { count: count('events') })
    const source = sourceOf(values)
    const detail = [
      duration ?? t('path.short'),
      source && t('path.from', { source }),
      values.entry && t('path.entry', { path: readablePath(String(values.entry)) }),
      count('products') > 0 && t('path.products', { count: count('products') }),
      count('searches') > 0 && t('path.searches', { count: count('searches') }),
      count('added') > 0 && t('path.added', { count: count('added') }),
    ]
    return { title, detail: detail.filter((part) => typeof part === 'string') }
  }

  const event = (values: Values): MomentWords => {
    const name = eventName(String(values.name))
    const title = Number(values.events) > 1 ? t('path.times', { name, times: values.events }) : name
    const score =
      typeof values.score !== 'number'
        ? undefined
        : typeof values.scale_max === 'number'
          ? t('path.score', { score: values.score, max: values.scale_max })
          : t('path.scoreAlone', { score: values.score })
    const said = values.comment ?? values.text
    const told = write(values)
    const detail = [
      'subject',
      'email_subject',
      'topic',
      'place',
      'store',
      'reason',
      'promised_on',
      'price',
    ].map((key) => told[key])
    return {
      title,
      detail: detail.filter((part) => part !== undefined && part !== null).map(String),
      verdict: score,
      quote: typeof said === 'string' ? said : undefined,
    }
  }

  return ({ room, kind, values }) => {
    if (kind === 'timeline.visit') return visit(values)
    if (room === 'people' && kind === 'timeline.event') return event(values)
    if (kind === 'timeline.recognised')
      return {
        title: t('timeline.recognised', {
          who: [values.user, values.email, values.phone].filter(Boolean).join(', '),
        }),
        detail: [],
      }
    if (kind === 'timeline.merged') {
      const by = values.by === null ? t('timeline.byRule') : t('timeline.byMember', { name: values.by })
      return { title: t('timeline.merged', { other: values.other }), detail: [by] }
    }
    const key = `${room}:${kind}`
    const plain = values.amount === null && i18n.exists(`${key}_bare`) ? `${key}_bare` : key
    return {
      title: i18n.exists(plain) ? t(plain, write(values)) : kind,
      detail: [],
      verdict: latenessOf(values),
    }
  }

  function latenessOf({ lateDays }: Values): string | undefined {
    if (typeof lateDays !== 'number') return undefined
    if (lateDays > 0) return t('path.late', { count: lateDays })
    return lateDays === 0 ? t('path.inTime') : t('path.early')
  }
}

/** The tag of the campaign, else the site that the visitor came from. */
function sourceOf({ campaign, referrer }: Values): string | undefined {
  if (typeof campaign === 'string' && campaign !== '') return campaign
  const text = String(referrer ?? '')
  return URL.canParse(text) ? new URL(text).hostname.replace(/^www\./, '') : undefined
}

/** Addresses in Cyrillic are percent signs until they are decoded. */
function readablePath(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
