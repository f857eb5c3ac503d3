import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { DEFAULT_WINDOW_DAYS, STEP_ORDERS, type StepOrder, UNITS, type Unit } from '../vocabulary.ts'
import { BREAKDOWNS, type BreakdownKey, PERIODS, WINDOWS } from './funnel-search.ts'
import type { FunnelAddress } from './use-funnel.ts'
import { useSavedSegments } from './use-names.ts'

interface PickProps {
  label: string
  value: string
  data: { value: string; label: string }[]
  onChange: (value: string) => void
}

function Pick({ onChange, ...rest }: PickProps) {
  return (
    <Select {...rest} size="sm" allowDeselect={false} onChange={(next) => next !== null && onChange(next)} />
  )
}

/** Who, when, in which order and how fast, and told apart by what. */
export function FunnelChoosers({ address: { search, change } }: { address: FunnelAddress }) {
  const { t } = useTranslation('funnels')
  const segments = useSavedSegments()
  const { days = 90, segment, window = DEFAULT_WINDOW_DAYS, order = 'ordered', per = 'person', by } = search
  const place = (WINDOWS as readonly number[]).indexOf(window)
  return (
    <FilterBar>
      <Pick
        label={t('period.label')}
        value={String(days)}
        data={PERIODS.map((one) => ({ value: String(one), label: t('period.days', { count: one }) }))}
        onChange={(next) => change({ days: PERIODS.find((one) => String(one) === next) })}
      />
      <Pick
        label={t('segment.label')}
        value={String(segment ?? '')}
        data={[{ value: '', label: t('segment.all') }, ...segments]}
        onChange={(next) => change({ segment: next === '' ? undefined : Number(next) })}
      />
      <Pick
        label={t('window.label')}
        value={String(place)}
        data={WINDOWS.map((one, index) => ({
          value: String(index),
          label: one < 1 ? t('window.hour') : t('window.days', { count: one }),
        }))}
        onChange={(next) => change({ window: WINDOWS[Number(next)] })}
      />
      <Pick
        label={t('order.label')}
        value={order}
        data={STEP_ORDERS.map((one) => ({ value: one, label: t(`order.${one}`) }))}
        onChange={(next) => change({ order: next as StepOrder })}
      />
      <Pick
        label={t('per.label')}
        value={per}
        data={UNITS.map((one) => ({ value: one, label: t(`per.${one}`) }))}
        onChange={(next) => change({ per: next as Unit })}
      />
      <Pick
        label={t('by.label')}
        value={by ?? ''}
        data={[
          { value: '', label: t('by.none') },
          ...BREAKDOWNS.map((one) => ({ value: one, label: t(`by.${one.replace('.', '_') as 'device'}`) })),
        ]}
        onChange={(next) => change({ by: next === '' ? undefined : (next as BreakdownKey) })}
      />
    </FilterBar>
  )
}
