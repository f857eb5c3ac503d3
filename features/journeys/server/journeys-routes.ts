import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { JourneyMap, MapQuestion } from '../contract.ts'
import { answerQuestion } from './journey-map.ts'
import { readQuestion } from './map-question.ts'

const tags = ['journeys']
const params = Type.Object({ shop: Type.Integer() })

export function addJourneyRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/journey-map',
    { schema: { tags, params, querystring: MapQuestion, response: { 200: JourneyMap } } },
    async (request) => answerQuestion(deps, readQuestion(request.query, getShop(request), deps.now())),
  )
}
