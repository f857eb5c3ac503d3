import type { UseQueryResult } from '@tanstack/react-query'
import { formatDay, formatNumber, useLocale } from '../../../web/format.ts'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Counted, TodayFacts } from '../contract.ts'
import { judgeDay } from './judge-day.ts'
import classes from './today.module.css'

const FACTS = ['orders', 'persons', 'answers'] as const

/** How many ordered, came and answered yesterday, beside what that weekday usually is. */
export function Yesterday({ facts }: { facts: UseQueryResult<TodayFacts> }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const { data, isError, refetch } = facts
  return (
    <section className={classes.yesterday} aria-label={t('yesterday.title')} aria-busy={!data && !isError}>
      <h2 className={classes.kicker}>{t('yesterday.title')}</h2>
      {isError && !data && (
        <p className={classes.quiet}>
          {t('today.unread')}{' '}
          <PlainButton className={classes.again} onClick={() => void refetch()}>
            {t('today.again')}
          </PlainButton>
        </p>
      )}
      {data && (
        <>
          <p className={classes.day}>{formatDay(data.day, locale, true)}</p>
          <ul>
            {FACTS.map((fact) => (
              <Fact key={fact} name={fact} counted={data[fact]} />
            ))}
          </ul>
          <p className={classes.lag}>{sayLag(data.meta.lagSeconds, t)}</p>
        </>
      )}
    </section>
  )
}

function Fact({ name, counted }: { name: (typeof FACTS)[number]; counted: Counted }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const verdict = judgeDay(counted)
  const { low = 0, high = 0 } = counted.usual ?? {}
  return (
    <li data-verdict={verdict}>
      <strong>{t(`yesterday.${name}`, { count: counted.n })}</strong>{' '}
      <span>
        {t(`yesterday.${verdict}`, { low: formatNumber(low, locale), high: formatNumber(high, locale) })}
      </span>
    </li>
  )
}

function sayLag(seconds: number, t: ReturnType<typeof useTranslation>['t']): string {
  return seconds < 90 ? t('yesterday.lag') : t('yesterday.late', { count: Math.round(seconds / 60) })
}
