import { IconCloudOff } from '@tabler/icons-react'
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { reachability } from '../reachability.ts'
import { useSession } from '../session.ts'
import { useTranslation } from '../use-translation.ts'
import { Banner } from './banner.tsx'

const PausedBanner = lazy(() =>
  import('./paused-banner.tsx').then(({ PausedBanner }) => ({ default: PausedBanner })),
)

/** What concerns every page at once, above all of them. */
export function Banners() {
  const { paused } = useSession()
  return (
    <div role="status">
      <ServerBanner />
      {paused && (
        <Suspense fallback={null}>
          <PausedBanner paused={paused} />
        </Suspense>
      )}
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
