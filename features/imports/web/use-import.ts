import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useLive } from '../../../web/use-live.ts'
import type { ImportView } from '../contract.ts'
import { isActive } from './import-words.ts'
import { importPaths } from './imports-api.ts'

/** In case a message of the stream is missed: another process may run the import. */
const GLANCE_MS = 5_000

/** One import, kept up to date while it runs. */
export function useImport(shop: number, id: string) {
  const queryClient = useQueryClient()
  const paths = importPaths(shop)
  const queryKey = ['import', shop, id]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<ImportView>(paths.one(id), { signal }),
    refetchInterval: ({ state }) => (state.data && isActive(state.data) ? GLANCE_MS : false),
  })
  const refresh = async () => {
    await queryClient.invalidateQueries({ queryKey })
    await queryClient.invalidateQueries({ queryKey: [paths.list] })
  }
  useLive<ImportView>(
    paths.live(id),
    (view) => {
      queryClient.setQueryData(queryKey, view)
      if (!isActive(view)) void refresh()
    },
    { paused: !query.data || !isActive(query.data) },
  )
  return { query, refresh }
}
