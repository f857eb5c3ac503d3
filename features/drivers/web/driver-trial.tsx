import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Trial } from '../contract.ts'
import classes from './drivers.module.css'

/** How to prove it, and how long that would take. */
export function DriverTrial({ trial }: { trial: Trial }) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const { kind, weeks, persons } = trial
  return (
    <>
      <p>{t(`trial.${kind}`)}</p>
      <p>
        <strong>{weeks === null ? t('trial.never') : t('trial.weeks', { count: weeks })}</strong>{' '}
        {weeks !== null && t('trial.persons', { count: persons, number: formatNumber(persons, locale) })}
      </p>
      <p className={classes.quiet}>{t(weeks === null ? 'trial.neverWhy' : 'trial.sure')}</p>
    </>
  )
}
