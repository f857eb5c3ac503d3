import { useQueries, useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import type { AlarmList, ChangesAnswer } from '../../changes/contract.ts'
import type { Decision, DecisionList, Verdict } from '../../decisions/contract.ts'
import type { DriversAnswer } from '../../drivers/contract.ts'
import { USUAL_DAYS } from '../../drivers/web/parts.ts'
import type { JourneyMap } from '../../journeys/contract.ts'
import { askWhileOutdated, toReportQuery, useHasPage } from '../../reports/web/parts.ts'
import type { ReviewList } from '../../reviews/contract.ts'
import { FINDING_OUTCOMES, NEWS_DAYS } from '../vocabulary.ts'
import type { Judged, NewsAlarm, Source } from './news.ts'

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
  const hasDrivers = useHasPage()('drivers')
  const [first, second, third, fourth, fifth] = FINDING_OUTCOMES
  const one = useDrivers(first, hasDrivers)
  const two = useDrivers(second, hasDrivers && !one.isPending)
  const three = useDrivers(third, hasDrivers && !two.isPending)
  const four = useDrivers(fourth, hasDrivers && !three.isPending)
  const five = useDrivers(fifth, hasDrivers && !four.isPending)
  if (!hasDrivers) return { sources: [], retry: () => undefined }
  const asked = [one, two, three, four, five]
  const retry = () => {
    for (const each of asked) if (each.isError) void each.refetch()
  }
  return { sources: asked.map((each) => sourceOf(each)), retry }
}

function useDrivers(outcome: DriversAnswer['outcome'], enabled: boolean) {
  const { id } = useShop()
  const path = `/shops/${id}/drivers`
  const query = { ...toReportQuery({ days: USUAL_DAYS[outcome] }, new Date(), useTimeZone()), outcome }
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<DriversAnswer>(path, { query, signal }),
    enabled,
    staleTime: STALE_MS,
    refetchInterval: askWhileOutdated,
    retry: false,
  })
}

/** An alarm not seen in the newest weeks is over. */
const ALARM_DAYS = 28

/** Alarms that are kept, at once; those of the report itself, which looks anew, as soon as it has. */
export function useAlarmNews(): Source<{ alarms: NewsAlarm[] }> {
  const { id } = useShop()
  const { from } = toReportQuery({ days: ALARM_DAYS }, new Date(), useTimeZone())
  const path = `/shops/${id}/alarms`
  const query = { limit: 50 }
  const hasChanges = useHasPage()('changes')
  const kept = useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<AlarmList>(path, { query, signal }),
    enabled: hasChanges,
    staleTime: STALE_MS,
    retry: false,
  })
  const looked = useChanges()
  if (looked.status === 'ready')
    return { status: 'ready', data: { alarms: looked.data.alarms.filter(({ isOn }) => isOn) } }
  if (kept.data)
    return { status: 'ready', data: { alarms: kept.data.items.filter(({ lastDay }) => lastDay >= from) } }
  return { status: hasChanges && !kept.isError ? 'loading' : 'failed' }
}

/** Alarms and standing differences as of now: heavy, so nothing above them waits for it. */
export function useChanges(): Source<ChangesAnswer> {
  const path = `/shops/${useShop().id}/changes`
  const hasChanges = useHasPage()('changes')
  const asked = useQuery({
    queryKey: [path, { sample: undefined }],
    queryFn: ({ signal }) => api.get<ChangesAnswer>(path, { signal }),
    enabled: hasChanges,
    staleTime: STALE_MS,
    refetchInterval: askWhileOutdated,
    retry: false,
  })
  return hasChanges ? sourceOf(asked) : { status: 'failed' }
}

/** Decisions older than this are no news. */
const VERDICT_DAYS = 120
const MOST_VERDICTS = 3

/** What became of the latest decisions that have begun. */
export function useVerdictNews(): Source<{ decision: Judged; verdict: Verdict }[]> {
  const { id } = useShop()
  const { from, to } = toReportQuery({ days: VERDICT_DAYS }, new Date(), useTimeZone())
  const path = `/shops/${id}/decisions`
  const query = { from, to, limit: MOST_VERDICTS }
  const list = useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<DecisionList>(path, { query, signal }),
    staleTime: STALE_MS,
    retry: false,
  })
  const decisions: Decision[] = list.data?.items ?? []
  const verdicts = useQueries({
    queries: decisions.map((decision) => ({
      queryKey: [path, decision.id, 'verdict'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<Verdict>(`${path}/${decision.id}/verdict`, { signal }),
      staleTime: STALE_MS,
      retry: false,
    })),
  })
  if (!list.data) return { status: list.isError ? 'failed' : 'loading' }
  if (verdicts.some(({ isPending }) => isPending)) return { status: 'loading' }
  const data = decisions.flatMap((decision, place) => {
    const verdict = verdicts[place]?.data
    return verdict ? [{ decision, verdict }] : []
  })
  return { status: 'ready', data }
}

/** How many touchpoints are due for their regular check. */
export function useDueNews(): Source<number> {
  const path = `/shops/${useShop().id}/reviews`
  const hasReviews = useHasPage()('reviews')
  const asked = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ReviewList>(path, { signal }),
    enabled: hasReviews,
    staleTime: STALE_MS,
    retry: false,
  })
  if (!asked.data) return { status: hasReviews && !asked.isError ? 'loading' : 'failed' }
  return {
    status: 'ready',
    data: asked.data.items.filter(({ due }) => due === 'overdue').length,
  }
}
