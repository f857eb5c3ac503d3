import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { Decision, DecisionList } from '../../decisions/contract.ts'
import type { MapQuestion } from '../contract.ts'
import type { Names } from './names.ts'

/** A map with more marks than this would show nothing else. */
const AT_MOST = 200

export type DecisionMark = Decision & { at: string | null }

/** What the shop changed in the period, each with the stage at which it is marked; null: the whole path. */
export function useDecisions({ from, to }: MapQuestion, names: Names): DecisionMark[] {
  const { id } = useShop()
  const { data } = useQuery({
    queryKey: [`/shops/${id}/decisions`, { from, to, limit: AT_MOST }],
    queryFn: ({ signal }) =>
      api.get<DecisionList>(`/shops/${id}/decisions`, { query: { from, to, limit: AT_MOST }, signal }),
    staleTime: 30_000,
  })
  const stageOf = (touchpoint: string | null) =>
    names.registry?.touchpoints.find(({ key }) => key === touchpoint)?.stage ?? null
  return (data?.items ?? []).map((one) => ({ ...one, at: one.stage ?? stageOf(one.touchpoint) }))
}
