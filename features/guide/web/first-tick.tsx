import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LiveStatus } from '../../../web/live.ts'
import classes from './event-station.module.css'

type FirstTickProps = { isHere: boolean; status: LiveStatus | 'paused'; accepted: number }

/** The tick that everything so far was for. Said aloud when it comes. */
export function FirstTick({ isHere, status, accepted }: FirstTickProps) {
  const { t } = useTranslation('guide')
  return (
    <div className={classes.tick} data-here={isHere || undefined}>
      <span className={classes.circle} data-status={status}>
        {isHere && <IconCheck size={40} stroke={2.6} aria-hidden="true" />}
      </span>
      <div aria-live="polite" className={classes.said}>
        <strong>{t(isHere ? 'event.here' : 'event.waiting')}</strong>
        <span>
          {isHere
            ? t('event.count', { count: accepted })
            : t(status === 'waiting' ? 'event.broken' : 'event.openShop')}
        </span>
      </div>
    </div>
  )
}
