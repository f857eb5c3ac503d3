import { Select, TextInput } from '@mantine/core'
import { dayOf } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { type AttributionSearch, CONVERSIONS, daysOf, PERIODS, WAYS } from './attribution-search.ts'
import { useSegmentNames } from './use-attribution.ts'

type ChoosersProps = { search: AttributionSearch; change: (part: AttributionSearch) => void }
type Choice = { value: string; label: string }

/** Whose visits, when, which orders count, and what a step of a path is. */
export function Choosers({ search, change }: ChoosersProps) {
  const { t } = useTranslation('attribution')
  const segments = useSegmentNames().map(({ id, name }) => ({ value: String(id), label: name }))
  const choose = (values: readonly string[], group: string): Choice[] =>
    values.map((value) => ({ value, label: t(`${group}.${value}`) }))
  return (
    <FilterBar>
      <Period search={search} change={change} />
      <Chooser
        label={t('segment.label')}
        value={search.segment === undefined ? 'all' : String(search.segment)}
        data={[{ value: 'all', label: t('segment.all') }, ...segments]}
        onChoose={(value) => change({ segment: value === 'all' ? undefined : Number(value) })}
      />
      <Chooser
        label={t('conversion.label')}
        value={search.conversion ?? 'ordered'}
        data={choose(CONVERSIONS, 'conversion')}
        onChoose={(value) => change({ conversion: CONVERSIONS.find((one) => one === value) })}
      />
      <Chooser
        label={t('by.label')}
        value={search.by ?? 'channel'}
        data={choose(WAYS, 'by')}
        onChoose={(value) => change({ by: WAYS.find((one) => one === value) })}
      />
      <Chooser
        label={t('nulls.label')}
        value={search.nulls ?? 'with'}
        data={choose(['with', 'without'], 'nulls')}
        onChoose={(value) => change({ nulls: value === 'without' ? 'without' : undefined })}
      />
    </FilterBar>
  )
}

/** A number of days until today, or days of one's own. */
function Period({ search, change }: ChoosersProps) {
  const { t } = useTranslation('attribution')
  const zone = useTimeZone()
  const days = daysOf(search, new Date(), zone)
  const isOwn = search.from !== undefined
  const data = [
    ...PERIODS.map((period) => ({ value: period, label: t('period.days', { count: Number(period) }) })),
    { value: 'own', label: t('period.own') },
  ]
  const field = (side: 'from' | 'to') => (
    <TextInput
      type="date"
      size="sm"
      label={t(`period.${side}`)}
      value={days[side]}
      max={side === 'from' ? days.to : dayOf(new Date(), zone)}
      min={side === 'to' ? days.from : undefined}
      onChange={(event) => {
        const next = { ...days, [side]: event.currentTarget.value }
        if (next.from && next.to && next.from <= next.to) change({ ...next, period: undefined })
      }}
    />
  )
  return (
    <>
      <Chooser
        label={t('period.label')}
        value={isOwn ? 'own' : (search.period ?? '90')}
        data={data}
        onChoose={(value) =>
          change(
            value === 'own'
              ? { ...days, period: undefined }
              : { from: undefined, to: undefined, period: PERIODS.find((one) => one === value) },
          )
        }
      />
      {isOwn && field('from')}
      {isOwn && field('to')}
    </>
  )
}

type ChooserProps = { label: string; value: string; data: Choice[]; onChoose: (value: string) => void }

export function Chooser({ label, value, data, onChoose }: ChooserProps) {
  return (
    <Select
      size="sm"
      label={label}
      value={value}
      data={data}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onChoose(chosen)}
    />
  )
}
