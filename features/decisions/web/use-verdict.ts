import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import type { Verdict } from '../contract.ts'
import { useDecisionsPath } from './use-decisions.ts'

/** What became of a decision; asked anew whenever decisions change, since others at the place belong to it. */
export function useVerdict(decision: number) {
  return useQuery(askVerdict(useDecisionsPath(), decision))
}

/** The same question for all that ask it, so that it is asked once. */
export const askVerdict = (path: string, decision: number) => ({
  queryKey: [path, 'verdict', decision],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get<Verdict>(`${path}/${decision}/verdict`, { signal }),
  staleTime: 60_000,
})
