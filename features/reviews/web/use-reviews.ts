import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { RegistryView } from '../../touchpoints/contract.ts'
import type { Review, ReviewCheck, ReviewChecks, ReviewList } from '../contract.ts'

export const useReviewsPath = () => `/shops/${useShop().id}/reviews`

export function useReviews() {
  const path = useReviewsPath()
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ReviewList>(path, { signal }),
    staleTime: 30_000,
  })
}

/** The checks of a touchpoint, while they are looked at. */
export function useChecks(touchpoint: string, isOpen: boolean) {
  const path = `${useReviewsPath()}/${touchpoint}/checks`
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ReviewChecks>(path, { signal }),
    enabled: isOpen,
  })
}

/** Everything that shows checks looks again. */
export function useReviewsChanged(): (touchpoint: string) => Promise<unknown> {
  const queryClient = useQueryClient()
  const path = useReviewsPath()
  return (touchpoint) =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: [path] }),
      queryClient.invalidateQueries({ queryKey: [`${path}/${touchpoint}/checks`] }),
    ])
}

/** The server refuses the others too; hiding the buttons spares them a refusal. */
export function useMayCheck(): { check: boolean; settle: boolean } {
  const { role } = useShop()
  return { check: role !== 'viewer', settle: role === 'owner' || role === 'marketer' }
}

/** Takes checks away and brings them back; says of the last one what was done to it, until something else is done. */
export function useCheckChanges() {
  const path = useReviewsPath()
  const changed = useReviewsChanged()
  const [notice, setNotice] = useState<{ was: 'made' | 'removed'; check: ReviewCheck }>()
  const pathOf = ({ touchpoint, id }: ReviewCheck) => `${path}/${touchpoint}/checks/${id}`
  const away = useAction(async (check: ReviewCheck, said: typeof notice) => {
    await api.del(pathOf(check))
    setNotice(said)
    await changed(check.touchpoint)
  })
  const back = useAction(async (check: ReviewCheck) => {
    await api.post(`${pathOf(check)}/restore`)
    setNotice(undefined)
    await changed(check.touchpoint)
  })
  return {
    notice,
    noteMade: (check: ReviewCheck) => setNotice({ was: 'made', check }),
    remove: (check: ReviewCheck) => away.run(check, { was: 'removed', check }),
    undo: async () => {
      if (notice?.was === 'made') await away.run(notice.check, undefined)
      else if (notice) await back.run(notice.check)
    },
    isRunning: away.isRunning || back.isRunning,
    error: away.error ?? back.error,
  }
}

export type CheckChanges = ReturnType<typeof useCheckChanges>

/** How stages and touchpoints are called in the shop. */
export function useNames() {
  const { id } = useShop()
  const { i18n } = useTranslation()
  const path = `/shops/${id}/touchpoints`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<RegistryView>(path, { signal }),
    staleTime: 60_000,
  })
  const nameOf = (kind: 'stages' | 'touchpoints', key: string): string => {
    const items: readonly { key: string; name: Record<string, string> | null }[] = data?.registry[kind] ?? []
    const own = items.find((one) => one.key === key)?.name
    const said = own?.[i18n.language] ?? own?.ru ?? own?.uk ?? own?.en
    // The words of another room, which the types of this one's can't know.
    return said ?? String(i18n.t(`touchpoints:${kind}.${key}`, { defaultValue: key.replaceAll('_', ' ') }))
  }
  return {
    touchpoint: (key: string) => nameOf('touchpoints', key),
    stage: (key: string) => nameOf('stages', key),
    stages: (data?.registry.stages ?? []).map(({ key }) => ({ value: key, label: nameOf('stages', key) })),
  }
}

export type Names = ReturnType<typeof useNames>

export interface ReviewFilter {
  q: string
  stage: string | null
  owner: string | null
  due: string | null
}

/** Which of the touchpoints are meant; `nobody` are those without an owner. */
export function filterReviews(items: readonly Review[], filter: ReviewFilter, names: Names): Review[] {
  const q = filter.q.trim().toLocaleLowerCase()
  return items.filter(
    (one) =>
      (filter.stage === null || one.stage === filter.stage) &&
      (filter.due === null || one.due === filter.due) &&
      (filter.owner === null || (one.owner ?? 'nobody') === filter.owner) &&
      (q === '' ||
        names.touchpoint(one.touchpoint).toLocaleLowerCase().includes(q) ||
        (one.last?.note ?? '').toLocaleLowerCase().includes(q)),
  )
}
