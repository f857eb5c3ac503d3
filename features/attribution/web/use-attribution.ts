import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { isChannel } from '../../../kernel/channels.ts'
import { api } from '../../../web/api-client.ts'
import type { Language } from '../../../web/language.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { Attribution, AttributionQuestion, WeeklyOrders } from '../contract.ts'
import { type AttributionSearch, questionOf } from './attribution-search.ts'

/** The page's address, and the two ways to change it: asked anew, or a step that the back button undoes. */
export interface AttributionAddress {
  search: AttributionSearch
  change: (part: Partial<AttributionSearch>) => void
  open: (part: Partial<AttributionSearch>) => void
}

export function useQuestion(search: AttributionSearch): AttributionQuestion {
  return questionOf(search, new Date(), useShop().timeZone)
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

export function useWeeklyOrders(question: AttributionQuestion, isWanted: boolean) {
  const { id } = useShop()
  const { compare: _, ...query } = question
  return useQuery({
    queryKey: [`/shops/${id}/attribution/weeks`, query],
    queryFn: ({ signal }) => api.get<WeeklyOrders>(`/shops/${id}/attribution/weeks`, { query, signal }),
    staleTime: 60_000,
    enabled: isWanted,
  })
}

/** Costs came or went: the report and the list look again. */
export function useCostsChanged(): () => Promise<void> {
  const { id } = useShop()
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all(
      ['attribution', 'ad-costs'].map((path) =>
        queryClient.invalidateQueries({ queryKey: [`/shops/${id}/${path}`] }),
      ),
    )
  }
}

/** The server refuses the others too; hiding the buttons spares them a refusal. */
export function useMayKeepCosts(): boolean {
  const { role } = useShop()
  return role === 'owner' || role === 'marketer'
}

/** How a way is called: a channel, a touchpoint by the shop's own name, or a source or campaign as it came. */
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
    if (way === '') return t('unknownWay')
    if (by === 'touchpoint') {
      const own = data?.registry.touchpoints.find(({ key }) => key === way)?.name
      return own?.[i18n.language as Language] ?? t(`touchpoints:touchpoints.${way}`, { defaultValue: way })
    }
    return isChannel(way) ? t(`channels:${way}`) : way
  }
}
