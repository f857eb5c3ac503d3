import { UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../shop-context.tsx'
import classes from './bottom-bar.module.css'
import { MoreSheet } from './more-sheet.tsx'
import { RoomIcon } from './room-icon.tsx'
import { useNavigation } from './use-navigation.ts'

const withinReach = 4

/** The thumb's bar on a phone: the first rooms, and a sheet with everything else. */
export function BottomBar() {
  const { t } = useTranslation('shell')
  const { id } = useShop()
  const [isOpen, setOpen] = useState(false)
  const isAt = useMatchRoute()
  const entries = useNavigation()
  const params = { shop: String(id) }
  const rest = entries.slice(withinReach)
  const isInRest = rest.some(({ to }) => isAt({ to, params, fuzzy: true }))
  return (
    <div className={classes.bar}>
      <nav aria-label={t('rooms')} className={classes.rooms}>
        {entries.slice(0, withinReach).map(({ key, to }) => (
          <Link key={key} to={to} params={params} className={classes.room}>
            <RoomIcon of={key} size={22} />
            <span>{t(`nav.${key}`)}</span>
          </Link>
        ))}
        <UnstyledButton
          className={`${classes.room} ${isInRest ? 'active' : ''}`}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          <IconDots size={22} stroke={1.6} />
          <span>{t('nav.more')}</span>
        </UnstyledButton>
      </nav>
      <MoreSheet entries={rest} isOpen={isOpen} onClose={() => setOpen(false)} />
    </div>
  )
}
