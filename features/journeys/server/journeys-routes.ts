import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { JourneyMap, MapPersons, MapQuestion, PersonsQuestion } from '../contract.ts'
import { answerQuestion } from './journey-map.ts'
import { listPersons } from './list-persons.ts'
import { endStreams, streamContacts } from './live-contacts.ts'
import { readQuestion } from './map-question.ts'

const tags = ['journeys']
const params = Type.Object({ shop: Type.Integer() })

export function addJourneyRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/journey-map',
    { schema: { tags, params, querystring: MapQuestion, response: { 200: JourneyMap } } },
    async (request) => answerQuestion(deps, readQuestion(request.query, getShop(request), deps.now())),
  )
  app.get(
    '/api/shops/:shop/journey-map/persons',
    { schema: { tags, params, querystring: PersonsQuestion, response: { 200: MapPersons } } },
    async (request) =>
      listPersons(deps, readQuestion(request.query, getShop(request), deps.now()), request.query),
  )
  app.get('/api/shops/:shop/journey-map/live', { schema: { tags, params } }, (request, reply) =>
    streamContacts(deps, getShop(request).id, request, reply),
  )
  app.addHook('preClose', async () => endStreams())
}
