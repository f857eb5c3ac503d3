import { Button } from '@mantine/core'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ReportMeta } from '../contract.ts'
import { describeSample } from '../sample.ts'
import classes from './report-page.module.css'

/** What a sample means for the numbers below, in words; the same in the files that are taken along. */
export function useSampleWords(): (meta: Pick<ReportMeta, 'sample' | 'n'>) => string[] {
  const { t } = useTranslation('reports')
  const locale = useLocale()
  return ({ sample, n }) => {
    if (sample === null) return []
    const { times, error } = describeSample(sample, n)
    const share = writeSample(sample, locale)
    const factor = formatNumber(times, locale, { digits: Number.isInteger(times) ? 0 : 1 })
    return [
      t('sample.banner', { share }),
      t('sample.shares'),
      t('sample.counts', { times: factor }),
      ...(error === null ? [] : [t('sample.error', { error: formatPercent(error, locale, { digits: 1 }) })]),
    ]
  }
}

/** «10 %», «12,5 %», «0,1 %»: as many digits as the share needs. */
export function writeSample(sample: number, locale: string): string {
  const digits = [0, 1, 2].find((one) => Number.isInteger(Math.round(sample * 1e6) / 10 ** (4 - one)))
  return formatPercent(sample, locale, { digits: digits ?? 2 })
}

/** Stands above every answer that was computed from a sample, with the way back to everybody. */
export function SampleBanner({ meta, onWhole }: { meta: ReportMeta; onWhole: () => void }) {
  const { t } = useTranslation('reports')
  const [banner, ...rest] = useSampleWords()(meta)
  return (
    <aside className={classes.sample} aria-label={banner}>
      <p>
        <strong>{banner}</strong> {rest.join(' ')}
      </p>
      <Button variant="default" size="sm" data-not-in-picture onClick={onWhole}>
        {t('sample.whole')}
      </Button>
    </aside>
  )
}
