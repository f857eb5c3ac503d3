import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { TodayFacts } from '../contract.ts'

export function useTodayFacts() {
  const path = `/shops/${useShop().id}/today`
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<TodayFacts>(path, { signal }),
    staleTime: 60_000,
  })
}

export const useCallsPath = () => `/shops/${useShop().id}/calls`

/** The server refuses the others too; hiding the list spares them a refusal. */
export function useMayCall(): boolean {
  return useShop().role !== 'viewer'
}

/** Notes that somebody was called, or takes that back; the list looks again. */
export function useCallChanges() {
  const path = useCallsPath()
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: [path] })
  return {
    async tick(person: string): Promise<void> {
      await api.put(`${path}/${person}`)
      await refresh()
    },
    async undo(person: string): Promise<void> {
      await api.del(`${path}/${person}`)
      await refresh()
    },
  }
}
