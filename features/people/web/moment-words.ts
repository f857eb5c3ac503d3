import type { TFunction } from 'i18next'
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

/** What sentences are made with. */
interface Speech {
  t: TFunction<'people'>
  locale: string
  /** Whether a room has words for it. */
  exists: (key: string) => boolean
  eventName: (event: string) => string
}

/** A moment of the path in sentences. Rooms give the sentence in their own words; values are written for the reader here. */
export function useMomentWords(): (item: PathItem) => MomentWords {
  const { t, i18n } = useTranslation('people')
  const locale = useLocale()
  const { eventName } = useEvidenceWords()
  const speech: Speech = { t, locale, eventName, exists: (key) => i18n.exists(key) }
  return (item) => describe(item, speech)
}

function describe({ room, kind, values }: PathItem, speech: Speech): MomentWords {
  if (room !== 'people') return describeOther(`${room}:${kind}`, values, speech)
  if (kind === 'timeline.visit') return describeVisit(values, speech)
  if (kind === 'timeline.merged') return describeMerge(values, speech)
  if (kind === 'timeline.recognised') return describeRecognition(values, speech)
  return describeEvent(values, speech)
}

function describeVisit(values: Values, { t, locale }: Speech): MomentWords {
  const count = (name: string) => Number(values[name] ?? 0)
  const pages = count('pages')
  const source = sourceOf(values)
  const detail = [
    formatDuration(count('seconds'), locale) ?? t('path.short'),
    source && t('path.from', { source }),
    values.entry && t('path.entry', { path: readablePath(String(values.entry)) }),
    count('products') > 0 && t('path.products', { count: count('products') }),
    count('searches') > 0 && t('path.searches', { count: count('searches') }),
    count('added') > 0 && t('path.added', { count: count('added') }),
  ]
  return {
    title: pages > 0 ? t('path.visit', { count: pages }) : t('path.activity', { count: count('events') }),
    detail: detail.filter((part) => typeof part === 'string' && part !== '') as string[],
  }
}

/** Values of an event that are told after its name, in this order. */
const TOLD = ['subject', 'email_subject', 'topic', 'place', 'store', 'reason', 'promised_on', 'price']

function describeEvent(values: Values, speech: Speech): MomentWords {
  const { t, eventName, locale } = speech
  const name = eventName(String(values.name))
  const said = values.comment ?? values.text
  const written = writeValues(values, locale)
  return {
    title: Number(values.events) > 1 ? t('path.times', { name, times: values.events }) : name,
    detail: TOLD.map((key) => written[key])
      .filter((part) => part !== undefined && part !== null)
      .map(String),
    verdict: scoreOf(values, speech),
    quote: typeof said === 'string' ? said : undefined,
  }
}

function scoreOf({ score, scale_max: max }: Values, { t }: Speech): string | undefined {
  if (typeof score !== 'number') return undefined
  return typeof max === 'number' ? t('path.score', { score, max }) : t('path.scoreAlone', { score })
}

function describeRecognition({ user, email, phone }: Values, { t }: Speech): MomentWords {
  const who = [user, email, phone].filter(Boolean).join(', ')
  return { title: t('timeline.recognised', { who }), detail: [] }
}

function describeMerge({ other, by }: Values, { t }: Speech): MomentWords {
  const decision = by === null ? t('timeline.byRule') : t('timeline.byMember', { name: by })
  return { title: t('timeline.merged', { other }), detail: [decision] }
}

/** A moment of another room, by that room's words; `…_bare` is the sentence without an amount. */
function describeOther(key: string, values: Values, speech: Speech): MomentWords {
  const { t, exists, locale } = speech
  const bare = `${key}_bare`
  const sentence = values.amount === null && exists(bare) ? bare : key
  // The key is another room's, which the types of this one's words can't know.
  const say = t as (key: string, values: Values) => string
  return {
    title: exists(sentence) ? say(sentence, writeValues(values, locale)) : key,
    detail: [],
    verdict: latenessOf(values, speech),
  }
}

function latenessOf({ lateDays }: Values, { t }: Speech): string | undefined {
  if (typeof lateDays !== 'number') return undefined
  if (lateDays > 0) return t('path.late', { count: lateDays })
  return lateDays === 0 ? t('path.inTime') : t('path.early')
}

/** Days and money as the reader writes them. */
function writeValues(values: Values, locale: string): Values {
  const written: Values = {}
  for (const [name, value] of Object.entries(values))
    written[name] = typeof value === 'string' && DAY.test(value) ? formatDay(value, locale) : value
  const { amount, currency } = values
  if (typeof amount === 'number' && typeof currency === 'string' && currency !== '')
    written.amount = formatMoney(amount, currency, locale)
  if (typeof values.seconds === 'number') written.duration = sayDuration(values.seconds, locale)
  return written
}

/** Seconds too, where a room measured them. */
function sayDuration(seconds: number, locale: string): string {
  const style = { style: 'unit', unit: 'second', unitDisplay: 'long' } as const
  return formatDuration(seconds, locale) ?? new Intl.NumberFormat(locale, style).format(seconds)
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
