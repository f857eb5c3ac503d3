import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { AlarmList } from '../contract.ts'

/** Alarms that nobody has looked at yet; asked once in five minutes, as one may come with the night. */
export function useAlarmCount(): number {
  const { id } = useShop()
  const path = `/shops/${id}/alarms`
  const { data } = useQuery({
    queryKey: [path, 'count'],
    queryFn: ({ signal }) => api.get<AlarmList>(path, { query: { state: 'new', limit: 1 }, signal }),
    staleTime: 300_000,
    retry: false,
  })
  return data?.fresh ?? 0
}
