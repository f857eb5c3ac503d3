import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { Done, InvitationMade, Invitations, Members, NewInvitation, RoleChange } from '../contract.ts'
import { recordAudit } from './audit-store.ts'
import { getSignedIn } from './authenticator.ts'
import { createInvitation, listInvitations, revokeInvitation } from './invitation-store.ts'
import { changeRole, listMembers, removeMember } from './member-store.ts'
import { getEmail } from './refuse-field.ts'

const tags = ['members']
const done = { ok: true as const }

/** Who works for the shop. Only people hand out rights to people: tokens may look, not change. */
export function addMemberRoutes(app: App, deps: Deps): void {
  const { db } = deps
  const params = Type.Object({ shop: Type.Integer(), member: Type.String({ format: 'uuid' }) })

  app.get('/api/shops/:shop/members', { schema: { tags, response: { 200: Members } } }, async (request) => ({
    items: await listMembers(db, getShop(request).id),
  }))

  app.patch(
    '/api/shops/:shop/members/:member',
    { schema: { tags, params, body: RoleChange, response: { 200: Done } } },
    async (request) => {
      const change = { shop: getShop(request).id, userId: request.params.member, actor: getSignedIn(request) }
      await db.transaction((tx) => changeRole(tx, change, request.body.role))
      return done
    },
  )

  app.delete(
    '/api/shops/:shop/members/:member',
    { schema: { tags, params, response: { 200: Done } } },
    async (request) => {
      const change = { shop: getShop(request).id, userId: request.params.member, actor: getSignedIn(request) }
      await db.transaction((tx) => removeMember(tx, change, 'member.removed'))
      return done
    },
  )

  app.post('/api/shops/:shop/leave', { schema: { tags, response: { 200: Done } } }, async (request) => {
    const actor = getSignedIn(request)
    const change = { shop: getShop(request).id, userId: actor.userId, actor }
    await db.transaction((tx) => removeMember(tx, change, 'member.left'))
    return done
  })

  addInvitations(app, deps)
}

function addInvitations(app: App, deps: Deps): void {
  const { db, now, settings } = deps

  app.get(
    '/api/shops/:shop/invitations',
    { schema: { tags, response: { 200: Invitations } } },
    async (request) => ({ items: await listInvitations(db, getShop(request).id, now()) }),
  )

  app.post(
    '/api/shops/:shop/invitations',
    { schema: { tags, body: NewInvitation, response: { 200: InvitationMade } } },
    async (request) => {
      const actor = getSignedIn(request)
      const shop = getShop(request).id
      const { role } = request.body
      const email = request.body.email === undefined ? null : getEmail(request.body.email)
      return db.transaction(async (tx) => {
        const made = await createInvitation(tx, { shop, role, email, invitedBy: actor.userId, now: now() })
        const entry = { shop, actor, action: 'invitation.created', target: email ?? '', detail: { role } }
        await recordAudit(tx, entry)
        return { id: made.id, url: settings.publicUrl + made.path }
      })
    },
  )

  app.delete(
    '/api/shops/:shop/invitations/:invitation',
    {
      schema: {
        tags,
        params: Type.Object({ shop: Type.Integer(), invitation: Type.String({ format: 'uuid' }) }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const shop = getShop(request).id
      const actor = getSignedIn(request)
      await db.transaction(async (tx) => {
        const { email } = await revokeInvitation(tx, shop, request.params.invitation, now())
        await recordAudit(tx, { shop, actor, action: 'invitation.revoked', target: email ?? '' })
      })
      return done
    },
  )
}
