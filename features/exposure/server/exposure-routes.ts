import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { ExposureAnswer, ExposurePersons, ExposurePersonsQuestion, ExposureQuestion } from '../contract.ts'
import { answerExposure } from './answer-exposure.ts'
import { listPersons } from './list-persons.ts'

const tags = ['exposure']
const params = Type.Object({ shop: Type.Integer() })

export function addExposureRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/exposure',
    { schema: { tags, params, querystring: ExposureQuestion, response: { 200: ExposureAnswer } } },
    async (request) => answerExposure(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/exposure/persons',
    { schema: { tags, params, querystring: ExposurePersonsQuestion, response: { 200: ExposurePersons } } },
    async (request) => listPersons(deps, getShop(request), request.query),
  )
}
