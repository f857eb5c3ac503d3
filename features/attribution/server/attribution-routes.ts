import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { Attribution, AttributionQuestion } from '../contract.ts'
import { answerAttribution } from './attribution-report.ts'
import { readQuestion } from './read-question.ts'

export function addAttributionRoutes(app: App, deps: Deps): void {
  const schema = {
    tags: ['attribution'],
    params: Type.Object({ shop: Type.Integer() }),
    querystring: AttributionQuestion,
    response: { 200: Attribution },
  }
  app.get('/api/shops/:shop/attribution', { schema }, async (request) =>
    answerAttribution(deps, readQuestion(request.query, getShop(request), deps.now())),
  )
}
