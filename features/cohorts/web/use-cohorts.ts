import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { isChannel } from '../../../kernel/channels.ts'
import { api } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { useReportAddress } from '../../reports/web/parts.ts'
import type { CohortsAnswer } from '../contract.ts'
import { type CohortsSearch, readSearch, toQuery } from './cohorts-search.ts'

export function useCohortsAddress() {
  const { search, change, open } = useReportAddress(readSearch)
  const closed = { cohort: undefined, stretch: undefined, kind: undefined }
  return {
    search,
    /** Another question closes the list of persons, which was of the one before. */
    change: (part: Partial<CohortsSearch>) => change({ ...closed, ...part }),
    look: (part: Partial<CohortsSearch>) => change(part),
    open,
    close: () => open(closed),
  }
}
export type CohortsAddress = ReturnType<typeof useCohortsAddress>

/** The cohorts of a question; while the next ones are on their way, those before stay on the screen. */
export function useCohorts(search: CohortsSearch) {
  const path = `/shops/${useShop().id}/cohorts`
  const query = toQuery(search, new Date(), useTimeZone())
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<CohortsAnswer>(path, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
}

/** How a channel of the breakdown is called. */
export function useGroupName(): (value: string | null) => string {
  const { t } = useTranslation('cohorts')
  const say = t as unknown as (key: string) => string
  return (value) => {
    if (value === null) return t('groups.others')
    if (value === '' || !isChannel(value)) return value || t('groups.unknown')
    return say(`channels:${value}`)
  }
}
