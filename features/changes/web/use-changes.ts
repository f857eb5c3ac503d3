import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { isApiError } from '../../../web/api-error.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { askWhileOutdated, useReportAddress } from '../../reports/web/parts.ts'
import type { Segment } from '../../segments/contract.ts'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { AlarmStateChange, ChangesAnswer, WeeklyAnswer } from '../contract.ts'
import { audienceSegment, isSameDefinition } from './audience-segment.ts'
import { type ChangesSearch, readChangesSearch } from './changes-search.ts'

export function useChangesAddress() {
  return useReportAddress<ChangesSearch>(readChangesSearch)
}
export type ChangesAddress = ReturnType<typeof useChangesAddress>

export function useChanges({ sample }: ChangesSearch) {
  const { id } = useShop()
  const path = `/shops/${id}/changes`
  return useQuery({
    queryKey: [path, { sample }],
    queryFn: ({ signal }) => api.get<ChangesAnswer>(path, { query: { sample }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchInterval: askWhileOutdated,
    retry: false,
  })
}

/** Undefined, nothing is asked yet. */
export function useWeekly(search: ChangesSearch | undefined) {
  const { id } = useShop()
  const { sample, place, audience } = search ?? {}
  const query = { sample, touchpoint: place, audience }
  return useQuery({
    queryKey: [`/shops/${id}/changes/weekly`, query],
    queryFn: ({ signal }) => api.get<WeeklyAnswer>(`/shops/${id}/changes/weekly`, { query, signal }),
    enabled: search !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
}

export function useAlarmActions() {
  const { id, role } = useShop()
  const client = useQueryClient()
  return {
    mayChange: role === 'owner' || role === 'marketer',
    async setState(alarm: number, change: AlarmStateChange): Promise<void> {
      await api.patch(`/shops/${id}/alarms/${alarm}`, { body: change })
      await Promise.all(
        ['changes', 'alarms'].map((name) => client.invalidateQueries({ queryKey: [`/shops/${id}/${name}`] })),
      )
    },
    /** The number of the segment of an audience, which is made if there is none yet. */
    async getSegment(audience: string, name: string): Promise<number> {
      const path = `/shops/${id}/segments`
      const definition = audienceSegment(audience)
      try {
        const made = await api.post<Segment>(path, { body: { name: name.slice(0, 120), definition } })
        await client.invalidateQueries({ queryKey: [path] })
        return made.id
      } catch (failure) {
        const taken = findTaken(failure)
        if (!taken || !definition) throw failure
        const known = await api.get<Segment>(`${path}/${taken.segment}`)
        if (!isSameDefinition(known.definition, definition)) throw failure
        return known.id
      }
    },
  }
}

/** The segment that has the name already, if that is why it failed. */
export function findTaken(failure: unknown): { segment: number; name: string } | undefined {
  const details = isApiError(failure) ? (failure.details as Record<string, unknown> | undefined) : undefined
  if (details?.reason !== 'name_taken') return undefined
  return { segment: Number(details.segment), name: String(details.name) }
}

/** The touchpoints and stages of the shop by now. */
export function useRegistry() {
  return useRegistryQuery().data?.registry
}

export function useRegistryQuery() {
  const { id } = useShop()
  const path = `/shops/${id}/touchpoints`
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
}
