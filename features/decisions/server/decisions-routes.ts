import { Type } from 'typebox'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { listMembers } from '../../accounts/server/reads.ts'
import { listSegmentNames } from '../../segments/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import {
  Decision,
  DecisionChange,
  DecisionList,
  DecisionListQuery,
  NewDecision,
  Verdict,
} from '../contract.ts'
import { answerVerdict } from './answer-verdict.ts'
import { checkChange, checkNewDecision } from './check-decision.ts'
import {
  addDecision,
  changeDecision,
  getDecision,
  listDecisionPage,
  type StoredDecision,
  setRemoved,
} from './decision-store.ts'
import { nameOwners } from './name-owners.ts'

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
    async (request) => {
      const { id: shop } = getShop(request)
      const { items, nextCursor } = await listDecisionPage(db, shop, request.query)
      return { items: await nameOwners(db, shop, items), nextCursor }
    },
  )

  app.post(
    '/api/shops/:shop/decisions',
    { schema: { tags, body: NewDecision, response: { 201: Decision } } },
    async (request, reply) => {
      const { id: shop, currency } = getShop(request)
      const actor = getPrincipal(request)
      const fields = checkNewDecision(request.body, { currency, ...(await readChoices(deps, shop)) })
      const made = await db.transaction(async (tx) => {
        const decision = await addDecision(tx, { ...fields, shop, createdBy: actor.name })
        await recordAudit(tx, { shop, actor, action: 'decision.made', target: decision.title })
        return decision
      })
      return reply.code(201).send(await named(deps, shop, made))
    },
  )

  app.patch(
    '/api/shops/:shop/decisions/:decision',
    { schema: { tags, params, body: DecisionChange, response: one } },
    async (request) => {
      const { id: shop, currency } = getShop(request)
      const { decision: id } = request.params
      const [choices, before] = await Promise.all([readChoices(deps, shop), getDecision(db, shop, id)])
      const change = checkChange(request.body, { currency, ...choices }, before)
      const changed = await db.transaction(async (tx) => {
        const decision = await changeDecision(tx, shop, id, change)
        const actor = getPrincipal(request)
        const detail = { changed: Object.keys(change) }
        await recordAudit(tx, { shop, actor, action: 'decision.changed', target: decision.title, detail })
        return decision
      })
      return named(deps, shop, changed)
    },
  )

  app.get(
    '/api/shops/:shop/decisions/:decision/verdict',
    { schema: { tags, params, response: { 200: Verdict } } },
    async (request) => {
      const shop = getShop(request)
      return answerVerdict(deps, shop, await getDecision(db, shop.id, request.params.decision))
    },
  )

  addRemovalRoutes(app, deps)
}

/** What a decision may refer to. */
async function readChoices(deps: Deps, shop: number) {
  const [{ registry }, members, segments] = await Promise.all([
    getRegistry(deps, shop),
    listMembers(deps.db, shop),
    listSegmentNames(deps.db, shop),
  ])
  return { registry, members, segments }
}

async function named({ db }: Deps, shop: number, decision: StoredDecision): Promise<Decision> {
  const [one] = await nameOwners(db, shop, [decision])
  return one as Decision
}

function addRemovalRoutes(app: App, deps: Deps): void {
  const { db } = deps
  app.delete(
    '/api/shops/:shop/decisions/:decision',
    { schema: { tags, params, response: one } },
    async (request) => {
      const { id: shop } = getShop(request)
      const removed = await db.transaction(async (tx) => {
        const decision = await setRemoved(tx, shop, request.params.decision, true)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'decision.removed', target: decision.title })
        return decision
      })
      return named(deps, shop, removed)
    },
  )

  app.post(
    '/api/shops/:shop/decisions/:decision/restore',
    { schema: { tags, params, response: one } },
    async (request) => {
      const { id: shop } = getShop(request)
      const restored = await db.transaction(async (tx) => {
        const decision = await setRemoved(tx, shop, request.params.decision, false)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'decision.restored', target: decision.title })
        return decision
      })
      return named(deps, shop, restored)
    },
  )
}
