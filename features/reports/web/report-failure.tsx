import { Button } from '@mantine/core'
import { isApiError } from '../../../web/api-error.ts'
import { useLocale } from '../../../web/format.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { BrokenTrail } from '../../../web/ui/small-trail.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './report-page.module.css'
import { writeSample } from './sample-banner.tsx'

type ReportFailureProps = { error: unknown; onSample: (share: number) => void; onRetry: () => void }

/** In the place of a report that didn't come; of one that is too heavy a sample is offered. */
export function ReportFailure({ error, onSample, onRetry }: ReportFailureProps) {
  const sample = findOffer(error)
  return (
    <Section>
      {sample === undefined ? (
        <ErrorState error={error} onRetry={onRetry} />
      ) : (
        <TooHeavy sample={sample} onSample={onSample} />
      )}
    </Section>
  )
}

function findOffer(error: unknown): number | undefined {
  if (!isApiError(error) || error.code !== 'report_too_heavy') return undefined
  const offered = (error.details as { sample?: unknown } | undefined)?.sample
  return typeof offered === 'number' ? offered : undefined
}

function TooHeavy({ sample, onSample }: { sample: number; onSample: (share: number) => void }) {
  const { t } = useTranslation('reports')
  const locale = useLocale()
  const share = writeSample(sample, locale)
  return (
    <div className={classes.heavy} role="alert">
      <BrokenTrail />
      <h2>{t('heavy.title')}</h2>
      <p>{t('heavy.why')}</p>
      <Button onClick={() => onSample(sample)}>{t('heavy.offer', { share })}</Button>
      <p className={classes.note}>{t('heavy.note')}</p>
    </div>
  )
}
