import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../shop-context.tsx'
import { TrailMark } from '../ui/trail-mark.tsx'
import { MemberMenu } from './member-menu.tsx'
import { navigation, visibleTo } from './navigation.ts'
import classes from './rail.module.css'
import { RoomIcon } from './room-icon.tsx'

/** The rooms on the left edge of a wide screen. */
export function Rail() {
  const { t } = useTranslation('shell')
  const { id, role } = useShop()
  const params = { shop: String(id) }
  return (
    <nav aria-label={t('rooms')} className={classes.rail}>
      <Link to="/s/$shop" params={params} className={classes.home} aria-label={t('home')}>
        <TrailMark size={38} />
      </Link>
      <div className={classes.rooms}>
        {visibleTo(role, navigation).map(({ key, to }) => (
          <Link key={key} to={to} params={params} className={classes.room}>
            <RoomIcon of={key} size={21} />
            <span>{t(`nav.${key}`)}</span>
          </Link>
        ))}
      </div>
      <MemberMenu />
    </nav>
  )
}
