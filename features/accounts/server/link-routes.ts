import { Type } from 'typebox'
import type { App, Deps } from '../../../platform/room.ts'
import {
  InvitationLink,
  Joined,
  Joining,
  NewPassword,
  SignInAnswer,
  Welcome,
  WelcomeAnswer,
  WelcomeLink,
} from '../contract.ts'
import { accessMemoryOf, getSignedIn } from './authenticator.ts'
import { choosePassword, readWelcomeLink, welcomeOwner } from './first-start.ts'
import { acceptInvitation, getInvitation } from './invitation-store.ts'
import { joinShop } from './join-shop.ts'
import { requireOwnPage, setSessionCookie, visitorOf } from './visitor.ts'

const tags = ['sign-in']
const params = Type.Object({ token: Type.String({ minLength: 1, maxLength: 100 }) })

/** What the holder of a link may do: become the first owner, choose a password, join a shop. */
export function addLinkRoutes(app: App, deps: Deps): void {
  addWelcome(app, deps)
  addInvitation(app, deps)
}

function addWelcome(app: App, deps: Deps): void {
  app.get(
    '/api/welcome/:token',
    { schema: { tags, params, response: { 200: WelcomeLink } } },
    async (request) => readWelcomeLink(deps, request.params.token),
  )

  app.post(
    '/api/welcome/:token',
    { preHandler: requireOwnPage, schema: { tags, params, body: Welcome, response: { 200: WelcomeAnswer } } },
    async (request, reply) => {
      const { shop, session } = await welcomeOwner(
        deps,
        request.params.token,
        request.body,
        visitorOf(request),
      )
      setSessionCookie(reply, deps, session)
      return { shop }
    },
  )

  app.post(
    '/api/welcome/:token/password',
    {
      preHandler: requireOwnPage,
      schema: { tags, params, body: NewPassword, response: { 200: SignInAnswer } },
    },
    async (request, reply) => {
      const { password } = request.body
      const { session, status } = await choosePassword(
        deps,
        request.params.token,
        password,
        visitorOf(request),
      )
      if (session !== undefined) setSessionCookie(reply, deps, session)
      return { status }
    },
  )
}

function addInvitation(app: App, deps: Deps): void {
  const { db, now } = deps

  app.get(
    '/api/invitations/:token',
    { schema: { tags, params, response: { 200: InvitationLink } } },
    async (request) => {
      const { shopName, role, invitedBy, email, expiresAt } = await getInvitation(
        db,
        request.params.token,
        now(),
      )
      const asker = await accessMemoryOf(deps).findCredentials(request)
      const signedInAs = asker?.principal.email ?? null
      return { shopName, role, invitedBy, email, expiresAt: expiresAt.toISOString(), signedInAs }
    },
  )

  app.post(
    '/api/invitations/:token/join',
    { preHandler: requireOwnPage, schema: { tags, params, body: Joining, response: { 200: Joined } } },
    async (request, reply) => {
      const { shop, session } = await joinShop(deps, request.params.token, request.body, visitorOf(request))
      setSessionCookie(reply, deps, session)
      return { shop }
    },
  )

  app.post(
    '/api/invitations/:token/accept',
    { schema: { tags, params, response: { 200: Joined } } },
    async (request) => {
      const { userId, name, email } = getSignedIn(request)
      const { token } = request.params
      return {
        shop: await db.transaction((tx) => acceptInvitation(tx, token, { id: userId, name, email }, now())),
      }
    },
  )
}
