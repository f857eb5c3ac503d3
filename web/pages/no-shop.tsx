import { IconBuildingStore } from '@tabler/icons-react'
import { ClosedShops } from '../../features/accounts/web/parts.ts'
import { useSession } from '../session.ts'
import { SignOutButton } from '../shell/sign-out-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { useTranslation } from '../use-translation.ts'
import classes from './no-shop.module.css'

/** For a member whom every shop has let go, or whose shops are all closed; anybody else is led on to a shop. */
export function NoShop() {
  const { t } = useTranslation('shell')
  const { member, archivedShops } = useSession()
  const isClosed = archivedShops.length > 0
  const title = t(isClosed ? 'noShop.closed' : 'noShop.title')
  usePageTitle(title)
  return (
    <main>
      <EmptyState wholePage icon={<IconBuildingStore size={22} />} title={title} action={<Ways />}>
        {isClosed ? t('noShop.closedWhy') : t('noShop.why', { email: member.email })}
      </EmptyState>
    </main>
  )
}

function Ways() {
  return (
    <div className={classes.ways}>
      <ClosedShops />
      <SignOutButton />
    </div>
  )
}
