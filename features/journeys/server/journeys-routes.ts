import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import {
  JourneyMap,
  MapPersons,
  MapQuestion,
  PersonsQuestion,
  StageAnswer,
  StageQuestion,
  StageWords,
  WordsQuestion,
} from '../contract.ts'
import { answerQuestion } from './journey-map.ts'
import { listPersons } from './list-persons.ts'
import { listStageWords } from './list-stage-words.ts'
import { streamContacts } from './live-contacts.ts'
import { readQuestion } from './map-question.ts'
import { answerStage } from './stage-report.ts'

const tags = ['journeys']
const params = Type.Object({ shop: Type.Integer() })
const stageParams = Type.Object({ shop: Type.Integer(), stage: Type.String({ maxLength: 40 }) })

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
  addStageRoutes(app, deps)
}

function addStageRoutes(app: App, deps: Deps): void {
  const path = '/api/shops/:shop/journey-map/stage/:stage'
  app.get(
    path,
    { schema: { tags, params: stageParams, querystring: StageQuestion, response: { 200: StageAnswer } } },
    async (request) =>
      answerStage(
        deps,
        readQuestion(request.query, getShop(request), deps.now()),
        request.params.stage,
        request.query,
      ),
  )
  app.get(
    `${path}/words`,
    { schema: { tags, params: stageParams, querystring: WordsQuestion, response: { 200: StageWords } } },
    async (request) =>
      listStageWords(
        deps,
        readQuestion(request.query, getShop(request), deps.now()),
        request.params.stage,
        request.query,
      ),
  )
}
