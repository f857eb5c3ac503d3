import { useTranslation } from 'react-i18next'
import { ChannelBadge } from '../../../web/ui/channel-badge.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import type { Arrival } from '../../ingestion/debugger-contract.ts'
import classes from './event-station.module.css'

/** What came, in words. */
export function LatestArrivals({ arrivals }: { arrivals: Arrival[] }) {
  const { t } = useTranslation('guide')
  if (arrivals.length === 0) return null
  return (
    <ol className={classes.arrivals} aria-label={t('event.latest')}>
      {arrivals.map((arrival) => (
        <li key={arrival.hash}>
          <span className={classes.what}>
            <Sentence arrival={arrival} />
          </span>
          {arrival.channel && arrival.channel !== 'unknown' && <ChannelBadge channel={arrival.channel} />}
          <span className={classes.when}>
            <DateTime at={arrival.receivedAt} show="seconds" />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Sentence({ arrival }: { arrival: Arrival }) {
  const { t } = useTranslation('guide')
  const { kind, name, path, userId } = arrival
  if (kind === 'page' || kind === 'screen') return t('event.page', { page: name || path || '…' })
  if (kind === 'track') return t('event.track', { name })
  return userId ? t('event.identify', { who: userId }) : t('event.someone')
}
