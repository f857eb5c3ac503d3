import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { isApiError } from '../api-error.ts'
import { loadPage } from '../rooms.ts'
import { sessionQuery } from '../session.ts'

/** A screen of a room: `features/<room>/web/pages.tsx` exports it in `pages` under `name`. */
export const page = (room: string, name: string) => lazyRouteComponent(() => loadPage(room, name))

const ShopLayout = lazyRouteComponent(() => import('../shell/shop-layout.tsx'), 'ShopLayout')

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({})

/** Whoever isn't signed in is led to the sign-in and comes back to the same place afterwards. */
export async function loadSession({
  context,
  location,
}: {
  context: { queryClient: QueryClient }
  location: { href: string }
}) {
  try {
    return await context.queryClient.ensureQueryData(sessionQuery)
  } catch (error) {
    if (!isApiError(error) || error.code !== 'unauthenticated') throw error
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href } })
  }
}

/** Behind the sign-in everything belongs to a shop. */
export const shop = createRoute({
  getParentRoute: () => root,
  path: 's/$shop',
  component: ShopLayout,
  loader: async ({ params, ...match }) => {
    const { shops } = await loadSession(match)
    if (!shops.some(({ id }) => String(id) === params.shop)) throw notFound()
  },
})
