import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { ArrivalSites } from '../contract.ts'
import { Notice } from './notice.tsx'

const ASK_EVERY_MS = 3_000

/** What the sites that send events tell: one that the shop hasn't named, or its own with a wrong key. */
export function SiteHints({ isHere }: { isHere: boolean }) {
  const path = `/shops/${useShop().id}/guide/sites`
  const sites = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ArrivalSites>(path, { signal }),
    // Until the first event has a site: the tick is faster than this look into the history.
    refetchInterval: ({ state }) => (state.data?.items.length ? false : ASK_EVERY_MS),
  })
  if (!sites.data) return null
  const { items, unknownKeys } = sites.data
  const others = items.filter(({ isOwn }) => !isOwn).map(({ domain }) => domain)
  return (
    <>
      {!isHere && unknownKeys.map((one) => <WrongKey key={one.domain} {...one} />)}
      {isHere && others.length > 0 && <OtherSites sites={others.join(', ')} />}
    </>
  )
}

/** The site does send, but what it sends belongs to nobody. */
function WrongKey({ domain, hint }: ArrivalSites['unknownKeys'][number]) {
  const { t } = useTranslation('guide')
  return (
    <Notice tone="lost" title={t('event.wrongKey', { domain, hint })}>
      {t('event.wrongKeyWhat')}
    </Notice>
  )
}

/** A test site, or an address that is missing in the settings. */
function OtherSites({ sites }: { sites: string }) {
  const { t } = useTranslation('guide')
  const { id, role } = useShop()
  return (
    <Notice tone="even" title={t('event.otherSite', { sites })}>
      <p>{t('event.otherSiteWhat')}</p>
      {role === 'owner' && (
        <Link to="/s/$shop/settings/shop" params={{ shop: String(id) }}>
          {t('event.toShop')}
        </Link>
      )}
    </Notice>
  )
}
