import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { Done, NewToken, TokenMade, Tokens } from '../contract.ts'
import { recordAudit } from './audit-store.ts'
import { getSignedIn } from './authenticator.ts'
import { isStronger } from './member-store.ts'
import { createToken, listTokens, revokeToken } from './token-store.ts'

const tags = ['tokens']
const DAY_MS = 86_400_000

/** API tokens of a shop, made by people only and never with more rights than their maker's. */
export function addTokenRoutes(app: App, deps: Deps): void {
  const { db, now } = deps

  app.get('/api/shops/:shop/tokens', { schema: { tags, response: { 200: Tokens } } }, async (request) => ({
    items: await listTokens(db, getShop(request).id),
  }))

  app.post(
    '/api/shops/:shop/tokens',
    { schema: { tags, body: NewToken, response: { 200: TokenMade } } },
    async (request) => {
      const actor = getSignedIn(request)
      const shop = getShop(request)
      const { role, days } = request.body
      const name = request.body.name.trim()
      if (isStronger(role, shop.role))
        throw new AppError('forbidden', `You are ${shop.role} here and can't make a token that may do more.`)
      const expiresAt = days === undefined ? null : new Date(now() + days * DAY_MS)
      return db.transaction(async (tx) => {
        const made = await createToken(tx, { shop: shop.id, name, role, createdBy: actor.userId, expiresAt })
        const detail = { role, expiresAt: expiresAt?.toISOString() ?? null }
        await recordAudit(tx, { shop: shop.id, actor, action: 'token.created', target: name, detail })
        return made
      })
    },
  )

  app.delete(
    '/api/shops/:shop/tokens/:token',
    {
      schema: {
        tags,
        params: Type.Object({ shop: Type.Integer(), token: Type.String({ format: 'uuid' }) }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const actor = getSignedIn(request)
      const shop = getShop(request)
      await db.transaction(async (tx) => {
        const { name, role } = await revokeToken(tx, shop.id, request.params.token)
        if (isStronger(role, shop.role))
          throw new AppError('forbidden', 'This token may do more than you; an owner has to revoke it.')
        await recordAudit(tx, { shop: shop.id, actor, action: 'token.revoked', target: name })
      })
      return { ok: true as const }
    },
  )
}
