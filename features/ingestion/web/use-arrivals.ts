import { useState } from 'react'
import { useLive } from '../../../web/use-live.ts'
import type { Arrival, LiveArrivals, Refusal } from '../debugger-contract.ts'

/** What the live list shows: one line each, newest on top. */
export type LiveLine = { key: string; isNew: boolean } & (
  | { kind: 'arrival'; arrival: Arrival }
  | { kind: 'refusal'; refusal: Refusal }
)

/** More than this would only slow the page down; the rest is found in the lists. */
const KEPT = 200

let counter = 0

/** What arrives while the page is open, and how much passed too fast to be shown. */
export function useArrivals(shop: number, paused: boolean) {
  const [lines, setLines] = useState<LiveLine[]>([])
  const [skipped, setSkipped] = useState(0)
  const [seen, setSeen] = useState(0)
  const status = useLive<LiveArrivals>(
    `/shops/${shop}/ingest/live`,
    ({ arrivals, refusals, skipped: passed }) => {
      const fresh: LiveLine[] = [
        ...arrivals.map((arrival) => ({
          kind: 'arrival' as const,
          key: `live-${counter++}`,
          isNew: true,
          arrival,
        })),
        ...refusals.map((refusal) => ({
          kind: 'refusal' as const,
          key: `live-${counter++}`,
          isNew: true,
          refusal,
        })),
      ].reverse()
      setLines((known) => [...fresh, ...known].slice(0, KEPT))
      setSkipped((n) => n + passed)
      setSeen((n) => n + arrivals.length + refusals.length + passed)
    },
    { paused },
  )
  return { lines, skipped, seen, status }
}
