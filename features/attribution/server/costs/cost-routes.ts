import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { AppError } from '../../../../kernel/errors.ts'
import { getPrincipal, getShop } from '../../../../platform/http/access.ts'
import type { App, Deps } from '../../../../platform/room.ts'
import { recordAudit } from '../../../accounts/server/actions.ts'
import {
  CostImport,
  CostImportQuestion,
  CostList,
  CostListQuestion,
  CostRemoval,
  CostsRemoved,
} from '../../contract.ts'
import { listCosts, removeCosts } from './cost-store.ts'
import { findChannel } from './cost-ways.ts'
import { importCosts } from './import-costs.ts'

const tags = ['attribution']
const params = Type.Object({ shop: Type.Integer() })
const PATH = '/api/shops/:shop/ad-costs'

/** What ads cost: a list of campaigns, taking a period away, and tables that bring more. */
export function addCostRoutes(app: App, deps: Deps): void {
  const { db } = deps
  app.get(
    PATH,
    { schema: { tags, params, querystring: CostListQuestion, response: { 200: CostList } } },
    async (request) => {
      const { items, nextCursor } = await listCosts(db, getShop(request).id, request.query)
      return { items: items.map((one) => ({ ...one, channel: findChannel(one) })), nextCursor }
    },
  )
  app.delete(
    PATH,
    { schema: { tags, params, querystring: CostRemoval, response: { 200: CostsRemoved } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const { from, to } = request.query
      return db.transaction(async (tx) => {
        const removed = await removeCosts(tx, shop, { from, to })
        const actor = getPrincipal(request)
        const detail = { ...removed, from, to }
        await recordAudit(tx, { shop, actor, action: 'ad_costs.removed', target: `${from} – ${to}`, detail })
        return removed
      })
    },
  )
  addUpload(app, deps)
}

/** The file is the body itself, read as it comes. */
function addUpload(app: App, { db, now }: Deps): void {
  app.register(async (scope: App) => {
    scope.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body))
    scope.post(
      PATH,
      { schema: { tags, params, querystring: CostImportQuestion, response: { 200: CostImport } } },
      async (request) => {
        const body = request.body as unknown as Readable | undefined
        if (typeof body?.pipe !== 'function')
          throw new AppError(
            'unsupported',
            'Send the file as the body, with Content-Type application/octet-stream.',
          )
        const into = { shop: getShop(request), now: now(), actor: getPrincipal(request) }
        return importCosts(db, body, request.query, into)
      },
    )
  })
}
