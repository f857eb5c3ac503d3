import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps, Room } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { getShopSettings } from '../../accounts/server/reads.ts'
import {
  Path,
  PathQuery,
  PeopleFilter,
  PeopleList,
  PeopleQuery,
  PersonDetail,
  PersonEvents,
  PersonEventsQuery,
} from '../contract.ts'
import { exportPeople } from './list/export-people.ts'
import { listPeople } from './list/list-people.ts'
import { shortId } from './merging/merge-persons.ts'
import { gatherPath } from './path/gather-path.ts'
import { exportPerson } from './person/export-person.ts'
import { getPerson, getPersonId } from './person/get-person.ts'
import { listEvents } from './person/list-events.ts'
import { listIdentities } from './reads.ts'

const tags = ['people']
const OneShop = Type.Object({ shop: Type.Integer() })
const OnePerson = Type.Object({ shop: Type.Integer(), person: Type.String({ format: 'uuid' }) })
const LIST_LIMIT = 50
const EVENTS_LIMIT = 100

/** Finding people and looking at them. */
export function addPeopleRoutes(app: App, deps: Deps, rooms: () => readonly Room[]): void {
  addListRoutes(app, deps)
  addPersonRoutes(app, deps, rooms)
  addExportRoute(app, deps, rooms)
}

function addListRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/people',
    { schema: { tags, params: OneShop, querystring: PeopleQuery, response: { 200: PeopleList } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const { phoneCountry } = await getShopSettings(deps, shop)
      return listPeople(deps, {
        ...request.query,
        shop,
        phoneCountry,
        limit: request.query.limit ?? LIST_LIMIT,
      })
    },
  )

  app.get(
    '/api/shops/:shop/people.csv',
    { schema: { tags, params: OneShop, querystring: PeopleFilter } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const { phoneCountry } = await getShopSettings(deps, shop)
      await recordAudit(deps.db, {
        shop,
        actor: getPrincipal(request),
        action: 'people.exported',
        target: '',
      })
      reply.type('text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="people-${dayOf(deps.now())}.csv"`)
      return Readable.from(exportPeople(deps, { ...request.query, shop, phoneCountry }))
    },
  )
}

function addPersonRoutes(app: App, deps: Deps, rooms: () => readonly Room[]): void {
  app.get(
    '/api/shops/:shop/people/:person',
    { schema: { tags, params: OnePerson, response: { 200: PersonDetail } } },
    (request) => getPerson(deps, getShop(request).id, request.params.person),
  )

  app.get(
    '/api/shops/:shop/people/:person/path',
    { schema: { tags, params: OnePerson, querystring: PathQuery, response: { 200: Path } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const person = await getPersonId(deps, shop, request.params.person)
      const identities = await listIdentities(deps.db, shop, person)
      const { show = [], limit = LIST_LIMIT, channel, cursor } = request.query
      return gatherPath(deps, rooms(), { shop, person, identities, show, channel, cursor, limit })
    },
  )

  app.get(
    '/api/shops/:shop/people/:person/events',
    { schema: { tags, params: OnePerson, querystring: PersonEventsQuery, response: { 200: PersonEvents } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const person = await getPersonId(deps, shop, request.params.person)
      const identities = await listIdentities(deps.db, shop, person)
      const { from, to, name, cursor, limit = EVENTS_LIMIT } = request.query
      return listEvents(
        deps,
        { shop, identities, from: Date.parse(from), to: Date.parse(to), name, limit },
        cursor,
      )
    },
  )
}

function addExportRoute(app: App, deps: Deps, rooms: () => readonly Room[]): void {
  app.get(
    '/api/shops/:shop/people/:person/export',
    { schema: { tags, params: OnePerson } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const person = await getPersonId(deps, shop, request.params.person)
      const actor = getPrincipal(request)
      await recordAudit(deps.db, { shop, actor, action: 'person.exported', target: shortId(person) })
      reply.type('application/json; charset=utf-8')
      reply.header(
        'content-disposition',
        `attachment; filename="person-${person.slice(0, 8)}-${dayOf(deps.now())}.json"`,
      )
      return Readable.from(exportPerson(deps, rooms(), shop, person))
    },
  )
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
