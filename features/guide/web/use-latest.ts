import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useLive } from '../../../web/use-live.ts'
import type { Arrival, LiveArrivals, Refusal } from '../../ingestion/debugger-contract.ts'

const SHOWN = 4

/** What arrived last: from the history when the page opens, then live. */
export function useLatest() {
  const { id } = useShop()
  const queryClient = useQueryClient()
  const [live, setLive] = useState<{ arrivals: Arrival[]; refusals: Refusal[] }>({
    arrivals: [],
    refusals: [],
  })
  const accepted = useList<Arrival>(`/shops/${id}/ingest/recent`)
  const refused = useList<Refusal>(`/shops/${id}/ingest/rejects`)
  const status = useLive<LiveArrivals>(`/shops/${id}/ingest/live`, ({ arrivals, refusals }) => {
    setLive((known) => ({
      arrivals: [...arrivals.toReversed(), ...known.arrivals].slice(0, SHOWN),
      refusals: [...refusals.toReversed(), ...known.refusals].slice(0, SHOWN),
    }))
    void queryClient.invalidateQueries({ queryKey: [`/shops/${id}/guide`] })
  })
  const known = new Set(live.arrivals.map(({ hash }) => hash))
  const earlier = accepted.filter(({ hash }) => !known.has(hash))
  return {
    arrivals: [...live.arrivals, ...earlier].slice(0, SHOWN),
    refusals: [...live.refusals, ...refused].slice(0, SHOWN),
    status,
  }
}

function useList<Item>(path: string): Item[] {
  const list = useQuery({
    queryKey: [path, { limit: SHOWN }],
    queryFn: ({ signal }) => api.get<{ items: Item[] }>(path, { query: { limit: SHOWN }, signal }),
    staleTime: 0,
  })
  return list.data?.items ?? []
}
