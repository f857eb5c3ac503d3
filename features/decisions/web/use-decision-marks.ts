import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import type { DecisionList } from '../contract.ts'
import { isAt, type MarkedPlace } from './place-marks.ts'
import { useDecisionsPath } from './use-decisions.ts'

/** More on one picture couldn't be told apart. */
const MOST = 200

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
