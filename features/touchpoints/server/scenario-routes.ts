import { Type } from 'typebox'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import { RowId } from '../../../platform/http/row-id.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { Scenario, ScenarioChange, ScenarioContent, ScenarioList } from '../contract.ts'
import { readPublished } from './registry-store.ts'
import { addScenario, changeScenario, listScenarios, refuseStrangers } from './scenario-store.ts'

const tags = ['scenarios']
const ofScenario = Type.Object({ shop: Type.Integer(), scenario: Type.String({ format: 'uuid' }) })

/** The path that the shop intends for each kind of buyer. */
export function addScenarioRoutes(app: App, { db }: Deps): void {
  app.get(
    '/api/shops/:shop/scenarios',
    { schema: { tags, response: { 200: ScenarioList } } },
    async (request) => ({ items: await listScenarios(db, getShop(request).id) }),
  )
  app.post(
    '/api/shops/:shop/scenarios',
    { schema: { tags, body: ScenarioContent, response: { 200: Scenario } } },
    async (request) => {
      const shop = getShop(request).id
      const actor = getPrincipal(request)
      refuseStrangers(request.body, (await readPublished(db, shop)).registry)
      return db.transaction(async (tx) => {
        const made = await addScenario(tx, shop, request.body, actor.name)
        await recordAudit(tx, { shop, actor, action: 'scenario.added', target: made.name })
        return made
      })
    },
  )
  app.put(
    '/api/shops/:shop/scenarios/:scenario',
    { schema: { tags, params: ofScenario, body: ScenarioChange, response: { 200: Scenario } } },
    async (request) => {
      const shop = getShop(request).id
      const actor = getPrincipal(request)
      const { version, ...content } = request.body
      refuseStrangers(content, (await readPublished(db, shop)).registry)
      return db.transaction(async (tx) => {
        const at = { shop, id: request.params.scenario, version }
        const changed = await changeScenario(tx, at, content, actor.name)
        await recordAudit(tx, { shop, actor, action: 'scenario.changed', target: changed.name })
        return changed
      })
    },
  )
  app.delete(
    '/api/shops/:shop/scenarios/:scenario',
    {
      schema: {
        tags,
        params: ofScenario,
        querystring: Type.Object({ version: RowId }),
        response: { 200: Scenario },
      },
    },
    async (request) => {
      const shop = getShop(request).id
      const actor = getPrincipal(request)
      return db.transaction(async (tx) => {
        const at = { shop, id: request.params.scenario, version: request.query.version }
        const removed = await changeScenario(tx, at, 'remove', actor.name)
        await recordAudit(tx, { shop, actor, action: 'scenario.removed', target: removed.name })
        return removed
      })
    },
  )
}
