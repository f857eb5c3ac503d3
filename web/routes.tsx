import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { NotFound } from './pages/not-found.tsx'
import { entryRoutes } from './routes/entry.tsx'
import { loadSession, page, root, shop } from './routes/root.tsx'
import { settingsRoutes } from './routes/settings.tsx'
import { RouteError } from './shell/route-error.tsx'

const NoShop = lazyRouteComponent(() => import('./pages/no-shop.tsx'), 'NoShop')

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: NoShop,
  loader: async (match) => {
    const [first] = (await loadSession(match)).shops
    if (first) throw redirect({ to: '/s/$shop', params: { shop: String(first.id) }, replace: true })
  },
})

// The pages of a shop

const shopHome = createRoute({
  getParentRoute: () => shop,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/s/$shop/today', params, replace: true })
  },
})
const today = createRoute({
  getParentRoute: () => shop,
  path: 'today',
  component: page('boards', 'today'),
})
const boards = createRoute({
  getParentRoute: () => shop,
  path: 'boards',
  component: page('boards', 'list'),
})
const board = createRoute({
  getParentRoute: () => shop,
  path: 'boards/$board',
  component: page('boards', 'board'),
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
const savedReport = createRoute({
  getParentRoute: () => shop,
  path: 'reports/$report',
  component: page('reports', 'saved'),
})
const paths = createRoute({
  getParentRoute: () => shop,
  path: 'paths',
  component: page('paths', 'paths'),
})
const attribution = createRoute({
  getParentRoute: () => shop,
  path: 'attribution',
  component: page('attribution', 'report'),
})
const exposure = createRoute({
  getParentRoute: () => shop,
  path: 'exposure',
  component: page('exposure', 'exposure'),
})
const drivers = createRoute({
  getParentRoute: () => shop,
  path: 'drivers',
  component: page('drivers', 'report'),
})
const conformance = createRoute({
  getParentRoute: () => shop,
  path: 'conformance',
  component: page('conformance', 'report'),
})
const funnel = createRoute({
  getParentRoute: () => shop,
  path: 'funnel',
  component: page('funnels', 'funnel'),
})
const choosing = createRoute({
  getParentRoute: () => shop,
  path: 'choosing',
  component: page('funnels', 'choosing'),
})
const returning = createRoute({
  getParentRoute: () => shop,
  path: 'returning',
  component: page('funnels', 'returning'),
})
const cohorts = createRoute({
  getParentRoute: () => shop,
  path: 'cohorts',
  component: page('cohorts', 'report'),
})
const channelMix = createRoute({
  getParentRoute: () => shop,
  path: 'channel-mix',
  component: page('channel-mix', 'report'),
})
const changes = createRoute({
  getParentRoute: () => shop,
  path: 'changes',
  component: page('changes', 'changes'),
})
const decisions = createRoute({
  getParentRoute: () => shop,
  path: 'decisions',
  component: page('decisions', 'list'),
})
const reviews = createRoute({
  getParentRoute: () => shop,
  path: 'reviews',
  component: page('reviews', 'list'),
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
  entryRoutes,
  shop.addChildren([
    shopHome,
    today,
    boards,
    board,
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
    savedReport,
    funnel,
    choosing,
    returning,
    exposure,
    cohorts,
    paths,
    attribution,
    drivers,
    channelMix,
    conformance,
    changes,
    decisions,
    reviews,
    imports,
    newImport,
    oneImport,
    eventDebugger,
    start,
    settingsRoutes,
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
