import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { Board, BoardCard, BoardChange, BoardList, NewCard } from '../contract.ts'

export const useBoardsPath = () => `/shops/${useShop().id}/boards`

/** The server refuses the others too; hiding the buttons spares them a refusal. */
export function useMayArrange(): boolean {
  return useShop().role !== 'viewer'
}

export function useBoards() {
  const path = useBoardsPath()
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<BoardList>(path, { signal }),
    staleTime: 10_000,
  })
}

export function useBoard(id: number | undefined) {
  const path = useBoardsPath()
  return useQuery({
    queryKey: [path, id],
    queryFn: ({ signal }) => api.get<Board>(`${path}/${id}`, { signal }),
    enabled: id !== undefined,
    staleTime: 10_000,
    retry: false,
  })
}

/** The changes of boards and of what is pinned to them; each brings what is shown up to date. */
export function useBoardChanges() {
  const path = useBoardsPath()
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: [path] })
  const after = async <T>(change: Promise<T>): Promise<T> => {
    const made = await change
    await refresh()
    return made
  }
  return {
    add: (name: string) => after(api.post<Board>(path, { body: { name } })),
    change: (board: number, body: BoardChange) => after(api.patch<Board>(`${path}/${board}`, { body })),
    remove: (board: number) => after(api.del(`${path}/${board}`)),
    restore: (board: number) => after(api.post(`${path}/${board}/restore`)),
    pin: (board: number, body: NewCard) => after(api.post<BoardCard>(`${path}/${board}/cards`, { body })),
    unpin: (board: number, card: number) => after(api.del(`${path}/${board}/cards/${card}`)),
    pinAgain: (board: number, card: number) => after(api.post(`${path}/${board}/cards/${card}/restore`)),
    /** At once on the screen, then on the server; what the server refuses is looked at again. */
    async order(board: Board, cards: BoardCard[]): Promise<void> {
      queryClient.setQueryData<Board>([path, board.id], { ...board, cards })
      try {
        await api.put(`${path}/${board.id}/order`, { body: { cards: cards.map(({ id }) => id) } })
      } finally {
        await refresh()
      }
    },
  }
}
