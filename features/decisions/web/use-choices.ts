import { useQuery } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'

interface Named {
  id: number | string
  name: string
}

const MOST = 100

/** Who may own a decision and for whom it may be, by name; what was chosen before stays there though it is gone. */
export function useChoices(chosen: { segment: string | null; owner: string | null }, unknown: string) {
  const { id } = useShop()
  return {
    segments: withChosen(useNamed(`/shops/${id}/segments`, { limit: MOST }), chosen.segment, unknown),
    members: withChosen(useNamed(`/shops/${id}/members`), chosen.owner, unknown),
  }
}

function useNamed(path: string, query: Record<string, number> = {}) {
  const { data } = useQuery({
    queryKey: [path, 'names', query],
    queryFn: ({ signal }) => api.get<{ items: Named[] }>(path, { query, signal }),
    staleTime: 30_000,
  })
  return data?.items
}

function withChosen(items: readonly Named[] | undefined, chosen: string | null, unknown: string) {
  const choices = (items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))
  if (chosen !== null && !choices.some(({ value }) => value === chosen))
    choices.push({ value: chosen, label: items ? unknown : '…' })
  return choices
}
