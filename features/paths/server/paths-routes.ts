import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import {
  FlowAnswer,
  FlowQuestion,
  PathPersons,
  PathPersonsQuestion,
  PathsQuestion,
  StepsAnswer,
  VariantsAnswer,
  VariantsQuestion,
} from '../contract.ts'
import { answerFlow, answerSteps, answerVariants } from './answer-paths.ts'
import { listPathPersons } from './list-path-persons.ts'

const tags = ['paths']
const params = Type.Object({ shop: Type.Integer() })

export function addPathsRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/paths/flow',
    { schema: { tags, params, querystring: FlowQuestion, response: { 200: FlowAnswer } } },
    async (request) => answerFlow(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/paths/variants',
    { schema: { tags, params, querystring: VariantsQuestion, response: { 200: VariantsAnswer } } },
    async (request) => answerVariants(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/paths/steps',
    { schema: { tags, params, querystring: PathsQuestion, response: { 200: StepsAnswer } } },
    async (request) => answerSteps(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/paths/persons',
    { schema: { tags, params, querystring: PathPersonsQuestion, response: { 200: PathPersons } } },
    async (request) => listPathPersons(deps, getShop(request), request.query),
  )
}
