import { Fragment } from 'react'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Sentence } from '../contract.ts'
import type { Names } from './names.ts'

/** A sentence of the server in the reader's language; what stands between `<b>` and `</b>` in the catalogue is strong. */
export function SentenceText({ sentence, names }: { sentence: Sentence; names: Names }) {
  const text = useSentence(names)(sentence)
  return text.split(/<\/?b>/).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    index % 2 === 1 ? <strong key={index}>{part}</strong> : <Fragment key={index}>{part}</Fragment>,
  )
}

/** Writes a sentence of the server as text, with `<b>` around what matters. */
export function useSentence(names: Names): (sentence: Sentence) => string {
  const { t } = useTranslation()
  const locale = useLocale()
  return ({ key, values }) => {
    const entries = Object.entries(values).map(([name, value]) => [name, write(name, value)])
    return String(t(`journeys:sentences.${key}`, Object.fromEntries(entries)))
  }

  /** Keys become names; figures are written by what they measure. `count` stays a number: it chooses the plural. */
  function write(name: string, value: string | number): string | number {
    if (name === 'stage') return names.stage(String(value))
    if (name === 'touchpoint') return names.touchpoint(String(value))
    if (typeof value !== 'number' || name === 'count') return value
    if (name === 'heard') return formatNumber(value, locale)
    // The change of a share is told in points: a percent of a percent misleads.
    if (name === 'changeShare') return formatNumber(100 * value, locale, { signed: true })
    if (name.endsWith('Share')) return formatPercent(value, locale)
    return formatNumber(value, locale, { signed: true })
  }
}
