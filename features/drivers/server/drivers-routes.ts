import { Type } from 'typebox'
import { formatDay, localDay } from '../../../kernel/time.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import {
  DriverPersons,
  DriverPersonsFile,
  DriverPersonsQuestion,
  DriversAnswer,
  DriversQuestion,
  DriversSettings,
} from '../contract.ts'
import { answerDrivers } from './answer-drivers.ts'
import { checkSettings, readSettings, writeSettings } from './drivers-settings-store.ts'
import { listPersons, writePersonsCsv } from './list-persons.ts'

const tags = ['drivers']
const params = Type.Object({ shop: Type.Integer() })

export function addDriversRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/drivers',
    { schema: { tags, params, querystring: DriversQuestion, response: { 200: DriversAnswer } } },
    async (request) => answerDrivers(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/drivers/persons',
    { schema: { tags, params, querystring: DriverPersonsQuestion, response: { 200: DriverPersons } } },
    async (request) => listPersons(deps, getShop(request), request.query),
  )
  app.get(
    '/api/shops/:shop/drivers/persons.csv',
    { schema: { tags, params, querystring: DriverPersonsFile } },
    async (request, reply) => {
      const shop = getShop(request)
      const { csv, persons } = await writePersonsCsv(deps, shop, request.query)
      // Whoever takes the list of customers along leaves a line behind.
      await recordAudit(deps.db, {
        ...{ shop: shop.id, actor: getPrincipal(request), action: 'drivers.exported' },
        ...{ target: request.query.driver, detail: { persons } },
      })
      const day = formatDay(localDay(deps.now(), shop.timeZone))
      reply.type('text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="drivers-people-${day}.csv"`)
      return csv
    },
  )
  app.get(
    '/api/shops/:shop/drivers/settings',
    { schema: { tags, params, response: { 200: DriversSettings } } },
    async (request) => readSettings(deps.db, getShop(request).id),
  )
  app.put(
    '/api/shops/:shop/drivers/settings',
    { schema: { tags, params, body: DriversSettings, response: { 200: DriversSettings } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      const { registry } = await getRegistry(deps, shop)
      checkSettings(
        request.body,
        registry.stages.map(({ key }) => key),
      )
      await deps.db.transaction(async (tx) => {
        await writeSettings(tx, shop, request.body, actor.name, deps.now())
        await recordAudit(tx, { shop, actor, action: 'drivers.changed', target: '' })
      })
      return readSettings(deps.db, shop)
    },
  )
}
