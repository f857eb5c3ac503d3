import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { MapQuestion, StageAnswer } from '../contract.ts'
import { dropEmpty, type MapSearch, type TrendStep } from './map-search.ts'
import { type MapView, useMapAddress } from './map-view.ts'
import { useNames } from './names.ts'
import { useDecisions } from './use-decisions.ts'

/** One stage over the period of a question; while the next one is on its way, the one before stays on the screen. */
export function useStage(stage: string, { from, to, segment }: MapQuestion, by: TrendStep | undefined) {
  const { id } = useShop()
  const query = { from, to, segment, by }
  return useQuery({
    queryKey: ['journey-stage', id, stage, query],
    queryFn: ({ signal }) =>
      api.get<StageAnswer>(`/shops/${id}/journey-map/stage/${encodeURIComponent(stage)}`, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

const NO_PULSES = {}

/** The view of the map, seen from the page of a stage: what opens something leads to the map of the same question. */
export function useStageView(stage: string, question: MapQuestion): MapView {
  const { id } = useShop()
  const navigate = useNavigate()
  const { search, change } = useMapAddress()
  const names = useNames(search)
  const toMap = (part: MapSearch) =>
    void navigate({
      to: '/s/$shop/map',
      params: { shop: String(id) },
      search: dropEmpty({ ...search, table: undefined, by: undefined, ...part }) as never,
    })
  return {
    search,
    // Another period chooses its own parts.
    change: (part) => change('period' in part || 'from' in part ? { ...part, by: undefined } : part),
    open: (key, touchpoint) => toMap({ stage: key, touchpoint }),
    openPeople: (people) => toMap({ stage, people }),
    close: () => toMap({}),
    names,
    pulses: NO_PULSES,
    decisions: useDecisions(question, names),
  }
}
