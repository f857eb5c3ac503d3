import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser, CompareChooser, PeriodChooser, SegmentChooser } from '../../reports/web/parts.ts'
import { COHORT_SIZES, RETURNS } from '../vocabulary.ts'
import { findMode, MODES } from './cohorts-search.ts'
import type { CohortsAddress } from './use-cohorts.ts'

/** Fewer days hold too few months to compare. */
const DAYS_FOR_MONTHS = 365

/** Who, when, by week or month, what counts as coming back, and how it is looked at. */
export function CohortChoosers({ address }: { address: CohortsAddress }) {
  const { t } = useTranslation('cohorts')
  const { search, change, look } = address
  const { size = 'week', returns = 'contact', split } = search
  const changeSize = (next: string) =>
    change({
      size: COHORT_SIZES.find((one) => one === next),
      ...(next === 'month' && search.from === undefined && (search.days ?? 90) < DAYS_FOR_MONTHS
        ? { days: DAYS_FOR_MONTHS }
        : {}),
    })
  return (
    <>
      <PeriodChooser search={search} change={change} />
      <Chooser
        label={t('size.label')}
        value={size}
        data={COHORT_SIZES.map((value) => ({ value, label: t(`size.${value}`) }))}
        onChoose={changeSize}
      />
      <Chooser
        label={t('returns.label')}
        value={returns}
        data={RETURNS.map((value) => ({ value, label: t(`returns.${value}`) }))}
        onChoose={(next) => change({ returns: RETURNS.find((one) => one === next), mode: undefined })}
      />
      <Chooser
        label={t('mode.label')}
        value={findMode(search)}
        data={MODES.map((value) => ({ value, label: t(`mode.${value}.${size}`) }))}
        onChoose={(next) => look({ mode: MODES.find((one) => one === next) })}
      />
      <SegmentChooser search={search} change={change} />
      <CompareChooser search={search} change={change} />
      <Chooser
        label={t('split.label')}
        value={split ?? 'none'}
        data={(['none', 'channel'] as const).map((value) => ({ value, label: t(`split.${value}`) }))}
        onChoose={(next) => change({ split: next === 'channel' ? 'channel' : undefined })}
      />
    </>
  )
}
