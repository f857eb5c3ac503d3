import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from '../use-translation.ts'
import { useErrorWords } from './error-words.ts'
import { BrokenTrail } from './small-trail.tsx'
import classes from './state.module.css'

/** In the place of what didn't come: what failed, why, what to do, and the way to try again. */
export function ErrorState({
  error,
  title,
  onRetry,
}: {
  error: unknown
  title?: string
  onRetry?: () => void
}) {
  const { t } = useTranslation('ui')
  const { why, what, detail } = useErrorWords(error)
  return (
    <div className={classes.state} role="alert">
      <BrokenTrail />
      <h2>{title ?? t('error.title')}</h2>
      <p>
        {why} {what}
      </p>
      {detail && (
        <p className={classes.detail} lang="en">
          {detail}
        </p>
      )}
      {onRetry && (
        <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
          {t('error.retry')}
        </Button>
      )}
    </div>
  )
}
