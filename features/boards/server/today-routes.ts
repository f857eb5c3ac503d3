import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { formatDay, localDay } from '../../../kernel/time.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { CallList, CallQuestion, TodayFacts } from '../contract.ts'
import { writeCallsCsv } from './calls-csv.ts'
import { findCalls } from './find-calls.ts'
import { listCalls } from './list-calls.ts'
import { addTicks, removeTicks } from './tick-store.ts'
import { readTodayFacts } from './today-facts.ts'

const tags = ['today']
const Shop = Type.Object({ shop: Type.Integer() })
const OnePerson = Type.Object({ shop: Type.Integer(), person: Type.String({ format: 'uuid' }) })

/** The shop's first page: how yesterday was, and whom to call. */
export function addTodayRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/today',
    { schema: { tags, params: Shop, response: { 200: TodayFacts } } },
    async (request) => readTodayFacts(deps, getShop(request)),
  )
  app.get(
    '/api/shops/:shop/calls',
    { schema: { tags, params: Shop, querystring: CallQuestion, response: { 200: CallList } } },
    async (request) => listCalls(deps, getShop(request), request.query),
  )
  app.get('/api/shops/:shop/calls.csv', { schema: { tags, params: Shop } }, async (request, reply) => {
    const shop = getShop(request)
    const day = formatDay(localDay(deps.now(), shop.timeZone))
    reply.type('text/csv; charset=utf-8')
    reply.header('content-disposition', `attachment; filename="calls-${day}.csv"`)
    return writeCallsCsv(deps, shop)
  })
  addTicking(app, deps)
}

function addTicking(app: App, deps: Deps): void {
  const schema = { tags, params: OnePerson, response: { 204: Type.Null() } }
  app.put('/api/shops/:shop/calls/:person', { schema }, async (request, reply) => {
    const { id: shop, ...rest } = getShop(request)
    const { calls } = await findCalls(deps, { id: shop, ...rest })
    const found = calls.find(({ person }) => person.id === request.params.person)
    if (!found)
      throw new AppError('not_found', 'There is no reason to call this customer any more. Look again.')
    const tick = { by: getPrincipal(request).name, at: new Date(deps.now()) }
    await deps.db.transaction((tx) => addTicks(tx, shop, found.troubles, tick))
    return reply.code(204).send(null)
  })
  app.delete('/api/shops/:shop/calls/:person', { schema }, async (request, reply) => {
    const shop = getShop(request)
    const { calls } = await findCalls(deps, shop)
    const found = calls.find(({ person }) => person.id === request.params.person)
    if (found) await deps.db.transaction((tx) => removeTicks(tx, shop.id, found.troubles))
    return reply.code(204).send(null)
  })
}
