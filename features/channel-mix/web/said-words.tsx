import { FLOOR_NUMBER, FLOOR_WORD } from '../../../kernel/stats/floors.ts'
import { formatNumber, useLocale } from '../../../web/format.ts'
import type { Tone } from '../../../web/ui/tone.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Estimate } from '../contract.ts'

export type Scale = 'said' | 'recommendation'
type Maybe = Estimate | null

/** Won or lost only where the whole interval lies on one side of the middle. */
export function toneOf(scale: Scale, estimate: Maybe): Tone {
  if (!estimate) return 'quiet'
  const [low, high] = scale === 'said' ? [0, 0] : [7, 8]
  if (estimate.low > low) return 'won'
  return estimate.high < high ? 'lost' : 'even'
}

/** How a mean is written: a number with its range, from few a word and the range, from fewer nothing. */
export function useSaidWords(scale: Scale = 'said') {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  const style = scale === 'said' ? { signed: true } : { digits: 1 }
  const write = (value: number) => formatNumber(value, locale, style)
  const range = ({ low, high }: Estimate) => t('range', { low: write(low), high: write(high) })
  const short = (estimate: Maybe) => {
    if (!estimate || estimate.n < FLOOR_WORD) return t('ui:fewData')
    return estimate.n < FLOOR_NUMBER ? t(`word.${toneOf(scale, estimate)}`) : write(estimate.mean)
  }
  return { write, range, short }
}

/** A mean with its range, and in the tooltip on how many people it rests. */
export function SaidFigure({ estimate, scale = 'said' }: { estimate: Maybe; scale?: Scale }) {
  const { t } = useTranslation('channel-mix')
  const { short, range } = useSaidWords(scale)
  if (!estimate) return <span data-quiet>{t('ui:fewData')}</span>
  return (
    <span className="num" title={t('persons', { count: estimate.n })}>
      {short(estimate)} <small className="range">{range(estimate)}</small>
    </span>
  )
}
