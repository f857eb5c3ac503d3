import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import type { Verdict } from '../contract.ts'
import { useDecisionsPath } from './use-decisions.ts'

/** What became of a decision; asked anew whenever decisions change, since others at the place belong to it. */
export function useVerdict(decision: number) {
  const path = useDecisionsPath()
  return useQuery({
    queryKey: [path, 'verdict', decision],
    queryFn: ({ signal }) => api.get<Verdict>(`${path}/${decision}/verdict`, { signal }),
    staleTime: 60_000,
  })
}
