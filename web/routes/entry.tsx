import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { page, root } from './root.tsx'

const EntryLayout = lazyRouteComponent(() => import('../shell/entry-layout.tsx'), 'EntryLayout')

const entry = createRoute({ getParentRoute: () => root, id: 'entry', component: EntryLayout })

const signIn = createRoute({
  getParentRoute: () => entry,
  path: 'sign-in',
  component: page('accounts', 'signIn'),
  validateSearch: (search: Record<string, unknown>): { return?: string } =>
    typeof search.return === 'string' ? { return: search.return } : {},
})
const welcome = createRoute({
  getParentRoute: () => entry,
  path: 'welcome/$token',
  component: page('accounts', 'welcome'),
})
const invite = createRoute({
  getParentRoute: () => entry,
  path: 'invite/$token',
  component: page('accounts', 'invite'),
})

/** The pages before the sign-in. */
export const entryRoutes = entry.addChildren([signIn, welcome, invite])
