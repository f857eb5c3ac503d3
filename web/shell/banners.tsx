import { IconCloudOff, IconPlayerPause } from '@tabler/icons-react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { reachability } from '../reachability.ts'
import { useSession } from '../session.ts'
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
  const { paused } = useSession()
  if (!paused) return null
  return (
    <Banner tone="even" icon={<IconPlayerPause size={18} />}>
      <strong>{t('paused.what')}</strong> {t('paused.since')} <DateTime at={paused.since} />.{' '}
      {t('paused.why')}
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
