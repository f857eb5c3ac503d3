import { formatMoney, formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Bounded, ChannelCredit } from '../contract.ts'
import classes from './attribution.module.css'
import { MAX_Q } from './find-lead.ts'

/** Money with its range; where nothing bounds it, from where it begins. */
export function MoneyRange({ figure, currency }: { figure: Bounded | null | undefined; currency: string }) {
  const locale = useLocale()
  const write = (one: number) => formatMoney(Math.round(one), currency, locale)
  return <Range figure={figure} write={write} />
}

/** So many times the money spent. */
export function Times({ figure }: { figure: Bounded | null | undefined }) {
  const locale = useLocale()
  return <Range figure={figure} write={(one) => `${formatNumber(one, locale, { digits: 1 })}×`} />
}

function Range({ figure, write }: { figure: Bounded | null | undefined; write: (one: number) => string }) {
  const { t } = useTranslation('attribution')
  if (!figure) return <span data-quiet>–</span>
  const { value, low, high } = figure
  const range =
    high === null
      ? t('rangeOpen', { low: write(low) })
      : t('reports:estimate.range', { low: write(low), high: write(high) })
  return (
    <span className="num">
      {write(value)} <small className="range">{range}</small>
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
