import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import type { Counted } from '../contract.ts'
import { isEnoughToCompare, toneOfDifference } from './flow-words.ts'
import classes from './paths.module.css'

/** A difference in percentage points; in plain ink where it may well be chance. */
export function DifferenceText({ of }: { of: Pick<Counted, 'of' | 'other'> }) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  if (!of.other) return null
  if (!isEnoughToCompare(of)) return <span data-quiet>{t('ui:fewData')}</span>
  const points = (share: number) => formatNumber(share * 100, locale, { digits: 1, signed: true })
  const { difference, low, high } = of.other
  const tone = toneOfDifference(of)
  const range = t('difference.range', { low: points(low), high: points(high) })
  return (
    <span className={classes.difference} data-difference={tone} title={tone ? range : t('difference.chance')}>
      {t('difference.points', { value: points(difference) })}{' '}
      <small>{tone ? range : t('difference.chance')}</small>
    </span>
  )
}
