import type { App, Deps } from '../../../platform/room.ts'
import { readSystemState } from '../../../platform/system-state.ts'
import { Done, SecondFactor, Session, SignIn, SignInAnswer } from '../contract.ts'
import { accessMemoryOf, getSignedIn, SESSION_COOKIE } from './authenticator.ts'
import { endSession } from './session-store.ts'
import { confirmSignIn, signIn } from './sign-in.ts'
import { getUser } from './user-store.ts'
import { requireOwnPage, setSessionCookie, visitorOf } from './visitor.ts'

const tags = ['sign-in']

export function addAuthRoutes(app: App, deps: Deps): void {
  app.post(
    '/api/auth/sign-in',
    { preHandler: requireOwnPage, schema: { tags, body: SignIn, response: { 200: SignInAnswer } } },
    async (request, reply) => {
      const result = await signIn(deps, request.body, visitorOf(request))
      if (result.status === 'second_factor') return result
      setSessionCookie(reply, deps, result.token)
      return { status: 'signed_in' as const }
    },
  )

  app.post(
    '/api/auth/second-factor',
    { preHandler: requireOwnPage, schema: { tags, body: SecondFactor, response: { 200: SignInAnswer } } },
    async (request, reply) => {
      const { token } = await confirmSignIn(deps, request.body, visitorOf(request))
      setSessionCookie(reply, deps, token)
      return { status: 'signed_in' as const }
    },
  )

  app.post('/api/auth/sign-out', { schema: { tags, response: { 200: Done } } }, async (request, reply) => {
    const { userId } = getSignedIn(request)
    const credentials = await accessMemoryOf(deps).findCredentials(request)
    if (credentials) await endSession(deps.db, userId, credentials.id)
    reply.clearCookie(SESSION_COOKIE, { path: '/' })
    return { ok: true as const }
  })

  app.get('/api/session', { schema: { tags, response: { 200: Session } } }, async (request) => {
    const { userId } = getSignedIn(request)
    const credentials = await accessMemoryOf(deps).findCredentials(request)
    const user = await getUser(deps.db, userId)
    const { pausedReason, epochStartedAt } = await readSystemState(deps.db)
    const shops = [...(credentials?.shops.values() ?? [])]
    const { id, name, email, language } = user
    return {
      member: { id, name, email, language },
      shops: shops.filter((shop) => !shop.isArchived),
      archivedShops: shops.filter((shop) => shop.isArchived),
      paused: pausedReason === null ? null : { since: epochStartedAt.toISOString() },
    }
  })
}
