import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Session } from '../features/accounts/contract.ts'
import { api } from './api-client.ts'
import { isApiError } from './api-error.ts'
import { safeReturnPath } from './return-path.ts'

export type { Session }

/** A shop that the member may open, and what they are in it. */
export type ShopAccess = Session['shops'][number]
export type Role = ShopAccess['role']

/** Asked once at the start and again when the window is looked at after a while; 401 leads to the sign-in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.get<Session>('/session', { signal }),
  staleTime: 60_000,
})

/** The session on pages behind the sign-in, where the routes have loaded it before the page is shown. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data

/** After a sign-in: forgets what was known of anybody before and goes where the person wanted to be. */
export function useEnter(): (returnPath?: string) => Promise<void> {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async (returnPath) => {
    queryClient.clear()
    await router.navigate({ href: safeReturnPath(returnPath), replace: true })
  }
}

export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async () => {
    await api.post('/auth/sign-out').catch((error) => {
      // Signed out already, in another tab or by time: just what was wanted.
      if (!isApiError(error) || error.code !== 'unauthenticated') throw error
    })
    // Nothing of one member may stay in memory for the next one on the same machine.
    queryClient.clear()
    await router.navigate({ to: '/sign-in' })
  }
}
