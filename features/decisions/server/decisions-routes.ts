import { Type } from 'typebox'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import { Decision, DecisionChange, DecisionList, DecisionListQuery, NewDecision } from '../contract.ts'
import { checkChange, checkNewDecision } from './check-decision.ts'
import { addDecision, changeDecision, listDecisionPage, setRemoved } from './decision-store.ts'

const tags = ['decisions']
const MAX_ID = Number.MAX_SAFE_INTEGER
const params = Type.Object({ shop: Type.Integer(), decision: Type.Integer({ minimum: 1, maximum: MAX_ID }) })
const one = { 200: Decision }

/** What the shop changed on the path of its customers. */
export function addDecisionRoutes(app: App, deps: Deps): void {
  const { db } = deps

  app.get(
    '/api/shops/:shop/decisions',
    { schema: { tags, querystring: DecisionListQuery, response: { 200: DecisionList } } },
    async (request) => listDecisionPage(db, getShop(request).id, request.query),
  )

  app.post(
    '/api/shops/:shop/decisions',
    { schema: { tags, body: NewDecision, response: { 201: Decision } } },
    async (request, reply) => {
      const { id: shop, currency } = getShop(request)
      const actor = getPrincipal(request)
      const { registry } = await getRegistry(deps, shop)
      const fields = checkNewDecision(request.body, { currency, registry })
      const made = await db.transaction(async (tx) => {
        const decision = await addDecision(tx, { ...fields, shop, createdBy: actor.name })
        await recordAudit(tx, { shop, actor, action: 'decision.made', target: decision.title })
        return decision
      })
      return reply.code(201).send(made)
    },
  )

  app.patch(
    '/api/shops/:shop/decisions/:decision',
    { schema: { tags, params, body: DecisionChange, response: one } },
    async (request) => {
      const { id: shop, currency } = getShop(request)
      const { registry } = await getRegistry(deps, shop)
      const change = checkChange(request.body, { currency, registry })
      return db.transaction(async (tx) => {
        const decision = await changeDecision(tx, shop, request.params.decision, change)
        const actor = getPrincipal(request)
        const detail = { changed: Object.keys(change) }
        await recordAudit(tx, { shop, actor, action: 'decision.changed', target: decision.title, detail })
        return decision
      })
    },
  )

  addRemovalRoutes(app, deps)
}

function addRemovalRoutes(app: App, { db }: Deps): void {
  app.delete(
    '/api/shops/:shop/decisions/:decision',
    { schema: { tags, params, response: one } },
    async (request) => {
      const { id: shop } = getShop(request)
      return db.transaction(async (tx) => {
        const decision = await setRemoved(tx, shop, request.params.decision, true)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'decision.removed', target: decision.title })
        return decision
      })
    },
  )

  app.post(
    '/api/shops/:shop/decisions/:decision/restore',
    { schema: { tags, params, response: one } },
    async (request) => {
      const { id: shop } = getShop(request)
      return db.transaction(async (tx) => {
        const decision = await setRemoved(tx, shop, request.params.decision, false)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'decision.restored', target: decision.title })
        return decision
      })
    },
  )
}
