import { Popover } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSession } from '../session.ts'
import { useShop } from '../shop-context.tsx'
import { useOpening } from '../ui/on-demand.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { useTranslation } from '../use-translation.ts'
import { LanguageSwitcher } from './language-switcher.tsx'
import classes from './member-menu.module.css'
import { SignOutButton } from './sign-out-button.tsx'
import { ThemeSwitcher } from './theme-switcher.tsx'

/** The member's button with what lies behind it, open. */
export function MemberCard({ face }: { face: ReactNode }) {
  const { t } = useTranslation('shell')
  const { member } = useSession()
  const { id, role } = useShop()
  const { isOpen, setOpen, target } = useOpening<HTMLButtonElement>()
  return (
    <Popover opened={isOpen} onChange={setOpen} position="right-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <PlainButton ref={target} className={classes.face} onClick={() => setOpen(!isOpen)}>
          {face}
        </PlainButton>
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
          <Link to="/s/$shop/settings/account" params={{ shop: String(id) }} onClick={() => setOpen(false)}>
            {t('account')}
          </Link>
          <SignOutButton size="xs" />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
