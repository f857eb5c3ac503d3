import { IconPlayerPause } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../api-client.ts'
import { type Session, sessionQuery, useSession } from '../session.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { DateTime } from '../ui/date-time.tsx'
import { useTranslation } from '../use-translation.ts'
import { Banner } from './banner.tsx'

/** After a restore nothing is sent until an owner says so. */
export function PausedBanner({ paused }: { paused: NonNullable<Session['paused']> }) {
  const { t } = useTranslation('shell')
  const queryClient = useQueryClient()
  const { shops } = useSession()
  const owned = shops.find(({ role }) => role === 'owner')
  const resume = async () => {
    await api.post(`/shops/${owned?.id}/system/resume`)
    await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  return (
    <Banner tone="even" icon={<IconPlayerPause size={18} />}>
      <strong>{t('paused.what')}</strong> {t('paused.since')} <DateTime at={paused.since} />.{' '}
      {t('paused.why')}{' '}
      {owned && (
        <ConfirmButton
          label={t('paused.resume')}
          title={t('paused.question')}
          consequence={t('paused.consequence')}
          confirmLabel={t('paused.resume')}
          onConfirm={resume}
          buttonProps={{ variant: 'default', size: 'xs' }}
        />
      )}
    </Banner>
  )
}
