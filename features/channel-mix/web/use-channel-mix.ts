import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { toReportQuery, useReportAddress } from '../../reports/web/parts.ts'
import type { ChannelMix } from '../contract.ts'
import { type MixSearch, readMixSearch } from './channel-mix-search.ts'

export function useMixAddress() {
  const { search, change, open } = useReportAddress(readMixSearch)
  const closed = { group: undefined, mix: undefined, problem: undefined }
  return {
    search,
    /** Another question closes the list, which was of the one before. */
    change: (part: Partial<MixSearch>) => change({ ...closed, ...part }),
    look: (part: Partial<MixSearch>) => open({ ...closed, ...part }),
    close: () => open(closed),
  }
}
export type MixAddress = ReturnType<typeof useMixAddress>

/** The answer of a question; while the next one is on its way, the one before stays on the screen. */
export function useChannelMix(search: MixSearch) {
  const path = `/shops/${useShop().id}/channel-mix`
  const query = toReportQuery(search, new Date(), useTimeZone())
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<ChannelMix>(path, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
}
