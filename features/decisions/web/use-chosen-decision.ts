import { useQueries, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { api } from '../../../web/api-client.ts'
import { dayOf } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import type { Decision, DecisionList } from '../contract.ts'
import { findNewestJudged, readChosen } from './read-chosen.ts'
import { useDecisionsPath } from './use-decisions.ts'
import { askVerdict } from './use-verdict.ts'

/** A verdict takes three weeks; among so many of the newest one is judged, or none is yet. */
const LOOKED_AT = 8

/** The decision that the address asks about: by its number, or `latest`, the newest of which something can be said. */
export function useChosenDecision(): number | undefined {
  const asked = readChosen(useSearch({ strict: false }) as Record<string, unknown>)
  const newest = useNewest(asked === 'latest')
  return asked === 'latest' ? newest : asked
}

function useNewest(isAsked: boolean): number | undefined {
  const path = useDecisionsPath()
  const today = dayOf(new Date(), useTimeZone())
  const query = { to: today, limit: LOOKED_AT }
  const { data } = useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<DecisionList>(path, { query, signal }),
    enabled: isAsked,
    staleTime: 30_000,
  })
  const decisions: Decision[] = (isAsked && data?.items) || []
  const verdicts = useQueries({ queries: decisions.map(({ id }) => askVerdict(path, id)) })
  const words = verdicts.map(({ data, isPending }) => (isPending ? 'waiting' : data?.word))
  return findNewestJudged(decisions.map(({ id }, at) => ({ id, word: words[at] })))
}
