import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { weightOf } from '../../reports/web/parts.ts'
import type { ChoosingAnswer, Spread } from '../contract.ts'
import classes from './choosing.module.css'

type Change = NonNullable<ChoosingAnswer['other']>['changeOfVisits']
type SpreadMeanProps = {
  spread: Spread
  other: Spread | undefined
  change: Change
  say: (value: string) => string
}

/** The mean with its likely range, as far as the number of persons allows; beside it what the other side has. */
export function SpreadMean({ spread, other, change, say }: SpreadMeanProps) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const write = (value: number) => formatNumber(value, locale, { digits: 2 })
  const signed = (value: number) => formatNumber(value, locale, { digits: 2, signed: true })
  const tell = ({ n, mean }: Spread) => {
    if (!mean || weightOf(n) === 'none') return t('ui:fewData')
    const range =
      mean.low === null || mean.high === null
        ? ''
        : t('compare.range', { low: write(mean.low), high: write(mean.high) })
    // From few persons the range alone may be said.
    return weightOf(n) === 'word' ? range : `${write(mean.mean)} ${range}`
  }
  const isTold = change !== null && [spread, other].every((one) => one && weightOf(one.n) !== 'none')
  return (
    <div className={classes.mean}>
      <p>
        <strong>{say(tell(spread))}</strong> <span>{t('choosing.n', { count: spread.n })}</span>
      </p>
      {other && (
        <p>
          {t('compare.otherWas')} {tell(other)}
          {isTold &&
            change &&
            ` · ${t(change.q > 0.05 ? 'choosing.same' : 'choosing.changed', {
              value: signed(change.difference),
              low: signed(change.low),
              high: signed(change.high),
            })}`}
        </p>
      )}
    </div>
  )
}
