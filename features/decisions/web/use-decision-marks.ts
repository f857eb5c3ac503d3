import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import type { Decision, DecisionList } from '../contract.ts'
import { useDecisionsPath } from './use-decisions.ts'

/** More on one picture couldn't be told apart. */
const MOST = 200

/** The stage of a touchpoint, and the touchpoint if it isn't the whole stage that is shown. */
export interface MarkedPlace {
  stage: string | undefined
  touchpoint?: string | undefined
}

/** What the shop decided in a period (days, half-open), for trends that mark it; `place` leaves out what was elsewhere. */
export function useDecisionMarks(from: string | undefined, to: string | undefined, place?: MarkedPlace) {
  const path = useDecisionsPath()
  const query = { from, to, limit: MOST }
  const { data } = useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<DecisionList>(path, { query, signal }),
    enabled: from !== undefined,
    staleTime: 30_000,
  })
  return (data?.items ?? []).filter((one) => place === undefined || isAt(one, place))
}

/** Decisions about the whole path concern every place, those about a stage all that is on it. */
export function isAt(
  decision: Pick<Decision, 'stage' | 'touchpoint'>,
  { stage, touchpoint }: MarkedPlace,
): boolean {
  if (decision.touchpoint !== null && touchpoint !== undefined) return decision.touchpoint === touchpoint
  return decision.stage === null || decision.stage === stage
}
