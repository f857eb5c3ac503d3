import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import {
  ArrivalCounts,
  ArrivalList,
  ArrivalQuery,
  EventDetail,
  RefusalList,
  RefusalQuery,
} from '../debugger-contract.ts'
import { streamArrivals } from './debugger-live.ts'
import {
  type ArrivalPosition,
  arrivalsQuery,
  countsQuery,
  eventQuery,
  type RefusalPosition,
  reasonsQuery,
  refusalsQuery,
} from './debugger-query.ts'
import {
  type ArrivalRow,
  type EventRowFound,
  type RefusalRow,
  toArrival,
  toEventDetail,
  toRefusal,
} from './debugger-result.ts'

const Shop = Type.Object({ shop: Type.Integer() })
const OneEvent = Type.Object({ shop: Type.Integer(), hash: Type.String({ pattern: '^[0-9a-f-]{36}$' }) })
const ArrivalCursor = Type.Object({ at: Type.Integer(), hash: Type.String({ pattern: '^[0-9a-f-]{36}$' }) })
const RefusalCursor = Type.Object({ at: Type.Integer(), shown: Type.Integer({ minimum: 0 }) })
const DEFAULT_LIMIT = 50
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** The last minutes are asked first: a busy shop fills a page from them, and only a quiet one needs to look further back. */
const WINDOWS = [10 * MINUTE_MS, 6 * HOUR_MS, 7 * DAY_MS, 10_000 * DAY_MS]
const EXPORTED = 100_000
const EXPORT_PAGE = 2_000

/** What arrives: accepted and refused, as lists and as a live stream. */
export function addDebuggerRoutes(app: App, deps: Deps): void {
  const tags = ['ingest']

  app.get(
    '/api/shops/:shop/ingest/recent',
    { schema: { tags, params: Shop, querystring: ArrivalQuery, response: { 200: ArrivalList } } },
    (request) => listArrivals(deps, getShop(request).id, request.query),
  )

  app.get(
    '/api/shops/:shop/ingest/events/:hash',
    { schema: { tags, params: OneEvent, response: { 200: EventDetail } } },
    async (request) => {
      const { sql, params } = eventQuery(getShop(request).id, request.params.hash)
      const [row] = await deps.clickhouse.query<EventRowFound>(sql, { params })
      return toEventDetail(orNotFound(row, 'The event'))
    },
  )

  app.get(
    '/api/shops/:shop/ingest/rejects',
    { schema: { tags, params: Shop, querystring: RefusalQuery, response: { 200: RefusalList } } },
    (request) => listRefusals(deps, getShop(request).id, request.query),
  )

  app.get(
    '/api/shops/:shop/ingest/rejects.ndjson',
    { schema: { tags, params: Shop, querystring: Type.Pick(RefusalQuery, ['reason']) } },
    async (request, reply) => {
      reply.type('application/x-ndjson')
      reply.header('content-disposition', 'attachment; filename="rejects.ndjson"')
      return Readable.from(exportRefusals(deps, getShop(request).id, request.query))
    },
  )

  app.get(
    '/api/shops/:shop/ingest/counts',
    {
      schema: {
        tags,
        params: Shop,
        querystring: Type.Object({ hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_160 })) }),
        response: { 200: ArrivalCounts },
      },
    },
    (request) => countArrivals(deps, getShop(request).id, deps.now() - (request.query.hours ?? 48) * HOUR_MS),
  )

  app.get('/api/shops/:shop/ingest/live', { schema: { tags, params: Shop } }, async (request, reply) =>
    streamArrivals(deps, getShop(request).id, request, reply),
  )
}

async function listArrivals(deps: Deps, shop: number, query: ArrivalQuery) {
  const limit = query.limit ?? DEFAULT_LIMIT
  const after = readCursor(query.cursor, ArrivalCursor) as ArrivalPosition | undefined
  let rows: ArrivalRow[] = []
  for (const window of WINDOWS) {
    const since = Math.max(0, Math.min(deps.now(), after?.at ?? Number.POSITIVE_INFINITY) - window)
    const { sql, params } = arrivalsQuery(shop, query, since, after, limit + 1)
    rows = await deps.clickhouse.query<ArrivalRow>(sql, { params })
    if (rows.length > limit) break
  }
  const items = rows.slice(0, limit).map(toArrival)
  const last = rows[limit - 1]
  const nextCursor =
    rows.length > limit && last ? encodeCursor({ at: last.received, hash: last.message_hash }) : null
  return { items, nextCursor }
}

async function listRefusals(deps: Deps, shop: number, query: RefusalQuery) {
  const limit = query.limit ?? DEFAULT_LIMIT
  const after = readCursor(query.cursor, RefusalCursor) as RefusalPosition | undefined
  const { sql, params } = refusalsQuery(shop, query, after, limit + 1)
  const rows = await deps.clickhouse.query<RefusalRow>(sql, { params })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last ? encodeCursor(nextPosition(shown, last, after)) : null
  return { items: shown.map(toRefusal), nextCursor }
}

/** The time of the last row shown, and how many rows of exactly that time have been shown. */
function nextPosition(
  shown: RefusalRow[],
  last: RefusalRow,
  after: RefusalPosition | undefined,
): RefusalPosition {
  const here = shown.filter((row) => row.received === last.received).length
  return { at: last.received, shown: here + (after?.at === last.received ? after.shown : 0) }
}

async function* exportRefusals(deps: Deps, shop: number, query: RefusalQuery): AsyncGenerator<string> {
  let cursor: string | null | undefined
  for (let n = 0; n < EXPORTED && cursor !== null; n += EXPORT_PAGE) {
    const page = await listRefusals(deps, shop, { ...query, cursor: cursor ?? undefined, limit: EXPORT_PAGE })
    for (const item of page.items) yield `${JSON.stringify(item)}\n`
    cursor = page.nextCursor
  }
}

async function countArrivals(deps: Deps, shop: number, since: number): Promise<ArrivalCounts> {
  const ask = <T>({ sql, params }: { sql: string; params: Record<string, unknown> }) =>
    deps.clickhouse.query<T>(sql, { params })
  const [hours, reasons] = await Promise.all([
    ask<{ at: number; accepted: number; duplicate: number; rejected: number }>(countsQuery(shop, since)),
    ask<{ reason: string; n: number }>(reasonsQuery(shop, since)),
  ])
  return {
    hours: hours.map(({ at, ...counts }) => ({ hour: new Date(at).toISOString(), ...counts })),
    reasons,
  }
}

function readCursor(cursor: string | undefined, schema: typeof ArrivalCursor | typeof RefusalCursor) {
  if (cursor === undefined) return undefined
  const position = decodeCursor(cursor, schema)
  if (!position)
    throw new AppError('bad_request', 'The cursor is not one of ours; start from the first page.')
  return position
}
