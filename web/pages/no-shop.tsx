import { Button } from '@mantine/core'
import { IconBuildingStore } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession, useSignOut } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

/** For a member whom every shop has let go; anybody else is led on to a shop. */
export function NoShop() {
  const { t } = useTranslation('shell')
  const { member } = useSession()
  const signOut = useSignOut()
  usePageTitle(t('noShop.title'))
  const leave = (
    <Button variant="default" onClick={signOut}>
      {t('signOut')}
    </Button>
  )
  return (
    <main>
      <EmptyState wholePage icon={<IconBuildingStore size={22} />} title={t('noShop.title')} action={leave}>
        {t('noShop.why', { email: member.email })}
      </EmptyState>
    </main>
  )
}
