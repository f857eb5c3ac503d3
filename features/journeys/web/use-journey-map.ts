import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useLive } from '../../../web/use-live.ts'
import type { JourneyMap, MapQuestion } from '../contract.ts'

/** The map of a question; while the next one is on its way, the one before stays on the screen. */
export function useJourneyMap(question: MapQuestion) {
  const { id } = useShop()
  return useQuery({
    queryKey: ['journey-map', id, question],
    queryFn: ({ signal }) => api.get<JourneyMap>(`/shops/${id}/journey-map`, { query: question, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

/** At most so often the map is asked anew while events stream in. */
const REFRESH_MS = 10_000

/** How many contacts came to each stage since the map was opened; a change of the number makes the stage pulse. */
export type Pulses = Readonly<Record<string, number>>

type LiveContact = { stage: string; touchpoint: string; at: string }

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

/** Runs `action` soon after a call, however often it is called, but never twice within `REFRESH_MS`. */
function useSparingly(action: () => unknown): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const lastAt = useRef(0)
  const latest = useRef(action)
  useEffect(() => {
    latest.current = action
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    if (timer.current !== undefined) return
    const wait = Math.max(300, lastAt.current + REFRESH_MS - Date.now())
    timer.current = setTimeout(() => {
      timer.current = undefined
      lastAt.current = Date.now()
      latest.current()
    }, wait)
  }
}
