import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { Segment, SegmentList } from '../../segments/contract.ts'

/** The shop's saved segments by name, in whose name the words stand. */
export function useSegments(q: string) {
  const path = `/shops/${useShop().id}/segments`
  const query = { q, limit: 50 }
  const { data } = useQuery({
    queryKey: [path, 'choices', query],
    queryFn: ({ signal }) => api.get<SegmentList>(path, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  return data?.items ?? []
}

/** One saved segment, which needn't be among the first that a list shows; undefined while unknown or gone. */
export function useSegment(id: number | undefined) {
  const path = `/shops/${useShop().id}/segments`
  const { data } = useQuery({
    // The same that the segment's own page asks, so that a new name shows here too.
    queryKey: [path, 'one', String(id)],
    queryFn: ({ signal }) => api.get<Segment>(`${path}/${id}`, { signal }),
    enabled: id !== undefined,
    staleTime: 10_000,
  })
  return data
}
