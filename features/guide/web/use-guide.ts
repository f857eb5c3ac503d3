import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { Source } from '../../accounts/contract.ts'
import { type Guide, type Station, stations } from '../contract.ts'

/** What is done, asked again whenever a station changed something. The rail reads it under the same key. */
export function useGuide() {
  const path = `/shops/${useShop().id}/guide`
  const queryClient = useQueryClient()
  const guide = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<Guide>(path, { signal }),
  })
  return { path, guide, refresh: () => queryClient.invalidateQueries({ queryKey: [path] }) }
}

type Search = { step?: string; way?: string }

/** The station on the screen is in the address, so that the back button walks back. */
export function useStation(guide: Guide | undefined) {
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Search
  const asked = stations.find((one) => one === search.step)
  const goTo = (step: Station) => void navigate({ to: '.', search: { step } as never })
  return { station: asked ?? findNext(guide), goTo }
}

/** Where to go on: the first station that isn't done. */
export function findNext(guide: Guide | undefined): Station {
  return stations.find((one) => one === 'map' || !guide?.done[one]) ?? 'map'
}

/** The station after this one. */
export const after = (station: Station): Station => stations[stations.indexOf(station) + 1] ?? 'map'

/** A key by which events can be sent right now; undefined when all of them are switched off. */
export function useWriteKey() {
  const path = `/shops/${useShop().id}/sources`
  const sources = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ items: Source[] }>(path, { signal }),
  })
  const working = sources.data?.items.filter(({ kind, enabled }) => kind === 'http' && enabled) ?? []
  const key = working.flatMap(({ keys }) => keys).find(({ enabled, endsAt }) => enabled && endsAt === null)
  return { isPending: sources.isPending, error: sources.error, retry: sources.refetch, writeKey: key?.key }
}
