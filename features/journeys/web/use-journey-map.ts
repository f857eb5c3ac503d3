import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useLive } from '../../../web/use-live.ts'
import type { JourneyMap, LiveContact, MapQuestion } from '../contract.ts'
import { mapRequests } from './map-requests.ts'

/** The map of a question; while the next one is on its way, the one before stays on the screen. */
export function useJourneyMap(question: MapQuestion) {
  const { id } = useShop()
  const { path, query } = mapRequests(id, question).map
  return useQuery({
    queryKey: ['journey-map', id, question],
    queryFn: ({ signal }) => api.get<JourneyMap>(path, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

/** At most so often the map is asked anew while events stream in. */
const REFRESH_MS = 10_000

/** How many contacts came to each stage since the map was opened; a change of the number makes the stage pulse. */
export type Pulses = Readonly<Record<string, number>>

/** Follows contacts as they come: counts them by stage, and has the map asked anew, quietly and not too often. */
export function useMapLive(options: { paused: boolean; refresh: () => unknown }): Pulses {
  const { id } = useShop()
  const [pulses, setPulses] = useState<Pulses>({})
  const refresh = useSparingly(options.refresh)
  useLive<LiveContact>(
    `/shops/${id}/journey-map/live`,
    ({ stage }) => {
      setPulses((before) => ({ ...before, [stage]: (before[stage] ?? 0) + 1 }))
      refresh()
    },
    { paused: options.paused },
  )
  return pulses
}

/**
 * Runs `action` soon after a call, never twice within `REFRESH_MS`, and once more when the calls have ended: the
 * server too keeps an answer for some seconds, so the first may still be without what has just come.
 */
function useSparingly(action: () => unknown): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const lastCall = useRef(0)
  const run = useEffectEvent(() => {
    action()
    const isFresh = Date.now() - lastCall.current < REFRESH_MS
    timer.current = isFresh ? setTimeout(run, REFRESH_MS + 500) : undefined
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    lastCall.current = Date.now()
    timer.current ??= setTimeout(run, 300)
  }, [])
}
