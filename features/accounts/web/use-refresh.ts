import { useQueryClient } from '@tanstack/react-query'
import { notifyDone } from '../../../web/notify.ts'

/** After a change: what is on the screen is asked again, and it is said that it was done. */
export function useRefresh() {
  const queryClient = useQueryClient()
  return async (done?: string): Promise<void> => {
    if (done !== undefined) notifyDone(done)
    await queryClient.invalidateQueries()
  }
}
