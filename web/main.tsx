import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@fontsource-variable/inter/index.css'
import './styles/tokens.css'
import './styles/base.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { api } from './api-client.ts'
import { isPassing } from './api-error.ts'
import { startLanguage } from './i18n.ts'
import { reachability } from './reachability.ts'
import { makeRouter } from './routes.tsx'
import { sessionQuery } from './session.ts'
import { cssVariables, theme, themeMemory } from './theme.ts'

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

async function start() {
  watchServer()
  await startLanguage()
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={themeMemory}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Notifications position="bottom-center" limit={3} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

void start()
