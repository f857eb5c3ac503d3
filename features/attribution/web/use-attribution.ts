import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { isChannel } from '../../../kernel/channels.ts'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { SegmentList } from '../../segments/contract.ts'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { Attribution, AttributionQuestion } from '../contract.ts'
import { type AttributionSearch, dropEmpty, readSearch } from './attribution-search.ts'

/** The address holds the whole question, so that it can be sent to a colleague. */
export function useAttributionAddress() {
  const navigate = useNavigate()
  const search = readSearch(useSearch({ strict: false }) as Record<string, unknown>)
  return {
    search,
    change: (part: AttributionSearch) =>
      void navigate({
        to: '.',
        search: dropEmpty({ ...search, ...part }) as never,
        replace: true,
        resetScroll: false,
      }),
  }
}

export function useAttribution(question: AttributionQuestion) {
  const { id } = useShop()
  return useQuery({
    queryKey: [`/shops/${id}/attribution`, question],
    queryFn: ({ signal }) => api.get<Attribution>(`/shops/${id}/attribution`, { query: question, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

export function useSegmentNames() {
  const { id } = useShop()
  const path = `/shops/${id}/segments`
  const query = useQuery({
    queryKey: [path, 'names'],
    queryFn: ({ signal }) => api.get<SegmentList>(path, { query: { limit: 200 }, signal }),
    staleTime: 30_000,
  })
  return query.data?.items ?? []
}

/** How a way is called: a channel, a touchpoint by the shop's own name, or a source as it came. */
export function useWayName(by: Attribution['meta']['by'] | undefined): (way: string) => string {
  const { id } = useShop()
  const { t, i18n } = useTranslation('attribution')
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
    enabled: by === 'touchpoint',
  })
  return (way) => {
    if (way === 'other') return t('other')
    if (by === 'touchpoint') {
      const own = data?.registry.touchpoints.find(({ key }) => key === way)?.name
      return own?.[i18n.language as Language] ?? t(`touchpoints:touchpoints.${way}`, { defaultValue: way })
    }
    return isChannel(way) ? t(`channels:${way}`) : way
  }
}
