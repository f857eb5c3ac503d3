import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import {
  Attribution,
  AttributionQuestion,
  PathOrders,
  PathOrdersQuestion,
  WeeklyOrders,
} from '../contract.ts'
import { answerAttribution } from './attribution-report.ts'
import { addCostRoutes } from './costs/cost-routes.ts'
import { listPathOrders, readWeeklyOrders } from './path-orders.ts'
import { readQuestion } from './read-question.ts'

const tags = ['attribution']
const params = Type.Object({ shop: Type.Integer() })
const PATH = '/api/shops/:shop/attribution'

export function addAttributionRoutes(app: App, deps: Deps): void {
  app.get(
    PATH,
    { schema: { tags, params, querystring: AttributionQuestion, response: { 200: Attribution } } },
    async (request) => {
      const shop = getShop(request)
      return answerAttribution(deps, shop, readQuestion(request.query, shop, deps.now()))
    },
  )
  app.get(
    `${PATH}/orders`,
    { schema: { tags, params, querystring: PathOrdersQuestion, response: { 200: PathOrders } } },
    async (request) => listPathOrders(deps, getShop(request), request.query),
  )
  app.get(
    `${PATH}/weeks`,
    { schema: { tags, params, querystring: AttributionQuestion, response: { 200: WeeklyOrders } } },
    async (request) => readWeeklyOrders(deps, getShop(request), request.query),
  )
  addCostRoutes(app, deps)
}
