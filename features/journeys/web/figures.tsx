import type { ReactNode } from 'react'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Estimate } from '../contract.ts'
import { toneOfKept, toneOfSaid, weightOf } from './judge.ts'

type Measure = 'said' | 'kept'
type Maybe = Estimate | null

/** How estimates of both measures are written: the number or the word, the range, and the whole as it is read aloud. */
export function useEstimateWords() {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const write = (measure: Measure, value: number) =>
    measure === 'said' ? formatNumber(value, locale, { signed: true }) : formatPercent(value, locale)
  const toneOf = (measure: Measure, estimate: Maybe) =>
    measure === 'said' ? toneOfSaid(estimate) : toneOfKept(estimate)
  /** «+37», or «скорее довольны» from few, or «мало данных». */
  const short = (measure: Measure, estimate: Maybe): string => {
    const weight = weightOf(estimate)
    if (estimate === null || weight === 'none') return t('fewData')
    return weight === 'number'
      ? write(measure, estimate.mean)
      : t(`${measure}.word.${toneOf(measure, estimate)}`)
  }
  const range = (measure: Measure, { low, high }: Estimate) =>
    t('range', { low: write(measure, low), high: write(measure, high) })
  const persons = (estimate: Estimate) => t('persons', { count: estimate.n })
  /** «+37, от +30 до +44, 402 человека». */
  const full = (measure: Measure, estimate: Maybe): string =>
    estimate === null || weightOf(estimate) === 'none'
      ? t('fewData')
      : [short(measure, estimate), range(measure, estimate), persons(estimate)].join(', ')
  return { write, toneOf, short, range, persons, full }
}

type FigureProps = { measure: Measure; estimate: Maybe }

/** One estimate among many: the number (signed: said; a percentage: kept), its range in the tooltip and aloud. */
export function ShortFigure({ measure, estimate }: FigureProps) {
  const words = useEstimateWords()
  return (
    <span className="num" data-tone={words.toneOf(measure, estimate)} title={words.full(measure, estimate)}>
      <span aria-hidden="true">{words.short(measure, estimate)}</span>
      <SpokenFigure measure={measure} estimate={estimate} />
    </span>
  )
}

function SpokenFigure({ measure, estimate }: FigureProps) {
  const { t } = useTranslation('journeys')
  const words = useEstimateWords()
  return (
    <span className="only-spoken">
      {t(`${measure}.name`)}: {words.full(measure, estimate)}
    </span>
  )
}

/** One estimate that matters, with its range and number of persons beside it. */
export function FullFigure({ measure, estimate, none }: FigureProps & { none?: ReactNode }) {
  const words = useEstimateWords()
  if (estimate === null || weightOf(estimate) === 'none')
    return <span data-quiet>{none ?? words.short(measure, null)}</span>
  return (
    <span data-tone={words.toneOf(measure, estimate)}>
      <strong className="num">{words.short(measure, estimate)}</strong>{' '}
      <small className="range">
        {words.range(measure, estimate)} · {words.persons(estimate)}
      </small>
    </span>
  )
}
