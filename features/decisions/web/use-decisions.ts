import { useQueryClient } from '@tanstack/react-query'
import { useShop } from '../../../web/shop-context.tsx'

/** Below `/api`. */
export function useDecisionsPath(): string {
  return `/shops/${useShop().id}/decisions`
}

/** Everything that shows decisions looks again: the list, and the map on which they are marked. */
export function useDecisionsChanged(): () => Promise<void> {
  const queryClient = useQueryClient()
  const path = useDecisionsPath()
  return () => queryClient.invalidateQueries({ queryKey: [path] })
}

/** The server refuses the others too; hiding the buttons spares them a refusal. */
export function useMayDecide(): boolean {
  const { role } = useShop()
  return role === 'owner' || role === 'marketer'
}
