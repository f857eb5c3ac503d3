import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import {
  ChoosingAnswer,
  ChoosingPersonsQuestion,
  ChoosingQuestion,
  FunnelAnswer,
  FunnelFields,
  FunnelPersons,
  FunnelPersonsQuestion,
  FunnelQuestion,
  ReferenceFigures,
  ReturningAnswer,
  ReturningPersonsQuestion,
  ReturningQuestion,
} from '../contract.ts'
import { answerChoosing, listChoosingPersons } from './answer-choosing.ts'
import { answerFunnel } from './answer-funnel.ts'
import { answerReturning, listReturningPersons } from './answer-returning.ts'
import { listFields } from './list-fields.ts'
import { listPersons } from './list-persons.ts'
import { listReferenceFigures, saveReferenceFigures } from './reference-store.ts'

const tags = ['funnels']
const params = Type.Object({ shop: Type.Integer() })

export function addFunnelRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/funnel',
    { schema: { tags, params, querystring: FunnelQuestion, response: { 200: FunnelAnswer } } },
    async (request) => answerFunnel(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/funnel/persons',
    { schema: { tags, params, querystring: FunnelPersonsQuestion, response: { 200: FunnelPersons } } },
    async (request) => listPersons(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/funnel/fields',
    { schema: { tags, params, response: { 200: FunnelFields } } },
    async (request) => listFields(deps, getShop(request).id),
  )
  addChoosing(app, deps)
  addReturning(app, deps)
  addReferences(app, deps)
}

function addChoosing(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/funnel/choosing',
    { schema: { tags, params, querystring: ChoosingQuestion, response: { 200: ChoosingAnswer } } },
    async (request) => answerChoosing(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/funnel/choosing/persons',
    { schema: { tags, params, querystring: ChoosingPersonsQuestion, response: { 200: FunnelPersons } } },
    async (request) => listChoosingPersons(deps, getShop(request), request.query),
  )
}

function addReturning(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/funnel/returning',
    { schema: { tags, params, querystring: ReturningQuestion, response: { 200: ReturningAnswer } } },
    async (request) => answerReturning(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/funnel/returning/persons',
    { schema: { tags, params, querystring: ReturningPersonsQuestion, response: { 200: FunnelPersons } } },
    async (request) => listReturningPersons(deps, getShop(request), request.query),
  )
}

function addReferences(app: App, { db, now }: Deps): void {
  const path = '/api/shops/:shop/funnel/references'
  app.get(path, { schema: { tags, params, response: { 200: ReferenceFigures } } }, async (request) => ({
    items: await listReferenceFigures(db, getShop(request).id),
  }))
  app.put(
    path,
    { schema: { tags, params, body: ReferenceFigures, response: { 200: ReferenceFigures } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const { items } = request.body
      const isDated = ({ date }: (typeof items)[number]) => date === null || Date.parse(date) <= now()
      if (!items.every(isDated))
        throw new AppError('validation_failed', 'A source can’t be dated in the future. Check the date.')
      await db.transaction(async (tx) => {
        await saveReferenceFigures(tx, shop, items)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'funnel.references', target: String(items.length) })
      })
      return { items }
    },
  )
}
