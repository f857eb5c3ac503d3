import { IconBuildingStore } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session.ts'
import { SignOutButton } from '../shell/sign-out-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

/** For a member whom every shop has let go; anybody else is led on to a shop. */
export function NoShop() {
  const { t } = useTranslation('shell')
  const { member } = useSession()
  usePageTitle(t('noShop.title'))
  return (
    <main>
      <EmptyState
        wholePage
        icon={<IconBuildingStore size={22} />}
        title={t('noShop.title')}
        action={<SignOutButton />}
      >
        {t('noShop.why', { email: member.email })}
      </EmptyState>
    </main>
  )
}
