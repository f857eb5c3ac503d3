import { formatMoney, formatNumber, formatPercent, type NumberStyle, useLocale } from '../format.ts'
import { useTranslation } from '../use-translation.ts'

type WithRange = {
  /** The likely range around the value; an estimate is never shown without it. */
  low?: number
  high?: number
}

type NumProps = NumberStyle & WithRange & { value: number | null | undefined }

/** A figure in tabular digits with a real minus. `null` says "few data": there is no number to show. */
export function Num({ value, low, high, ...style }: NumProps) {
  const locale = useLocale()
  const write = (one: number) => formatNumber(one, locale, style)
  return <Figure value={value} low={low} high={high} write={write} />
}

/** A share 0…1. */
export function Percent({ value, low, high, ...style }: NumProps) {
  const locale = useLocale()
  const write = (one: number) => formatPercent(one, locale, style)
  return <Figure value={value} low={low} high={high} write={write} />
}

type MoneyProps = {
  /** Whole minor units: kopecks, cents. */
  amount: number | null | undefined
  /** ISO 4217. */
  currency: string
  /** Keeps ",00" so that sums in a column line up. */
  exact?: boolean
}

export function Money({ amount, currency, exact = false }: MoneyProps) {
  const locale = useLocale()
  return <Figure value={amount} write={(one) => formatMoney(one, currency, locale, exact)} />
}

type FigureProps = WithRange & { value: number | null | undefined; write: (value: number) => string }

function Figure({ value, low, high, write }: FigureProps) {
  const { t } = useTranslation('ui')
  if (value === null || value === undefined) return <span data-quiet>{t('fewData')}</span>
  if (low === undefined || high === undefined) return <span className="num">{write(value)}</span>
  const range = { low: write(low), high: write(high) }
  return (
    <span className="num">
      {write(value)}{' '}
      <small className="range">
        <span aria-hidden="true">
          {range.low}…{range.high}
        </span>
        <span className="only-spoken">{t('range', range)}</span>
      </small>
    </span>
  )
}
