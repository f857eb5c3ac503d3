import { TextInput } from '@mantine/core'
import { dayOf } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser } from './chooser.tsx'
import { DEFAULT_DAYS, findDays, PERIOD_DAYS, type ReportSearch } from './report-search.ts'

export type QuestionProps = { search: ReportSearch; change: (part: ReportSearch) => void }

/** A number of days until today, `usual` ones of this report among them, or days of one's own. */
export function PeriodChooser({ search, change, usual }: QuestionProps & { usual?: number }) {
  const { t } = useTranslation('reports')
  const zone = useTimeZone()
  const days = findDays(search, new Date(), zone)
  const isOwn = search.from !== undefined
  const chosen = search.days ?? DEFAULT_DAYS
  // An address may ask for a number of days that no line offers.
  const offered = [...new Set([...PERIOD_DAYS, usual ?? DEFAULT_DAYS, chosen])].sort((a, b) => a - b)
  return (
    <>
      <Chooser
        label={t('period.label')}
        value={isOwn ? 'own' : String(chosen)}
        data={[
          ...offered.map((count) => ({ value: String(count), label: t('period.days', { count }) })),
          { value: 'own', label: t('period.own') },
        ]}
        onChoose={(value) =>
          change(
            value === 'own'
              ? { ...days, days: undefined }
              : { from: undefined, to: undefined, days: Number(value) },
          )
        }
      />
      {isOwn && <DayFields days={days} change={change} today={dayOf(new Date(), zone)} />}
    </>
  )
}

type DayFieldsProps = Pick<QuestionProps, 'change'> & { days: { from: string; to: string }; today: string }

/** While a date is being typed it may be none, or turned round: then the report stays as it is. */
function DayFields({ days, change, today }: DayFieldsProps) {
  const { t } = useTranslation('reports')
  const field = (side: 'from' | 'to') => (
    <TextInput
      type="date"
      size="sm"
      label={t(`period.${side}`)}
      value={days[side]}
      min={side === 'to' ? days.from : undefined}
      max={side === 'from' ? days.to : today}
      onChange={(event) => {
        const next = { ...days, [side]: event.currentTarget.value }
        if (next.from && next.to && next.from <= next.to) change({ ...next, days: undefined })
      }}
    />
  )
  return (
    <>
      {field('from')}
      {field('to')}
    </>
  )
}
