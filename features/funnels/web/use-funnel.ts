import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import type { FunnelAnswer, ReferenceFigures } from '../contract.ts'
import { dropEmpty, type FunnelSearch, readSearch, toQuery } from './funnel-search.ts'

/** The question lives in the address, so that it can be sent to a colleague; opening a list is a step for the back button. */
export function useFunnelAddress() {
  const navigate = useNavigate()
  const search = readSearch(useSearch({ strict: false }) as Record<string, unknown>)
  const go = (next: FunnelSearch, replace: boolean) =>
    void navigate({ to: '.', search: dropEmpty(next) as never, replace, resetScroll: false })
  return {
    search,
    change: (part: FunnelSearch) => go({ ...search, step: undefined, kind: undefined, ...part }, true),
    open: (step: number | undefined, kind?: 'reached' | 'left') => go({ ...search, step, kind }, false),
  }
}
export type FunnelAddress = ReturnType<typeof useFunnelAddress>

export function useFunnelQuery(search: FunnelSearch) {
  return toQuery(search, new Date(), useTimeZone())
}

/** The funnel of a question; while the next one is on its way, the one before stays on the screen. */
export function useFunnel(search: FunnelSearch) {
  const { id } = useShop()
  const query = useFunnelQuery(search)
  return useQuery({
    queryKey: [`/shops/${id}/funnel`, query],
    queryFn: ({ signal }) => api.get<FunnelAnswer>(`/shops/${id}/funnel`, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
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
