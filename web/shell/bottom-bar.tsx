import { IconDots } from '@tabler/icons-react'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { AlarmBadge } from '../../features/changes/web/alarm-badge.tsx'
import { useShop } from '../shop-context.tsx'
import { PlainButton } from '../ui/plain-button.tsx'
import { useTranslation } from '../use-translation.ts'
import classes from './bottom-bar.module.css'
import { RoomIcon } from './room-icon.tsx'
import { useIsInReports, useNavigation } from './use-navigation.ts'

const loadSheet = () => import('./more-sheet.tsx')
const MoreSheet = lazy(() => loadSheet().then(({ MoreSheet }) => ({ default: MoreSheet })))

const withinReach = 4

/** The thumb's bar on a phone: the first rooms, and a sheet with everything else. */
export function BottomBar() {
  const { t } = useTranslation('shell')
  const { id } = useShop()
  const [isOpen, setOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  const open = () => {
    setWasOpened(true)
    setOpen(true)
  }
  const isAt = useMatchRoute()
  const entries = useNavigation()
  const params = { shop: String(id) }
  const rest = entries.slice(withinReach)
  const isInReports = useIsInReports()
  const isInRest = isInReports || rest.some(({ to }) => isAt({ to, params, fuzzy: true }))
  return (
    <div className={classes.bar}>
      <nav aria-label={t('rooms')} className={classes.rooms}>
        {entries.slice(0, withinReach).map(({ key, to }) => (
          <Link key={key} to={to} params={params} className={classes.room}>
            <RoomIcon of={key} size={22} />
            <span>{t(`nav.${key}`)}</span>
          </Link>
        ))}
        <PlainButton
          className={`${classes.room} ${isInRest ? 'active' : ''}`}
          aria-haspopup="dialog"
          onPointerEnter={() => void loadSheet().catch(() => undefined)}
          onClick={open}
        >
          <IconDots size={22} stroke={1.6} />
          <span>{t('nav.more')}</span>
          <AlarmBadge />
        </PlainButton>
      </nav>
      {wasOpened && (
        <Suspense fallback={null}>
          <MoreSheet entries={rest} isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
