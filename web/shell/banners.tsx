import { IconCloudOff, IconPlayerPause } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api-client.ts'
import { reachability } from '../reachability.ts'
import { sessionQuery, useSession } from '../session.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { DateTime } from '../ui/date-time.tsx'
import classes from './banners.module.css'

/** What concerns every page at once, above all of them. */
export function Banners() {
  return (
    <div role="status">
      <ServerBanner />
      <PausedBanner />
    </div>
  )
}

export function ServerBanner() {
  const { t } = useTranslation('shell')
  const state = useSyncExternalStore(reachability.subscribe, reachability.get)
  if (state === 'reachable') return null
  return (
    <Banner tone="lost" icon={<IconCloudOff size={18} />}>
      {t(`reach.${state}`)}
    </Banner>
  )
}

function PausedBanner() {
  const { t } = useTranslation('shell')
  const queryClient = useQueryClient()
  const { paused, shops } = useSession()
  if (!paused) return null
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

type BannerProps = { tone: 'lost' | 'even'; icon: ReactNode; children: ReactNode }

export function Banner({ tone, icon, children }: BannerProps) {
  return (
    <div className={classes.banner} data-tone={tone}>
      {icon}
      <span>{children}</span>
    </div>
  )
}
