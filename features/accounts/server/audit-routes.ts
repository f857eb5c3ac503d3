import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { AuditChoices, AuditPage, AuditQuery } from '../contract.ts'
import { listAudit, listAuditChoices } from './audit-query.ts'

const tags = ['audit']

export function addAuditRoutes(app: App, { db }: Deps): void {
  app.get(
    '/api/shops/:shop/audit',
    { schema: { tags, querystring: AuditQuery, response: { 200: AuditPage } } },
    async (request) => listAudit(db, getShop(request).id, request.query),
  )

  app.get(
    '/api/shops/:shop/audit/choices',
    { schema: { tags, response: { 200: AuditChoices } } },
    async (request) => listAuditChoices(db, getShop(request).id),
  )
}
