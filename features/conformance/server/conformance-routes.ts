import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import {
  ConformanceAnswer,
  ConformancePersons,
  ConformancePersonsQuestion,
  ConformanceQuestion,
} from '../contract.ts'
import { answerConformance } from './answer-conformance.ts'
import { listPersons } from './list-persons.ts'

const tags = ['conformance']
const params = Type.Object({ shop: Type.Integer() })

export function addConformanceRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/conformance',
    { schema: { tags, params, querystring: ConformanceQuestion, response: { 200: ConformanceAnswer } } },
    async (request) => answerConformance(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/conformance/persons',
    {
      schema: {
        tags,
        params,
        querystring: ConformancePersonsQuestion,
        response: { 200: ConformancePersons },
      },
    },
    async (request) => listPersons(deps, getShop(request), request.query),
  )
}
