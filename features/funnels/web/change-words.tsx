import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { weightOf } from '../../reports/web/parts.ts'
import type { Change, Share } from '../contract.ts'
import classes from './funnel.module.css'

/** A difference counts as seen while at most one in twenty such findings is false. */
const MAX_FALSE = 0.05

export type Verdict = 'better' | 'worse' | 'same' | 'few'

/** What may be said of a difference between two shares; more is better. */
export function judgeChange(change: Change | null, own: Share | null, other: Share | null): Verdict {
  const isFew = [own, other].some((share) => !share || weightOf(share.of) === 'none')
  if (!change || isFew) return 'few'
  if (change.q > MAX_FALSE) return 'same'
  return change.difference > 0 ? 'better' : 'worse'
}

type ChangeCellProps = { change: Change | null; own: Share | null; other: Share | null }

/** «+2,1 (от 0,4 до 3,8) · лучше», in percentage points. */
export function ChangeCell({ change, own, other }: ChangeCellProps) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const verdict = judgeChange(change, own, other)
  if (verdict === 'few' || !change) return <span data-quiet>{t('ui:fewData')}</span>
  const points = (share: number) => formatNumber(share * 100, locale, { digits: 1, signed: true })
  return (
    <span className={classes.change} data-verdict={verdict}>
      <span className="num">
        {t('compare.points', { value: points(change.difference) })}{' '}
        <small className="range">
          {t('compare.range', { low: points(change.low), high: points(change.high) })}
        </small>
      </span>{' '}
      <span className={classes.verdict}>{t(`compare.${verdict}`)}</span>
    </span>
  )
}
