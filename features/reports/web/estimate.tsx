import { formatPercent, type NumberStyle, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { weightOf, wordOfShare } from './share-words.ts'

export type EstimateProps = {
  /** 0…1. */
  share: number
  /** The ends of the 95 % interval; null where there is none. */
  low: number | null
  high: number | null
  /** Persons (or visits, orders) of whom it is the share. */
  n: number
  digits?: NumberStyle['digits']
}

/** How a share is written: a number with its range, from few only a word and the range, from fewer nothing. */
export function useShareWords(): (estimate: EstimateProps) => { value: string; range: string } {
  const { t } = useTranslation('reports')
  const locale = useLocale()
  return ({ share, low, high, n, digits }) => {
    const weight = weightOf(n)
    const write = (one: number) => formatPercent(one, locale, { digits })
    const range =
      low === null || high === null ? '' : t('estimate.range', { low: write(low), high: write(high) })
    if (weight === 'none') return { value: t('ui:fewData'), range: '' }
    return { value: weight === 'number' ? write(share) : t(`estimate.word.${wordOfShare(share)}`), range }
  }
}

/** A share as far as the number of those counted allows, with its range and, aloud and in the tooltip, that number. */
export function Estimate(props: EstimateProps) {
  const { t } = useTranslation('reports')
  const { value, range } = useShareWords()(props)
  const n = t('estimate.n', { count: props.n })
  if (weightOf(props.n) === 'none')
    return (
      <span data-quiet title={n}>
        {value}
      </span>
    )
  return (
    <span className="num" title={n}>
      {value} {range && <small className="range">{range}</small>}
    </span>
  )
}
