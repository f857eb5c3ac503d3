import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { NONCE_PATTERN, ReachAnswer, ReachCheck } from '../contract.ts'
import { setReached } from './guide-store.ts'
import { lookAtSelf } from './look-at-self.ts'
import { makeNonce, markOf } from './reach-mark.ts'

const tags = ['guide']

export function addReachabilityRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/reachability/:nonce',
    {
      schema: {
        tags,
        description: 'Proves to who asks by PUBLIC_URL that this very server answers. Open to any page.',
        params: Type.Object({ nonce: Type.String({ pattern: NONCE_PATTERN }) }),
        response: { 200: ReachAnswer },
      },
    },
    async (request, reply) => {
      reply.header('access-control-allow-origin', '*')
      reply.header('cache-control', 'no-store')
      const isForwarded = request.headers['x-forwarded-for'] !== undefined
      return { mark: markOf(deps.settings.secret, request.params.nonce), isForwarded }
    },
  )

  // Two clicks, or ten members at once, are one look.
  const running = new Map<number, Promise<ReachCheck>>()
  app.post(
    '/api/shops/:shop/reachability',
    { schema: { tags, params: Type.Object({ shop: Type.Integer() }), response: { 200: ReachCheck } } },
    (request) => {
      const { id } = getShop(request)
      const known = running.get(id)
      if (known) return known
      const check = checkReach(deps, id).finally(() => running.delete(id))
      running.set(id, check)
      return check
    },
  )
}

async function checkReach(deps: Deps, shop: number): Promise<ReachCheck> {
  const { publicUrl, secret, trustProxy } = deps.settings
  const nonce = makeNonce()
  const mark = markOf(secret, nonce)
  const server = await lookAtSelf({ publicUrl, nonce, mark, trustProxy })
  if (server.outcome === 'good') await setReached(deps.db, shop, publicUrl, new Date(deps.now()))
  return { publicUrl, nonce, mark, server }
}
