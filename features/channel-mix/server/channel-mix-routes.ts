import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { ChannelMix, ChannelMixQuestion, MixOrders, MixOrdersQuestion } from '../contract.ts'
import { answerMix } from './answer-mix.ts'
import { listMixOrders } from './list-orders.ts'

const tags = ['channel-mix']
const params = Type.Object({ shop: Type.Integer() })

export function addChannelMixRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/channel-mix',
    { schema: { tags, params, querystring: ChannelMixQuestion, response: { 200: ChannelMix } } },
    async (request) => answerMix(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/channel-mix/orders',
    { schema: { tags, params, querystring: MixOrdersQuestion, response: { 200: MixOrders } } },
    async (request) => listMixOrders(deps, getShop(request), request.query),
  )
}
