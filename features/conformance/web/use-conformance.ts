import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { useReportAddress } from '../../reports/web/parts.ts'
import type { Scenario } from '../../touchpoints/contract.ts'
import type { ConformanceAnswer } from '../contract.ts'
import { CLOSED, type ConformanceSearch, type OpenPart, readSearch, toQuery } from './conformance-search.ts'

export function useConformanceAddress() {
  const { search, change, open } = useReportAddress(readSearch)
  return {
    search,
    /** Another question closes the list of persons, which was of the one before. */
    change: (part: Partial<ConformanceSearch>) =>
      change({ ...CLOSED, ...part } as Partial<ConformanceSearch>),
    open: (part: OpenPart) => open({ ...CLOSED, ...part } as Partial<ConformanceSearch>),
  }
}
export type ConformanceAddress = ReturnType<typeof useConformanceAddress>

export const useScenariosPath = () => `/shops/${useShop().id}/scenarios`

export function useScenarios() {
  const path = useScenariosPath()
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ items: Scenario[] }>(path, { signal }),
  })
}

export function useConformanceQuery(search: ConformanceSearch) {
  return toQuery(search, new Date(), useTimeZone())
}

/** The report on a scenario; while the next answer is on its way, the one before stays on the screen. */
export function useConformance(search: ConformanceSearch, scenario: Scenario | undefined) {
  const path = `/shops/${useShop().id}/conformance`
  const query = { ...useConformanceQuery(search), scenario: scenario?.id }
  return useQuery({
    queryKey: [path, query, scenario?.version],
    queryFn: ({ signal }) => api.get<ConformanceAnswer>(path, { query, signal }),
    enabled: scenario !== undefined && scenario.path.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
}
