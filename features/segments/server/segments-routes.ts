import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { cleanText } from '../../../kernel/text.ts'
import { formatDay, localDay } from '../../../kernel/time.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import {
  NewSegment,
  Segment,
  SegmentChange,
  SegmentChoices,
  SegmentList,
  SegmentListQuery,
  SegmentPersons,
  SegmentPersonsQuery,
  SegmentSize,
  SizeQuestion,
} from '../contract.ts'
import { listSegments } from './list-segments.ts'
import {
  findAllPersons,
  listChoices,
  listSegmentPersons,
  measureSegment,
  writePersons,
} from './measure-segment.ts'
import { getDefinition } from './parse-definition.ts'
import {
  addSegment,
  changeSegment,
  copySegment,
  getSegment,
  removeSegment,
  type SegmentFields,
} from './segment-store.ts'

const tags = ['segments']
const Shop = Type.Object({ shop: Type.Integer() })
const One = Type.Object({
  shop: Type.Integer(),
  segment: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

export function addSegmentRoutes(app: App, deps: Deps): void {
  addReading(app, deps)
  addWriting(app, deps)
  addPersons(app, deps)
}

function addReading(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/segments',
    { schema: { tags, params: Shop, querystring: SegmentListQuery, response: { 200: SegmentList } } },
    async (request) => listSegments(deps.db, getShop(request).id, request.query),
  )
  app.get(
    '/api/shops/:shop/segments/:segment',
    { schema: { tags, params: One, response: { 200: Segment } } },
    async (request) => getSegment(deps.db, getShop(request).id, request.params.segment),
  )
  app.get(
    '/api/shops/:shop/segment-choices',
    { schema: { tags, params: Shop, response: { 200: SegmentChoices } } },
    async (request) => listChoices(deps, getShop(request).id),
  )
  app.post(
    '/api/shops/:shop/segments/size',
    { schema: { tags, params: Shop, body: SizeQuestion, response: { 200: SegmentSize } } },
    async (request, reply) => {
      const asked = { ...request.body, definition: getDefinition(request.body.definition) }
      return measureSegment(deps, getShop(request), asked, whileAsked(reply))
    },
  )
}

function addWriting(app: App, { db }: Deps): void {
  app.post(
    '/api/shops/:shop/segments',
    { schema: { tags, params: Shop, body: NewSegment, response: { 201: Segment } } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      const fields = readFields(request.body)
      const made = await db.transaction(async (tx) => {
        const segment = await addSegment(tx, { ...fields, shop, createdBy: actor.name })
        await recordAudit(tx, { shop, actor, action: 'segment.made', target: segment.name })
        return segment
      })
      return reply.code(201).send(made)
    },
  )
  app.put(
    '/api/shops/:shop/segments/:segment',
    { schema: { tags, params: One, body: SegmentChange, response: { 200: Segment } } },
    async (request) => {
      const { id: shop } = getShop(request)
      const change = { ...readFields(request.body), baseVersion: request.body.baseVersion }
      return db.transaction(async (tx) => {
        const segment = await changeSegment(tx, shop, request.params.segment, change)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'segment.changed', target: segment.name })
        return segment
      })
    },
  )
  app.delete(
    '/api/shops/:shop/segments/:segment',
    { schema: { tags, params: One, response: { 200: Segment } } },
    async (request) => {
      const { id: shop } = getShop(request)
      return db.transaction(async (tx) => {
        const segment = await removeSegment(tx, shop, request.params.segment)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'segment.removed', target: segment.name })
        return segment
      })
    },
  )
  app.post(
    '/api/shops/:shop/segments/:segment/copy',
    { schema: { tags, params: One, response: { 201: Segment } } },
    async (request, reply) => {
      const { id: shop } = getShop(request)
      const actor = getPrincipal(request)
      const made = await db.transaction(async (tx) => {
        const segment = await copySegment(tx, shop, request.params.segment, actor.name)
        await recordAudit(tx, { shop, actor, action: 'segment.made', target: segment.name })
        return segment
      })
      return reply.code(201).send(made)
    },
  )
}

function addPersons(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/segments/:segment/persons',
    { schema: { tags, params: One, querystring: SegmentPersonsQuery, response: { 200: SegmentPersons } } },
    async (request, reply) => {
      const shop = getShop(request)
      await getSegment(deps.db, shop.id, request.params.segment)
      return listSegmentPersons(deps, shop, request.params.segment, request.query, whileAsked(reply))
    },
  )
  app.get(
    '/api/shops/:shop/segments/:segment/persons.csv',
    { schema: { tags, params: One } },
    async (request, reply) => {
      const shop = getShop(request)
      const { id, name } = await getSegment(deps.db, shop.id, request.params.segment)
      const rows = await findAllPersons(deps, shop, id, whileAsked(reply))
      // Whoever takes the list of customers along leaves a line behind.
      const detail = { persons: rows.length }
      await recordAudit(deps.db, {
        shop: shop.id,
        actor: getPrincipal(request),
        action: 'segment.exported',
        target: name,
        detail,
      })
      const today = formatDay(localDay(deps.now(), shop.timeZone))
      reply.type('text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="segment-${id}-${today}.csv"`)
      return Readable.from(writePersons(deps, shop.id, rows))
    },
  )
}

function readFields(given: NewSegment): SegmentFields {
  const name = cleanText(given.name).trim()
  if (name === '')
    throw new AppError('validation_failed', 'Give the segment a name.', {
      details: [{ instancePath: '/name', keyword: 'required' }],
    })
  return { name, note: cleanText(given.note ?? '').trim(), definition: getDefinition(given.definition) }
}

/** Ends when the asker goes before the answer is out: nobody waits for what nobody reads. */
function whileAsked(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return gone.signal
}
