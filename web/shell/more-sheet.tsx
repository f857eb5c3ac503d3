import { Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { AlarmBadge } from '../../features/changes/web/alarm-badge.tsx'
import { useSession } from '../session.ts'
import { useShop } from '../shop-context.tsx'
import { useTranslation } from '../use-translation.ts'
import { LanguageSwitcher } from './language-switcher.tsx'
import classes from './more-sheet.module.css'
import type { navigation } from './navigation.ts'
import { RoomIcon } from './room-icon.tsx'
import { SignOutButton } from './sign-out-button.tsx'
import { ThemeSwitcher } from './theme-switcher.tsx'

type MoreSheetProps = { entries: (typeof navigation)[number][]; isOpen: boolean; onClose: () => void }

/** What doesn't fit into the bottom bar: further rooms, the member, language, theme, the way out. */
export function MoreSheet({ entries, isOpen, onClose }: MoreSheetProps) {
  const { t } = useTranslation('shell')
  const { id } = useShop()
  const { member } = useSession()
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="bottom"
      size="auto"
      radius="18px 18px 0 0"
      title={<Who {...member} />}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ content: classes.sheet, header: classes.header, title: classes.title }}
    >
      <nav aria-label={t('moreRooms')} className={classes.rooms}>
        {entries.map(({ key, to }) => (
          <Link key={key} to={to} params={{ shop: String(id) }} className={classes.room} onClick={onClose}>
            <RoomIcon of={key} size={22} />
            {t(`nav.${key}`)}
            {key === 'reports' && <AlarmBadge isInLine />}
          </Link>
        ))}
      </nav>
      <div className={classes.choices}>
        <LanguageSwitcher />
        <ThemeSwitcher />
      </div>
      <SignOutButton fullWidth />
    </Drawer>
  )
}

function Who({ name, email }: { name: string; email: string }) {
  return (
    <>
      {name}
      <span className={classes.mail}>{email}</span>
    </>
  )
}
