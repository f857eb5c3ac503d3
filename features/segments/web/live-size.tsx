import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { Num, Percent } from '../../../web/ui/numbers.tsx'
import type { Definition } from '../contract.ts'
import { SegmentError } from './segment-error.tsx'
import classes from './segments.module.css'
import { useLiveSize } from './use-segments.ts'

/** How many persons belong now, how large a part of all that is, and how fresh the figure. */
export function LiveSize({ definition, segment }: { definition: Definition; segment?: number | undefined }) {
  const { t } = useTranslation('segments')
  const { size, isBehind, error, retry } = useLiveSize(definition, segment)
  if (error) return <SizeError error={error} retry={retry} />
  const share = size && size.of > 0 ? size.n / size.of : 0
  return (
    <div className={classes.size} data-behind={isBehind || undefined} aria-busy={isBehind} role="status">
      {size ? (
        <>
          <span className={classes.figure}>
            <Num value={size.n} />
          </span>
          <span>{t('size.persons', { count: size.n })}</span>
          <div className={classes.bar} aria-hidden="true">
            <i style={{ width: `${share * 100}%` }} />
          </div>
          <span className={classes.quiet}>
            <Percent value={share} digits={share > 0 && share < 0.01 ? 1 : 0} />{' '}
            {t('size.of', { count: size.of })}
          </span>
          <span className={classes.quiet}>
            {t('size.asOf')} <DateTime at={size.asOf} />
          </span>
        </>
      ) : (
        <span className={classes.quiet}>{t('size.counting')}</span>
      )}
    </div>
  )
}

function SizeError({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation('segments')
  return (
    <div className={classes.size}>
      <SegmentError error={error} intro={t('size.failed')} />
      <Button variant="default" size="compact-sm" onClick={retry}>
        {t('size.retry')}
      </Button>
    </div>
  )
}
