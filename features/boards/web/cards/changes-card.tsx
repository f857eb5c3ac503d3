import { formatNumber, useLocale } from '../../../../web/format.ts'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { ChangesAnswer } from '../../../changes/contract.ts'
import { useChangeWords } from '../../../changes/web/parts.ts'
import { readReportSearch } from '../../../reports/web/parts.ts'
import classes from '../boards.module.css'
import type { CardProps } from '../card-kinds.ts'
import { Headline, ReportCard } from './report-card.tsx'

const MOST = 3

/** How many changes wait for a look, and which. */
export function ChangesCard({ search }: CardProps) {
  return (
    <ReportCard<ChangesAnswer> path="changes" query={{ sample: readReportSearch(search).sample }}>
      {({ alarms }) => <Alarms alarms={alarms} />}
    </ReportCard>
  )
}

function Alarms({ alarms }: { alarms: ChangesAnswer['alarms'] }) {
  const { t } = useTranslation('boards')
  const locale = useLocale()
  const { headline, day } = useChangeWords()
  const open = alarms.filter(({ isOn, state }) => isOn && state !== 'fine')
  if (open.length === 0) return <p className={classes.note}>{t('card.changesNone')}</p>
  return (
    <>
      <Headline figure={formatNumber(open.length, locale)}>
        {t('card.changes', { count: open.length })}
      </Headline>
      <ul className={classes.lines}>
        {open.slice(0, MOST).map((alarm) => (
          <li key={alarm.id}>
            {headline(alarm)} <span className={classes.question}>{day(alarm.fromDay)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
