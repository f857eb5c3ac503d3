import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver, DriversAnswer } from '../contract.ts'
import classes from './drivers.module.css'

const LEAST_P = 0.001

/** How often chance alone would show as much, and the driver's part in what is explained at all. */
export function DriverSure({ driver, answer }: { driver: Driver; answer: DriversAnswer }) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const { p, q, importance, kept } = driver
  const write = (value: number) =>
    value < LEAST_P
      ? `< ${formatNumber(LEAST_P, locale, { digits: 3 })}`
      : `= ${formatNumber(value, locale, { digits: 3 })}`
  const looked = answer.drivers.filter(
    ({ leftOut, isChosen }) => leftOut === null && isChosen === driver.isChosen,
  ).length
  return (
    <>
      <p>
        {p !== null &&
          t(sayChance(p), { times: formatNumber(Number((1 / Math.max(p, LEAST_P)).toPrecision(2)), locale) })}
      </p>
      <p className={classes.quiet}>
        {p !== null && `p ${write(p)}`}
        {q !== null && `, q ${write(q)} ${t('sure.looked', { count: looked })}`}
      </p>
      <p>
        {t('sure.importance', { share: formatPercent(importance, locale) })}{' '}
        {kept !== null && t('sure.kept', { share: formatPercent(kept, locale) })}
      </p>
    </>
  )
}

function sayChance(p: number): 'sure.seldom' | 'sure.often' | 'sure.never' {
  if (p < LEAST_P) return 'sure.never'
  return p < 0.5 ? 'sure.seldom' : 'sure.often'
}
