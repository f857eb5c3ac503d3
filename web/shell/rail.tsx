import { Link } from '@tanstack/react-router'
import { AlarmBadge } from '../../features/changes/web/alarm-badge.tsx'
import { useShop } from '../shop-context.tsx'
import { TrailMark } from '../ui/trail-mark.tsx'
import { useTranslation } from '../use-translation.ts'
import { MemberMenu } from './member-menu.tsx'
import classes from './rail.module.css'
import { RoomIcon } from './room-icon.tsx'
import { useIsInReports, useNavigation } from './use-navigation.ts'

/** The rooms on the left edge of a wide screen. */
export function Rail() {
  const { t } = useTranslation('shell')
  const { id } = useShop()
  const params = { shop: String(id) }
  const isInReports = useIsInReports()
  return (
    <nav aria-label={t('rooms')} className={classes.rail}>
      <Link to="/s/$shop" params={params} className={classes.home} aria-label={t('home')}>
        <TrailMark size={38} />
      </Link>
      <div className={classes.rooms}>
        {useNavigation().map(({ key, to }) => (
          <Link
            key={key}
            to={to}
            params={params}
            className={`${classes.room} ${key === 'reports' && isInReports ? 'active' : ''}`}
          >
            <RoomIcon of={key} size={21} />
            <span>{t(`nav.${key}`)}</span>
            {key === 'reports' && <AlarmBadge />}
          </Link>
        ))}
      </div>
      <MemberMenu />
    </nav>
  )
}
