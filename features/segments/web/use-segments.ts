import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { Definition, Segment, SegmentSize } from '../contract.ts'

/** Below `/api`. */
export function useSegmentsPath(): string {
  return `/shops/${useShop().id}/segments`
}

export function useMayWrite(): boolean {
  const { role } = useShop()
  return role === 'owner' || role === 'marketer'
}

/** Every list, size and report looks again: any of them may be of these persons. */
export function useSegmentsChanged(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries()
}

export function useSegment(id: string) {
  const path = useSegmentsPath()
  return useQuery({
    queryKey: [path, 'one', id],
    queryFn: ({ signal }) => api.get<Segment>(`${path}/${id}`, { signal }),
    // What is being edited must not change under the hand.
    refetchOnWindowFocus: false,
  })
}

const PAUSE_MS = 450

/** The value once it has rested for a moment. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

/** How many persons the definition holds now; asked when the editing pauses, an unfinished question is taken back. */
export function useLiveSize(definition: Definition, segment?: number) {
  const path = useSegmentsPath()
  const text = useRested(JSON.stringify(definition))
  const query = useQuery({
    queryKey: [path, 'size', text, segment],
    queryFn: ({ signal }) =>
      api.post<SegmentSize>(`${path}/size`, { body: { definition: JSON.parse(text), segment }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  })
  const isBehind = query.isFetching || text !== JSON.stringify(definition)
  return { size: query.data, isBehind, error: query.error, retry: () => void query.refetch() }
}
