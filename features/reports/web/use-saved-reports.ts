import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { NewSavedReport, SavedReport, SavedReportChange } from '../saved-contract.ts'

export const useSavedPath = () => `/shops/${useShop().id}/reports`

/** Who may keep a question for all; everybody may send a link. */
export function useMaySave(): boolean {
  const { role } = useShop()
  return role === 'owner' || role === 'marketer'
}

export function useSavedReport(id: number | undefined) {
  const path = useSavedPath()
  return useQuery({
    queryKey: [path, 'one', id],
    queryFn: ({ signal }) => api.get<SavedReport>(`${path}/${id}`, { signal }),
    enabled: id !== undefined,
    staleTime: 10_000,
  })
}

/** The changes of what is saved; each brings the lists up to date. */
export function useSavedChanges() {
  const path = useSavedPath()
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: [path] })
  return {
    async add(fields: NewSavedReport): Promise<SavedReport> {
      const made = await api.post<SavedReport>(path, { body: fields })
      await refresh()
      return made
    },
    async change(id: number, fields: SavedReportChange): Promise<void> {
      await api.patch(`${path}/${id}`, { body: fields })
      await refresh()
    },
    async remove(id: number): Promise<void> {
      await api.del(`${path}/${id}`)
      await refresh()
    },
  }
}
