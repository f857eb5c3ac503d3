import { Type } from 'typebox'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { CohortPersons, CohortPersonsQuestion, CohortsAnswer, CohortsQuestion } from '../contract.ts'
import { answerCohorts } from './answer-cohorts.ts'
import { listPersons } from './list-persons.ts'

const tags = ['cohorts']
const params = Type.Object({ shop: Type.Integer() })

export function addCohortRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/cohorts',
    { schema: { tags, params, querystring: CohortsQuestion, response: { 200: CohortsAnswer } } },
    async (request) => answerCohorts(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/cohorts/persons',
    { schema: { tags, params, querystring: CohortPersonsQuestion, response: { 200: CohortPersons } } },
    async (request) => listPersons(deps, getShop(request), request.query),
  )
}
