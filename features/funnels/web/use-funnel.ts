import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, type Query } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { useReportAddress } from '../../reports/web/parts.ts'
import type { FunnelAnswer, FunnelFields, ReferenceFigures } from '../contract.ts'
import { type FunnelSearch, type OpenList, readSearch, toQuery } from './funnel-search.ts'

/** The question lives in the address; another question closes the list, and opening one is a step for the back button. */
export function useFunnelAddress() {
  const { search, change, open } = useReportAddress<FunnelSearch>(readSearch)
  return {
    search,
    change: (part: FunnelSearch) => change({ list: undefined, ...part }),
    open: (list: OpenList | undefined) => open({ list }),
  }
}
export type FunnelAddress = ReturnType<typeof useFunnelAddress>

export function useFunnelQuery(search: FunnelSearch) {
  return toQuery(search, new Date(), useTimeZone())
}

/** The answer to a question; while the next one is on its way, the one before stays on the screen. */
export function useAnswer<Answer>(path: string, query: Query) {
  const { id } = useShop()
  return useQuery({
    queryKey: [`/shops/${id}/${path}`, query],
    queryFn: ({ signal }) => api.get<Answer>(`/shops/${id}/${path}`, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
}

export const useFunnel = (search: FunnelSearch) => useAnswer<FunnelAnswer>('funnel', useFunnelQuery(search))

/** By what persons can be told apart; until it is known, and where it can't be, there are the columns. */
export function useFields(): FunnelFields['items'] {
  const { id } = useShop()
  const path = `/shops/${id}/funnel/fields`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<FunnelFields>(path, { signal }),
    staleTime: 300_000,
  })
  return data?.items ?? []
}

export const useReferencesPath = () => `/shops/${useShop().id}/funnel/references`

export function useReferences() {
  const path = useReferencesPath()
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ReferenceFigures>(path, { signal }),
    staleTime: 60_000,
  })
}

export function useMayWrite(): boolean {
  const { role } = useShop()
  return role === 'owner' || role === 'marketer'
}
