import { useQueries, useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import type { DriversAnswer } from '../../drivers/contract.ts'
import type { JourneyMap } from '../../journeys/contract.ts'
import { toReportQuery, useHasPage } from '../../reports/web/parts.ts'
import type { Source } from './news.ts'

/** News are of a month, beside the month before; what harms is looked for in a year. */
export const NEWS_DAYS = 30
export const FINDING_DAYS = 365
export const FINDING_OUTCOMES = [
  'ordered',
  'bought_out',
  'repeat',
  'recommendation',
] as const satisfies DriversAnswer['outcome'][]

/** Long enough that going to and fro between pages asks nothing again; answers are made anew by the server anyway. */
const STALE_MS = 5 * 60_000

type Asked<T> = { data?: T | undefined; isError: boolean }
const sourceOf = <T>({ data, isError }: Asked<T>): Source<T> =>
  data !== undefined ? { status: 'ready', data } : { status: isError ? 'failed' : 'loading' }

export function useMapNews() {
  const { id } = useShop()
  const query = toReportQuery({ days: NEWS_DAYS, compare: 'previous' }, new Date(), useTimeZone())
  const path = `/shops/${id}/journey-map`
  const asked = useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<JourneyMap>(path, { query, signal }),
    staleTime: STALE_MS,
    retry: false,
  })
  return { source: sourceOf(asked), retry: () => void asked.refetch() }
}

/** What harms and helps, one outcome after another: each is heavy the first time. */
export function useDriverNews(): { sources: Source<DriversAnswer>[]; retry: () => void } {
  const { id } = useShop()
  const hasDrivers = useHasPage()('drivers')
  const question = toReportQuery({ days: FINDING_DAYS }, new Date(), useTimeZone())
  const path = `/shops/${id}/drivers`
  const asked = useQueries({
    queries: FINDING_OUTCOMES.map((outcome) => ({
      queryKey: [path, { ...question, outcome }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<DriversAnswer>(path, { query: { ...question, outcome }, signal }),
      enabled: hasDrivers,
      staleTime: STALE_MS,
      retry: false,
    })),
  })
  if (!hasDrivers) return { sources: [], retry: () => undefined }
  const retry = () => {
    for (const one of asked) if (one.isError) void one.refetch()
  }
  return { sources: asked.map((one) => sourceOf(one)), retry }
}
