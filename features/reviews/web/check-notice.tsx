import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FormError } from '../../../web/ui/form-error.tsx'
import classes from './reviews.module.css'
import type { CheckChanges } from './use-reviews.ts'

/** What was done to a check just now, with the way back. `name` is the touchpoint's. */
export function CheckNotice({ changes, name }: { changes: CheckChanges; name: (key: string) => string }) {
  const { t } = useTranslation('reviews')
  const { notice, undo, isRunning, error } = changes
  return (
    <>
      <div role="status">
        {notice && (
          <div className={classes.made}>
            <span>
              {t(notice.was === 'made' ? 'check.done' : 'history.removed', {
                name: name(notice.check.touchpoint),
              })}
            </span>
            <Button variant="subtle" size="compact-sm" loading={isRunning} onClick={() => void undo()}>
              {t('undo')}
            </Button>
          </div>
        )}
      </div>
      <FormError error={error} />
    </>
  )
}
