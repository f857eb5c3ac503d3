import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { cleanText } from '../../../kernel/text.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import {
  NewSavedReport,
  SavedReport,
  SavedReportChange,
  SavedReportList,
  SavedReportQuery,
} from '../saved-contract.ts'
import {
  addSavedReport,
  changeSavedReport,
  deleteSavedReport,
  getSavedReport,
  listSavedReports,
} from './saved-report-store.ts'

const tags = ['reports']
const Shop = Type.Object({ shop: Type.Integer() })
const One = Type.Object({
  shop: Type.Integer(),
  report: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

/** Questions to reports that the shop keeps under a name. */
export function addSavedReportRoutes(app: App, deps: Deps): void {
  addReading(app, deps)
  addWriting(app, deps)
}

function addReading(app: App, { db }: Deps): void {
  app.get(
    '/api/shops/:shop/reports',
    { schema: { tags, params: Shop, querystring: SavedReportQuery, response: { 200: SavedReportList } } },
    async (request) => listSavedReports(db, getShop(request).id, request.query),
  )
  app.get(
    '/api/shops/:shop/reports/:report',
    { schema: { tags, params: One, response: { 200: SavedReport } } },
    async (request) => getSavedReport(db, getShop(request).id, request.params.report),
  )
}

function addWriting(app: App, { db }: Deps): void {
  app.post(
    '/api/shops/:shop/reports',
    { schema: { tags, params: Shop, body: NewSavedReport, response: { 201: SavedReport } } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      const fields = { ...request.body, name: readName(request.body.name), shop, createdBy: actor.name }
      const made = await db.transaction(async (tx) => {
        const report = await addSavedReport(tx, fields)
        await recordAudit(tx, { shop, actor, action: 'report.saved', target: report.name })
        return report
      })
      return reply.code(201).send(made)
    },
  )
  app.patch(
    '/api/shops/:shop/reports/:report',
    { schema: { tags, params: One, body: SavedReportChange, response: { 200: SavedReport } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const { name, search } = request.body
      const change = {
        ...(name !== undefined && { name: readName(name) }),
        ...(search !== undefined && { search }),
      }
      return db.transaction(async (tx) => {
        const report = await changeSavedReport(tx, shop, request.params.report, change)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'report.changed', target: report.name })
        return report
      })
    },
  )
  app.delete(
    '/api/shops/:shop/reports/:report',
    { schema: { tags, params: One, response: { 200: SavedReport } } },
    async (request) => {
      const { id: shop } = getShop(request)
      return db.transaction(async (tx) => {
        const report = await deleteSavedReport(tx, shop, request.params.report)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'report.deleted', target: report.name })
        return report
      })
    },
  )
}

function readName(given: string): string {
  const name = cleanText(given).trim()
  if (name !== '') return name
  throw new AppError('validation_failed', 'Give the report a name.', {
    details: [{ instancePath: '/name', keyword: 'required' }],
  })
}
