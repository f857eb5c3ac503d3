import { useTranslation } from '../../../web/use-translation.ts'
import classes from './alarm-badge.module.css'
import { useAlarmCount } from './use-alarm-count.ts'

/** How many alarms nobody has looked at; nothing where there are none. */
export function AlarmBadge({ isInLine = false }: { isInLine?: boolean }) {
  const { t } = useTranslation('shell')
  const count = useAlarmCount()
  if (count === 0) return null
  return (
    <span className={classes.badge} data-in-line={isInLine || undefined}>
      <span aria-hidden="true">{count > 9 ? '9+' : count}</span>
      <span className="only-spoken">{t('alarms', { count })}</span>
    </span>
  )
}
