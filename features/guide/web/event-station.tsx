import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { ArrivalSites } from '../contract.ts'
import classes from './event-station.module.css'
import { FirstTick } from './first-tick.tsx'
import { LatestArrivals } from './latest-arrivals.tsx'
import { Notice } from './notice.tsx'
import { RefusalHints } from './refusal-hints.tsx'
import { SilenceHelp } from './silence-help.tsx'
import type { StationProps } from './start-page.tsx'
import { GoOn, StationCard } from './station-card.tsx'
import { useLatest } from './use-latest.ts'

/** Waits for the first event with the owner, says in words what came, and helps when nothing does. */
export function EventStation({ guide, goOn, goTo }: StationProps) {
  const { t } = useTranslation('guide')
  const { id } = useShop()
  const { arrivals, refusals, status } = useLatest()
  const isHere = guide.done.event || arrivals.length > 0
  return (
    <StationCard
      title={t('event.title')}
      hint={t('event.hint')}
      foot={<GoOn isDone={isHere} onClick={goOn} />}
    >
      <FirstTick isHere={isHere} status={status} accepted={Math.max(guide.accepted, arrivals.length)} />
      <LatestArrivals arrivals={arrivals} />
      {isHere && <OtherSites />}
      <RefusalHints refusals={refusals} />
      <SilenceHelp guide={guide} isHere={isHere} goTo={goTo} />
      {isHere && (
        <p className={classes.more}>
          <Link to="/s/$shop/debugger" params={{ shop: String(id) }}>
            {t('event.debugger')}
          </Link>
        </p>
      )}
    </StationCard>
  )
}

/** Events from a site that the shop hasn't named: a test site, or an address that is missing in the settings. */
function OtherSites() {
  const { t } = useTranslation('guide')
  const { id, role } = useShop()
  const queryClient = useQueryClient()
  const path = `/shops/${id}/guide/sites`
  const sites = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ArrivalSites>(path, { signal }),
    // Asked again while nothing has a site yet: the tick is faster than this look into the history.
    refetchInterval: (query) => (query.state.data?.items.length ? false : 3_000),
  })
  const others = sites.data?.items.filter(({ isOwn }) => !isOwn) ?? []
  if (others.length === 0) return null
  return (
    <Notice
      tone="even"
      title={t('event.otherSite', { sites: others.map(({ domain }) => domain).join(', ') })}
    >
      <p>{t('event.otherSiteWhat')}</p>
      {role === 'owner' && (
        <Link
          to="/s/$shop/settings/shop"
          params={{ shop: String(id) }}
          onClick={() => void queryClient.invalidateQueries({ queryKey: [path] })}
        >
          {t('event.toShop')}
        </Link>
      )}
    </Notice>
  )
}
