import { useTranslation } from 'react-i18next'
import type { ChangesAnswer, SeenAlarm } from '../contract.ts'
import classes from './changes.module.css'
import { useChangeWords } from './use-change-words.ts'

const TOLD = 3

/** The page in sentences: what changed, or that nothing did, and what was looked at to say so. */
export function Summary({ answer, open }: { answer: ChangesAnswer; open: SeenAlarm[] }) {
  const { t } = useTranslation('changes')
  const { headline, day, count } = useChangeWords()
  const { looked, lastDay } = answer
  const isYoung = looked.weeks < looked.enough
  const looks = t('summary.looked', {
    touchpoints: looked.touchpoints,
    audiences: looked.audiences,
    weeks: looked.weeks,
    series: count(looked.series),
    day: day(lastDay),
  })
  if (isYoung)
    return (
      <section className={classes.verdict} data-tone="even" aria-label={t('summary.label')}>
        <h2>{t('summary.young')}</h2>
        <p>{t('summary.youngMore', { count: looked.enough, have: looked.weeks })}</p>
      </section>
    )
  return (
    <section
      className={classes.verdict}
      data-tone={open.length > 0 ? 'even' : 'won'}
      aria-label={t('summary.label')}
    >
      <h2>{open.length > 0 ? t('summary.some', { count: open.length }) : t('summary.quiet')}</h2>
      {open.slice(0, TOLD).map((alarm) => (
        <p key={alarm.id}>{t('summary.since', { head: headline(alarm), day: day(alarm.fromDay) })}</p>
      ))}
      <p className={classes.note}>{looks}</p>
    </section>
  )
}
