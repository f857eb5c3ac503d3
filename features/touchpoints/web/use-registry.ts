import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type {
  ClaimCounts,
  Reclassification,
  RegistryContent,
  RegistryView,
  VersionItem,
} from '../contract.ts'

const keyOf = (shop: number) => [`/shops/${shop}/touchpoints`]

/** The registry in force and what is being changed of it. */
export function useRegistryView() {
  const { id } = useShop()
  return useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => api.get<RegistryView>(`/shops/${id}/touchpoints`, { signal }),
  })
}

/** Events of the last seven days by touchpoint. */
export function useClaimCounts() {
  const { id } = useShop()
  return useQuery({
    queryKey: [...keyOf(id), 'counts'],
    queryFn: ({ signal }) => api.get<ClaimCounts>(`/shops/${id}/touchpoints/counts`, { signal }),
    staleTime: 30_000,
  })
}

export function useVersions() {
  const { id } = useShop()
  return useQuery({
    queryKey: [...keyOf(id), 'versions'],
    queryFn: ({ signal }) =>
      api.get<{ items: VersionItem[] }>(`/shops/${id}/touchpoints/versions`, { signal }),
  })
}

const LOOK_EVERY_MS = 1_500

/** How far the history has come; asked for again while it moves, and the counts when it has arrived. */
export function useProgress(first: Reclassification): Reclassification {
  const { id } = useShop()
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: [...keyOf(id), 'progress', first.version],
    queryFn: ({ signal }) => api.get<Reclassification>(`/shops/${id}/touchpoints/progress`, { signal }),
    initialData: first,
    refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : LOOK_EVERY_MS),
  })
  const before = useRef(data.state)
  useEffect(() => {
    if (before.current !== 'done' && data.state === 'done')
      void client.invalidateQueries({ queryKey: [...keyOf(id), 'counts'] })
    before.current = data.state
  }, [data.state, client, id])
  return data
}

/** The changes that a member may make; each leaves the page with what the server has now. */
export function useRegistryChanges(baseVersion: number) {
  const { id } = useShop()
  const client = useQueryClient()
  const path = `/shops/${id}/touchpoints`
  const refresh = () => client.invalidateQueries({ queryKey: keyOf(id) })
  return {
    async saveDraft(content: RegistryContent) {
      const view = await api.put<RegistryView>(`${path}/draft`, { body: { baseVersion, ...content } })
      client.setQueryData(keyOf(id), view)
    },
    async dropDraft() {
      await api.del(`${path}/draft`)
      await refresh()
    },
    async publish(content: RegistryContent) {
      await api.post(`${path}/publish`, { body: { baseVersion, ...content } })
      await refresh()
    },
    async restore(version: number) {
      await api.post(`${path}/versions/${version}/restore`, { body: { baseVersion } })
      await refresh()
    },
    async reset() {
      await api.post(`${path}/reset`, { body: { baseVersion } })
      await refresh()
    },
  }
}
