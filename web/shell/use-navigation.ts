import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import type { Guide } from '../../features/guide/contract.ts'
import { findReportPath } from '../../features/reports/web/report-list.ts'
import { api } from '../api-client.ts'
import { useShop } from '../shop-context.tsx'
import { navigation, visibleTo } from './navigation.ts'

/** The rooms for this member; the guide is among them until everything is done or somebody put it away. */
export function useNavigation(): (typeof navigation)[number][] {
  const { id, role } = useShop()
  const entries = visibleTo(role, navigation)
  const path = `/shops/${id}/guide`
  const guide = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<Guide>(path, { signal }),
    enabled: entries.some(({ key }) => key === 'start'),
    // The guide itself asks again when something is done.
    staleTime: Number.POSITIVE_INFINITY,
  })
  return entries.filter(({ key }) => key !== 'start' || guide.data?.isOver === false)
}

/** Every report has an address of its own and stands in the navigation under the one entry of all. */
export function useIsInReports(): boolean {
  return findReportPath(useLocation().pathname) !== undefined
}
