import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import i18next from 'i18next'
import {
  lazy,
  type ReactNode,
  StrictMode,
  Suspense,
  startTransition,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { createRoot } from 'react-dom/client'
import { api } from './api-client.ts'
import { isPassing } from './api-error.ts'
import { startLanguage } from './i18n.ts'
import type { Language } from './language.ts'
import { reachability } from './reachability.ts'
import { makeRouter } from './routes.tsx'
import { sessionQuery } from './session.ts'
import { cssVariables, theme, themeMemory } from './theme.ts'
import { LanguageContext } from './use-translation.ts'

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A server on the same machine answers without any network, so the browser's opinion of it stops nothing.
      networkMode: 'always',
      retry: (failures, error) => isPassing(error) && failures < 2,
      staleTime: 10_000,
    },
    mutations: { networkMode: 'always' },
  },
})

const router = makeRouter(queryClient)

function watchServer() {
  api.listen({
    answered: reachability.answered,
    unanswered: reachability.unanswered,
    unauthenticated: leaveSession,
  })
  window.addEventListener('online', reachability.networkChanged)
  window.addEventListener('offline', reachability.networkChanged)
  // What failed meanwhile is asked again as soon as somebody answers.
  reachability.subscribe(() => {
    if (reachability.get() === 'reachable') void queryClient.invalidateQueries({ predicate: isFailed })
  })
}

const isFailed = (query: { state: { status: string } }) => query.state.status === 'error'

/** The session ended while pages were open. Loading the route again finds that out and leads to the sign-in. */
function leaveSession() {
  if (queryClient.getQueryData(sessionQuery.queryKey) === undefined) return
  queryClient.clear()
  void router.invalidate()
}

const Notifications = lazy(() =>
  import('@mantine/notifications').then(({ Notifications }) => ({ default: Notifications })),
)

const NOTICES_AFTER_MS = 3_000

/** What says in passing that something was done. It waits until the first page is drawn; what is said before, too. */
function Notices() {
  const [isTime, setTime] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setTime, NOTICES_AFTER_MS, true)
    return () => clearTimeout(timer)
  }, [])
  if (!isTime) return null
  return (
    <Suspense fallback={null}>
      <Notifications position="bottom-center" limit={3} />
    </Suspense>
  )
}

function InLanguage({ children }: { children: ReactNode }) {
  const language = useSyncExternalStore(followLanguage, () => i18next.language as Language)
  return <LanguageContext value={language}>{children}</LanguageContext>
}

function followLanguage(changed: () => void) {
  i18next.on('languageChanged', changed)
  return () => i18next.off('languageChanged', changed)
}

async function start() {
  watchServer()
  await startLanguage()
  const root = createRoot(document.getElementById('root') as HTMLElement)
  // A transition is drawn in small steps, between which the browser answers; a plain first render is one long task.
  startTransition(() => root.render(<Tropa />))
}

function Tropa() {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={themeMemory}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queryClient}>
          <InLanguage>
            <RouterProvider router={router} />
            <Notices />
          </InLanguage>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}

void start()
