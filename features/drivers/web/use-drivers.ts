import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { askWhileOutdated, useReportAddress } from '../../reports/web/parts.ts'
import type { DriversAnswer, DriversSettings } from '../contract.ts'
import { type DriversSearch, readDriversSearch, toDriversQuery } from './drivers-search.ts'

export function useDriversAddress() {
  const address = useReportAddress<DriversSearch>(readDriversSearch)
  // Another question has other drivers.
  const change = (part: Partial<DriversSearch>) =>
    address.change({ driver: undefined, who: undefined, ...part })
  return { ...address, change, turn: address.change }
}
export type DriversAddress = ReturnType<typeof useDriversAddress>

export function useDriversQuery(search: DriversSearch) {
  return toDriversQuery(search, new Date(), useTimeZone())
}

const keyOf = (shop: number) => `/shops/${shop}/drivers`

/** The answer to a question; while the next one is on its way, the one before stays on the screen. */
export function useDrivers(search: DriversSearch) {
  const { id } = useShop()
  const query = useDriversQuery(search)
  return useQuery({
    queryKey: [keyOf(id), query],
    queryFn: ({ signal }) => api.get<DriversAnswer>(keyOf(id), { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: askWhileOutdated,
    retry: false,
  })
}

/** What the shop knows and no event tells: its margin, what can be won back, facts of its own. */
export function useDriversSettings() {
  const { id } = useShop()
  const path = `${keyOf(id)}/settings`
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<DriversSettings>(path, { signal }),
    staleTime: 60_000,
  })
}

/** Saves a part of the settings over what the server has now, and asks the report again. */
export function useSaveSettings() {
  const { id } = useShop()
  const client = useQueryClient()
  const path = `${keyOf(id)}/settings`
  return async (change: (now: DriversSettings) => DriversSettings) => {
    // Somebody else may have changed another part meanwhile.
    const now = await api.get<DriversSettings>(path)
    const saved = await api.put<DriversSettings>(path, { body: change(now) })
    client.setQueryData([path], saved)
    await client.invalidateQueries({ queryKey: [keyOf(id)] })
  }
}

/** The server refuses the others too; hiding the fields spares them a refusal. */
export function useMaySet(): boolean {
  const { role } = useShop()
  return role === 'owner' || role === 'marketer'
}
