import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { ApiError } from '../../../web/api-error.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Segment, SegmentList } from '../../segments/contract.ts'
import { comparedSegment } from './chooser-button.tsx'
import type { MapSearch } from './map-search.ts'

const SAVED = /^saved:(\d+)$/
/** A menu with more lines isn’t read to its end. */
const LINES = 8

/** How an address names a saved segment. */
export const savedKey = (id: number): string => `saved:${id}`

export const isSavedKey = (key: string | undefined): boolean => SAVED.test(key ?? '')

/** The saved segments, by name, in whose name or note the words stand. */
export function useSavedSegments(q: string, limit = LINES) {
  const path = `/shops/${useShop().id}/segments`
  const query = { q, limit }
  return useQuery({
    queryKey: [path, 'choices', query],
    queryFn: ({ signal }) => api.get<SegmentList>(path, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

/** What the saved segments of an address are called; undefined for any other segment. */
export function useSavedNames(search: MapSearch): (key: string) => string | undefined {
  const { t } = useTranslation('journeys')
  const ids = [search.segment, comparedSegment(search)].map((key) => SAVED.exec(key ?? '')?.[1])
  const found = [useSavedSegment(ids[0]), useSavedSegment(ids[1])]
  return (key) => {
    const id = SAVED.exec(key)?.[1]
    if (id === undefined) return undefined
    const { data, error } = found[ids.indexOf(id)] ?? {}
    if (data) return data.name
    const isGone = error instanceof ApiError && error.code === 'not_found'
    return t(isGone ? 'journeys:segment.gone' : 'journeys:segment.own')
  }
}

function useSavedSegment(id: string | undefined) {
  const path = `/shops/${useShop().id}/segments`
  return useQuery({
    // The same that the segment's own page asks, so that a new name shows here too.
    queryKey: [path, 'one', id],
    queryFn: ({ signal }) => api.get<Segment>(`${path}/${id}`, { signal }),
    enabled: id !== undefined,
    staleTime: 10_000,
  })
}
