import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { askWhileOutdated, useReportAddress } from '../../reports/web/parts.ts'
import type { Segment } from '../../segments/contract.ts'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { AlarmStateChange, ChangesAnswer, WeeklyAnswer } from '../contract.ts'
import { audienceSegment } from './audience-segment.ts'
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

export function useWeekly({ sample, place, audience }: ChangesSearch) {
  const { id } = useShop()
  const query = { sample, touchpoint: place, audience }
  return useQuery({
    queryKey: [`/shops/${id}/changes/weekly`, query],
    queryFn: ({ signal }) => api.get<WeeklyAnswer>(`/shops/${id}/changes/weekly`, { query, signal }),
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
    /** Makes a segment of an audience; its number. */
    async makeSegment(audience: string, name: string): Promise<number> {
      const body = { name: name.slice(0, 120), definition: audienceSegment(audience) }
      const segment = await api.post<Segment>(`/shops/${id}/segments`, { body })
      await client.invalidateQueries({ queryKey: [`/shops/${id}/segments`] })
      return segment.id
    },
  }
}

export function useRegistry() {
  const { id } = useShop()
  const path = `/shops/${id}/touchpoints`
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  }).data?.registry
}
