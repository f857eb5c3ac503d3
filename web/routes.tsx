import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { isApiError } from './api-error.ts'
import { NotFound } from './pages/not-found.tsx'
import { loadPage } from './rooms.ts'
import { sessionQuery } from './session.ts'
import { settingsTabs } from './shell/navigation.ts'
import { RouteError } from './shell/route-error.tsx'

/** A screen of a room: `features/<room>/web/pages.tsx` exports it in `pages` under `name`. */
const page = (room: string, name: string) => lazyRouteComponent(() => loadPage(room, name))

const ShopLayout = lazyRouteComponent(() => import('./shell/shop-layout.tsx'), 'ShopLayout')
const SettingsLayout = lazyRouteComponent(() => import('./shell/settings-layout.tsx'), 'SettingsLayout')
const EntryLayout = lazyRouteComponent(() => import('./shell/entry-layout.tsx'), 'EntryLayout')
const NoShop = lazyRouteComponent(() => import('./pages/no-shop.tsx'), 'NoShop')

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({})

/** Whoever isn't signed in is led to the sign-in and comes back to the same place afterwards. */
async function loadSession({
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

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: NoShop,
  loader: async (match) => {
    const [first] = (await loadSession(match)).shops
    if (first) throw redirect({ to: '/s/$shop', params: { shop: String(first.id) }, replace: true })
  },
})

// Before the sign-in

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

// Behind it: everything belongs to a shop

const shop = createRoute({
  getParentRoute: () => root,
  path: 's/$shop',
  component: ShopLayout,
  loader: async ({ params, ...match }) => {
    const { shops } = await loadSession(match)
    if (!shops.some(({ id }) => String(id) === params.shop)) throw notFound()
  },
})
const shopHome = createRoute({
  getParentRoute: () => shop,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/s/$shop/map', params, replace: true })
  },
})
const map = createRoute({
  getParentRoute: () => shop,
  path: 'map',
  component: page('journeys', 'map'),
})
const stage = createRoute({
  getParentRoute: () => shop,
  path: 'map/stage/$stage',
  component: page('journeys', 'stage'),
})
const people = createRoute({
  getParentRoute: () => shop,
  path: 'people',
  component: page('people', 'list'),
})
const mergeSuggestions = createRoute({
  getParentRoute: () => shop,
  path: 'people/suggestions',
  component: page('people', 'suggestions'),
})
const erasures = createRoute({
  getParentRoute: () => shop,
  path: 'people/erased',
  component: page('people', 'erasures'),
})
const person = createRoute({
  getParentRoute: () => shop,
  path: 'people/$person',
  component: page('people', 'person'),
})
const touchpoints = createRoute({
  getParentRoute: () => shop,
  path: 'touchpoints',
  component: page('touchpoints', 'touchpoints'),
})
const scenarios = createRoute({
  getParentRoute: () => shop,
  path: 'scenarios',
  component: page('touchpoints', 'scenarios'),
})
const orders = createRoute({
  getParentRoute: () => shop,
  path: 'orders',
  component: page('orders', 'list'),
})
const order = createRoute({
  getParentRoute: () => shop,
  path: 'orders/$order',
  component: page('orders', 'order'),
})
const segments = createRoute({
  getParentRoute: () => shop,
  path: 'segments',
  component: page('segments', 'list'),
})
const newSegment = createRoute({
  getParentRoute: () => shop,
  path: 'segments/new',
  component: page('segments', 'new'),
  validateSearch: (search: Record<string, unknown>): { start?: string } =>
    typeof search.start === 'string' ? { start: search.start } : {},
})
const oneSegment = createRoute({
  getParentRoute: () => shop,
  path: 'segments/$segment',
  component: page('segments', 'one'),
})
const segmentPeople = createRoute({
  getParentRoute: () => shop,
  path: 'segments/$segment/people',
  component: page('segments', 'people'),
})
const reports = createRoute({
  getParentRoute: () => shop,
  path: 'reports',
  component: page('reports', 'hub'),
})
const attribution = createRoute({
  getParentRoute: () => shop,
  path: 'attribution',
  component: page('attribution', 'report'),
})
const funnel = createRoute({
  getParentRoute: () => shop,
  path: 'funnel',
  component: page('funnels', 'funnel'),
})
const decisions = createRoute({
  getParentRoute: () => shop,
  path: 'decisions',
  component: page('decisions', 'list'),
})
const imports = createRoute({
  getParentRoute: () => shop,
  path: 'imports',
  component: page('imports', 'list'),
})
const newImport = createRoute({
  getParentRoute: () => shop,
  path: 'imports/new',
  component: page('imports', 'new'),
})
const oneImport = createRoute({
  getParentRoute: () => shop,
  path: 'imports/$import',
  component: page('imports', 'one'),
})
const start = createRoute({
  getParentRoute: () => shop,
  path: 'start',
  component: page('guide', 'start'),
  validateSearch: (search: Record<string, unknown>): { step?: string; way?: string } => ({
    ...(typeof search.step === 'string' && { step: search.step }),
    ...(typeof search.way === 'string' && { way: search.way }),
  }),
})
const eventDebugger = createRoute({
  getParentRoute: () => shop,
  path: 'debugger',
  component: page('ingestion', 'debugger'),
})

const settings = createRoute({
  getParentRoute: () => shop,
  path: 'settings',
  component: SettingsLayout,
})
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: async ({ params, ...match }) => {
    const role = (await loadSession(match)).shops.find(({ id }) => String(id) === params.shop)?.role
    const [first] = settingsTabs.filter(({ roles }) => role && roles.includes(role))
    throw redirect({ to: first?.to ?? '/s/$shop/settings/account', params, replace: true })
  },
})
const settingsShop = createRoute({
  getParentRoute: () => settings,
  path: 'shop',
  component: page('accounts', 'shop'),
})
const settingsMembers = createRoute({
  getParentRoute: () => settings,
  path: 'members',
  component: page('accounts', 'members'),
})
const settingsKeys = createRoute({
  getParentRoute: () => settings,
  path: 'keys',
  component: page('accounts', 'keys'),
})
const settingsHours = createRoute({
  getParentRoute: () => settings,
  path: 'hours',
  component: page('standards', 'hours'),
})
const settingsAudit = createRoute({
  getParentRoute: () => settings,
  path: 'audit',
  component: page('accounts', 'audit'),
})
const settingsAccount = createRoute({
  getParentRoute: () => settings,
  path: 'account',
  component: page('accounts', 'account'),
})

/** Every part in every state, to look at while working on them; left out of what shops download. */
const gallery = createRoute({
  getParentRoute: () => root,
  path: 'ui',
  component:
    import.meta.env.MODE === 'production'
      ? NotFound
      : lazyRouteComponent(() => import('./pages/ui-gallery/ui-gallery.tsx'), 'UiGallery'),
})

const routeTree = root.addChildren([
  home,
  entry.addChildren([signIn, welcome, invite]),
  shop.addChildren([
    shopHome,
    map,
    stage,
    people,
    mergeSuggestions,
    erasures,
    person,
    orders,
    order,
    touchpoints,
    scenarios,
    segments,
    newSegment,
    oneSegment,
    segmentPeople,
    reports,
    funnel,
    attribution,
    decisions,
    imports,
    newImport,
    oneImport,
    eventDebugger,
    start,
    settings.addChildren([
      settingsHome,
      settingsShop,
      settingsMembers,
      settingsKeys,
      settingsHours,
      settingsAudit,
      settingsAccount,
    ]),
  ]),
  gallery,
])

export const makeRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    // The code of a page is fetched when the pointer rests on its link, so that the click finds it there.
    defaultPreload: 'intent',
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
