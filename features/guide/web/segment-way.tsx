import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { SendSnippets } from '../../accounts/web/parts.ts'
import classes from './connect-station.module.css'
import { useWriteKey } from './use-guide.ts'

const kinds = ['browser', 'node', 'curl'] as const

/** For shops that have events already, or a developer who speaks Segment. */
export function SegmentWay() {
  const { t } = useTranslation('guide')
  const { writeKey, isPending, error, retry } = useWriteKey()
  if (error) return <ErrorState error={error} onRetry={() => void retry()} />
  return (
    <section className={classes.open} aria-busy={isPending} aria-label={t('way.segment')}>
      <p className={classes.quiet}>{t('segment.how')}</p>
      {writeKey && <SendSnippets writeKey={writeKey} kinds={kinds} first="browser" />}
      <p className={classes.quiet}>{t('segment.sees')}</p>
    </section>
  )
}
