import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import { RowId } from '../../../platform/http/row-id.ts'
import type { App, Deps, Room } from '../../../platform/room.ts'
import {
  AcceptRequest,
  EraseRequest,
  ErasureList,
  MergeAnswer,
  MergePreview,
  MergeRequest,
  PartAnswer,
  SuggestionList,
} from '../contract.ts'
import { finishErasures, listErasures } from './erasing/finish-erasures.ts'
import { requestErasure } from './erasing/request-erasure.ts'
import { getHeldPerson } from './merging/held-person.ts'
import {
  type DecisionContext,
  detachIdentity,
  mergePersons,
  unmergePersons,
} from './merging/merge-persons.ts'
import { previewMerge } from './merging/preview-merge.ts'
import {
  dismissSuggestion,
  getSuggestedPair,
  listSuggestions,
  settleSuggestion,
} from './merging/suggestions.ts'

const tags = ['people']
const Id = Type.String({ format: 'uuid' })
const OneShop = Type.Object({ shop: Type.Integer() })
const OnePerson = Type.Object({ shop: Type.Integer(), person: Id })
const Paged = Type.Object({
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
})
const LIMIT = 20

export interface DecisionRoutesOptions {
  deps: Deps
  rooms: () => readonly Room[]
  /** Runs after a decision that changed links. */
  onLinks: () => void
}

/** What members decide about people: that two are one, that one is two, that one is to be forgotten. */
export function addDecisionRoutes(app: App, options: DecisionRoutesOptions): void {
  addMergeRoutes(app, options)
  addPartRoutes(app, options)
  addSuggestionRoutes(app, options)
  addErasureRoutes(app, options)
}

type AskedRequest = Parameters<typeof getShop>[0]

function contextOf(request: AskedRequest, { deps, rooms }: DecisionRoutesOptions): DecisionContext {
  return { shop: getShop(request).id, actor: getPrincipal(request), rooms: rooms(), now: deps.now() }
}

function addMergeRoutes(app: App, options: DecisionRoutesOptions): void {
  const { deps } = options
  app.get(
    '/api/shops/:shop/people/:person/merge-preview',
    {
      schema: {
        tags,
        params: OnePerson,
        querystring: Type.Object({ from: Id }),
        response: { 200: MergePreview },
      },
    },
    (request) => previewMerge(deps, getShop(request).id, request.query.from, request.params.person),
  )

  app.post(
    '/api/shops/:shop/people/:person/merge',
    { schema: { tags, params: OnePerson, body: MergeRequest, response: { 200: MergeAnswer } } },
    (request) => merge(options, contextOf(request, options), request.body.from, request.params.person),
  )
}

async function merge(
  { deps, onLinks }: DecisionRoutesOptions,
  context: DecisionContext,
  fromId: string,
  intoId: string,
  suggestion?: number,
) {
  const [from, into] = [
    await getHeldPerson(deps, context.shop, fromId),
    await getHeldPerson(deps, context.shop, intoId),
  ]
  const number = await deps.db.transaction(async (tx) => {
    if (suggestion !== undefined) await settleSuggestion(tx, context, suggestion, 'accepted')
    return mergePersons(tx, context, from, into)
  })
  onLinks()
  return { merge: number, person: into.id }
}

function addPartRoutes(app: App, options: DecisionRoutesOptions): void {
  const { deps, onLinks } = options
  app.post(
    '/api/shops/:shop/merges/:merge/undo',
    {
      schema: {
        tags,
        params: Type.Object({ shop: Type.Integer(), merge: RowId }),
        response: { 200: PartAnswer },
      },
    },
    async (request) => {
      const context = contextOf(request, options)
      const { from, into } = await deps.db.transaction((tx) =>
        unmergePersons(tx, context, request.params.merge),
      )
      onLinks()
      return { stayed: into, left: from }
    },
  )

  app.post(
    '/api/shops/:shop/people/:person/identities/:identity/detach',
    {
      schema: {
        tags,
        params: Type.Object({ shop: Type.Integer(), person: Id, identity: Id }),
        response: { 200: PartAnswer },
      },
    },
    async (request) => {
      const context = contextOf(request, options)
      const person = await getHeldPerson(deps, context.shop, request.params.person)
      const parted = await deps.db.transaction((tx) =>
        detachIdentity(tx, context, person, request.params.identity),
      )
      onLinks()
      return parted
    },
  )
}

function addSuggestionRoutes(app: App, options: DecisionRoutesOptions): void {
  const { deps } = options
  const OneSuggestion = Type.Object({ shop: Type.Integer(), suggestion: RowId })
  app.get(
    '/api/shops/:shop/merge-suggestions',
    { schema: { tags, params: OneShop, querystring: Paged, response: { 200: SuggestionList } } },
    (request) => {
      const { cursor, limit = LIMIT } = request.query
      return listSuggestions(
        deps,
        getShop(request).id,
        cursor === undefined ? undefined : Number(cursor),
        limit,
      )
    },
  )

  app.post(
    '/api/shops/:shop/merge-suggestions/:suggestion/accept',
    { schema: { tags, params: OneSuggestion, body: AcceptRequest, response: { 200: MergeAnswer } } },
    async (request) => {
      const context = contextOf(request, options)
      const { suggestion } = request.params
      const pair = await getSuggestedPair(deps.db, context.shop, suggestion)
      const { into } = request.body
      if (!pair.includes(into))
        throw new AppError('conflict', 'These people have changed meanwhile. Look at them again.')
      const from = pair.find((person) => person !== into) as string
      return merge(options, context, from, into, suggestion)
    },
  )

  app.post(
    '/api/shops/:shop/merge-suggestions/:suggestion/dismiss',
    { schema: { tags, params: OneSuggestion, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const context = contextOf(request, options)
      await deps.db.transaction((tx) => dismissSuggestion(tx, context, request.params.suggestion))
      return reply.code(204).send(null)
    },
  )
}

function addErasureRoutes(app: App, { deps, rooms, onLinks }: DecisionRoutesOptions): void {
  app.post(
    '/api/shops/:shop/people/:person/erase',
    {
      schema: {
        tags,
        params: OnePerson,
        body: EraseRequest,
        response: { 202: Type.Object({ erasure: Type.Integer() }) },
      },
    },
    async (request, reply) => {
      const actor = getPrincipal(request)
      const { id: shop } = getShop(request)
      const asked = { shop, id: request.params.person, confirm: request.body.confirm, actor }
      const erasure = await requestErasure(deps, rooms(), asked)
      onLinks()
      // The event store forgets while the member reads on; should that fail, the job goes on with it.
      finishErasures(deps, rooms()).catch((error) =>
        deps.log.warn({ err: error }, 'an erasure is finished later'),
      )
      return reply.code(202).send({ erasure })
    },
  )

  app.get(
    '/api/shops/:shop/erasures',
    { schema: { tags, params: OneShop, querystring: Paged, response: { 200: ErasureList } } },
    (request) => {
      const { cursor, limit = LIMIT } = request.query
      return listErasures(deps, getShop(request).id, cursor === undefined ? undefined : Number(cursor), limit)
    },
  )
}
