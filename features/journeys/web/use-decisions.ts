import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { Decision, DecisionList } from '../../decisions/contract.ts'
import type { MapQuestion } from '../contract.ts'
import { mapRequests } from './map-requests.ts'
import type { Names } from './names.ts'

export type DecisionMark = Decision & { at: string | null }

/** What the shop changed in the period, each with the stage at which it is marked; null: the whole path. */
export function useDecisions(question: MapQuestion, names: Names): DecisionMark[] {
  const { id } = useShop()
  const { path, query } = mapRequests(id, question).decisions
  const { data } = useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<DecisionList>(path, { query, signal }),
    staleTime: 30_000,
  })
  const stageOf = (touchpoint: string | null) =>
    names.registry?.touchpoints.find(({ key }) => key === touchpoint)?.stage ?? null
  return (data?.items ?? []).map((one) => ({ ...one, at: one.stage ?? stageOf(one.touchpoint) }))
}
