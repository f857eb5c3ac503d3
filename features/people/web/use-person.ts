import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { PersonDetail } from '../contract.ts'

export const personQuery = (shop: number, id: string) =>
  queryOptions({
    queryKey: [`/shops/${shop}/people`, id],
    queryFn: ({ signal }) => api.get<PersonDetail>(`/shops/${shop}/people/${id}`, { signal }),
  })

export function usePerson(id: string) {
  return useQuery(personQuery(useShop().id, id))
}

/** After a decision about who is who, everything that shows people is asked again. */
export function usePeopleChanged(): () => Promise<void> {
  const queryClient = useQueryClient()
  const shop = useShop()
  return async () => {
    const paths = [`/shops/${shop.id}/people`, `/shops/${shop.id}/merge-suggestions`, 'merge-suggestions']
    await queryClient.invalidateQueries({
      predicate: ({ queryKey: [first] }) => paths.some((path) => String(first).startsWith(path)),
    })
  }
}
