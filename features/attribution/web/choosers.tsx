import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser, CompareChooser, PeriodChooser, SegmentChooser } from '../../reports/web/parts.ts'
import { WAYS } from '../contract.ts'
import { CONVERSIONS } from './attribution-search.ts'
import type { AttributionAddress } from './use-attribution.ts'

/** Whose visits, when, which orders count, and what a step of a path is. */
export function Choosers({ search, change }: AttributionAddress) {
  const { t } = useTranslation('attribution')
  const choose = (values: readonly string[], group: string) =>
    values.map((value) => ({ value, label: t(`${group}.${value}`) }))
  return (
    <>
      <PeriodChooser search={search} change={change} />
      <SegmentChooser search={search} change={change} />
      <CompareChooser search={search} change={change} />
      <Chooser
        label={t('by.label')}
        value={search.by ?? 'channel'}
        data={choose(WAYS, 'by')}
        onChoose={(value) => change({ by: WAYS.find((one) => one === value), way: undefined })}
      />
      <Chooser
        label={t('conversion.label')}
        value={search.conversion ?? 'ordered'}
        data={choose(CONVERSIONS, 'conversion.choice')}
        onChoose={(value) => change({ conversion: CONVERSIONS.find((one) => one === value) })}
      />
      <Chooser
        label={t('nulls.label')}
        value={search.nulls ?? 'with'}
        data={choose(['with', 'without'], 'nulls')}
        onChoose={(value) => change({ nulls: value === 'without' ? 'without' : undefined })}
      />
    </>
  )
}
