import { Popover, UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session.ts'
import { useShop } from '../shop-context.tsx'
import { initialsOf } from './initials.ts'
import { LanguageSwitcher } from './language-switcher.tsx'
import classes from './member-menu.module.css'
import { SignOutButton } from './sign-out-button.tsx'
import { ThemeSwitcher } from './theme-switcher.tsx'

/** The member's own corner: who is signed in, language, theme, the way out. */
export function MemberMenu() {
  const { t } = useTranslation('shell')
  const { member } = useSession()
  const { id, role } = useShop()
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="right-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.face} onClick={() => setOpen(!isOpen)}>
          {initialsOf(member.name || member.email)}
          <span className="only-spoken"> {t('member', { name: member.name })}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={t('member', { name: member.name })}>
        <div>
          <div className={classes.name}>{member.name}</div>
          <div className={classes.mail}>
            {member.email} · {t(`role.${role}`)}
          </div>
        </div>
        <LanguageSwitcher />
        <ThemeSwitcher />
        <div className={classes.foot}>
          <Link to="/s/$shop/settings/account" params={{ shop: String(id) }} onClick={close}>
            {t('account')}
          </Link>
          <SignOutButton size="xs" />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
