import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { formatDay, localDay } from '../../../kernel/time.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
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
    // Whoever takes names and telephones along leaves a line behind.
    await recordAudit(deps.db, {
      shop: shop.id,
      actor: getPrincipal(request),
      action: 'calls.exported',
      target: '',
    })
    reply.type('text/csv; charset=utf-8')
    reply.header('content-disposition', `attachment; filename="calls-${day}.csv"`)
    return writeCallsCsv(deps, shop)
  })
  addTicking(app, deps)
}

/** As the room of people writes of somebody in the log: no name that would stay there after they are erased. */
const shortId = (person: string) => `#${person.slice(0, 8)}`

function addTicking(app: App, deps: Deps): void {
  const schema = { tags, params: OnePerson, response: { 204: Type.Null() } }
  app.put('/api/shops/:shop/calls/:person', { schema }, async (request, reply) => {
    const { id: shop, ...rest } = getShop(request)
    const { calls } = await findCalls(deps, { id: shop, ...rest })
    const found = calls.find(({ person }) => person.id === request.params.person)
    if (!found)
      throw new AppError('not_found', 'There is no reason to call this customer any more. Look again.')
    const actor = getPrincipal(request)
    const tick = { by: actor.name, at: new Date(deps.now()) }
    await deps.db.transaction(async (tx) => {
      await addTicks(tx, shop, found.troubles, tick)
      await recordAudit(tx, { shop, actor, action: 'calls.noted', target: shortId(found.person.id) })
    })
    return reply.code(204).send(null)
  })
  app.delete('/api/shops/:shop/calls/:person', { schema }, async (request, reply) => {
    const shop = getShop(request)
    const actor = getPrincipal(request)
    const { calls } = await findCalls(deps, shop)
    const found = calls.find(({ person }) => person.id === request.params.person)
    if (found)
      await deps.db.transaction(async (tx) => {
        await removeTicks(tx, shop.id, found.troubles)
        const target = shortId(found.person.id)
        await recordAudit(tx, { shop: shop.id, actor, action: 'calls.taken_back', target })
      })
    return reply.code(204).send(null)
  })
}
