import { formatMoney, formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { Money } from '../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { weightOf } from '../../reports/web/parts.ts'
import type { Bounded, ChannelCredit } from '../contract.ts'
import classes from './attribution.module.css'
import { MAX_Q } from './find-lead.ts'

const FEW_UNITS = 10

/** Hryvnias without kopecks: in a table they are noise. Small sums keep them, or cheap clicks would cost nothing. */
export function roundMoney(minor: number, currency: string): number {
  const unit =
    10 **
    (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2)
  return Math.abs(minor) < FEW_UNITS * unit ? Math.round(minor) : Math.round(minor / unit) * unit
}

/** A sum in whole units; to the kopeck where it is pointed at. */
export function WholeMoney({ amount, currency }: { amount: number; currency: string }) {
  const exact = formatMoney(Math.round(amount), currency, useLocale(), true)
  return (
    <span title={exact}>
      <Money amount={roundMoney(amount, currency)} currency={currency} />
    </span>
  )
}

interface RatioProps {
  figure: Bounded | null | undefined
  /** Orders behind it: from few only the range, from fewer nothing. */
  n: number
}

/** Money with its range; where nothing bounds it, from where it begins. */
export function MoneyRange({ figure, n, currency }: RatioProps & { currency: string }) {
  const locale = useLocale()
  const write = (one: number) => formatMoney(roundMoney(one, currency), currency, locale)
  const exact = figure ? formatMoney(Math.round(figure.value), currency, locale, true) : undefined
  return <Range figure={figure} n={n} write={write} title={exact} />
}

/** So many times the money spent. */
export function Times({ figure, n }: RatioProps) {
  const locale = useLocale()
  return <Range figure={figure} n={n} write={(one) => `${formatNumber(one, locale, { digits: 1 })}×`} />
}

function Range({ figure, n, write, title }: RatioProps & { write: (one: number) => string; title?: string }) {
  const { t } = useTranslation('attribution')
  if (!figure) return <span data-quiet>–</span>
  const weight = weightOf(n)
  if (weight === 'none') return <span data-quiet>{t('ui:fewData')}</span>
  const { value, low, high } = figure
  const range =
    high === null
      ? t('rangeOpen', { low: write(low) })
      : t('reports:estimate.range', { low: write(low), high: write(high) })
  return (
    <span className="num" title={title}>
      {weight === 'number' && write(value)} <small className="range">{range}</small>
    </span>
  )
}

/** How a share moved, coloured only where chance would seldom do that. */
export function ChangeCell({ change }: { change: ChannelCredit['change'] }) {
  const { t } = useTranslation('attribution')
  const locale = useLocale()
  if (!change) return null
  const points = (one: number) =>
    t('points', { value: formatNumber(100 * one, locale, { digits: 1, signed: true }) })
  const isSure = change.q < MAX_Q
  const tone = !isSure ? undefined : change.difference > 0 ? 'won' : 'lost'
  return (
    <span
      className={classes.change}
      data-tone={tone}
      title={t('change.before', { share: formatPercent(change.share, locale) })}
    >
      {points(change.difference)}{' '}
      <small className="range">
        {isSure
          ? t('reports:estimate.range', { low: points(change.low), high: points(change.high) })
          : t('change.unsure')}
      </small>
    </span>
  )
}
