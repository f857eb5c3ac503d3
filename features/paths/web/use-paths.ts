import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { useReportAddress } from '../../reports/web/parts.ts'
import { type PathsSearch, readSearch, toQuery, type View } from './paths-search.ts'

export const usePathsAddress = () => useReportAddress<PathsSearch>(readSearch)
export type PathsAddress = ReturnType<typeof usePathsAddress>

export function usePathsQuery(search: PathsSearch) {
  return toQuery(search, new Date(), useTimeZone())
}

/** The answer of one picture; while the next one is on its way, the one before stays on the screen. */
export function usePaths<Answer>(view: View, search: PathsSearch) {
  const { id } = useShop()
  const query = usePathsQuery({ ...search, view })
  const path = `/shops/${id}/paths/${view}`
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<Answer>(path, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
}
