import { Button } from '@mantine/core'
import { IconLinkOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isApiError } from '../../../web/api-error.ts'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { usePageTitle } from '../../../web/ui/use-page-title.ts'

/** A link that was used already or is too old, and how to come by a new one. */
export function LinkGone({ kind }: { kind: 'welcome' | 'invite' }) {
  const { t } = useTranslation('accounts')
  usePageTitle(t('gone.title'))
  return (
    <EmptyState
      wholePage
      icon={<IconLinkOff size={22} />}
      title={t('gone.title')}
      action={
        <Button component={Link} to="/sign-in" variant="default">
          {t('signIn.title')}
        </Button>
      }
    >
      {t(`gone.${kind}`)}
    </EmptyState>
  )
}

LinkGone.isMeant = (error: unknown): boolean => isApiError(error) && error.code === 'gone'
