import { Readable } from 'node:stream'
import { and, eq, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { getShop, type ShopContext } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import {
  OrderChoices,
  OrderDetail,
  OrderFilter,
  OrderList,
  OrderListQuery,
  OrderSummary,
} from '../contract.ts'
import { exportOrders } from './export-orders.ts'
import { choicesQuery, type ListPosition, listQuery } from './order-query.ts'
import { dayText, type ListRow, toDetail, toListItem } from './order-result.ts'
import { orders } from './order-table.ts'
import type { PeopleLookup } from './people-lookup.ts'
import { resolveFilter } from './resolve-filter.ts'
import { summariseOrders } from './summarise-orders.ts'

const Shop = Type.Object({ shop: Type.Integer() })
const OneOrder = Type.Object({
  shop: Type.Integer(),
  order: Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' }),
})
const Position = Type.Object({ at: Type.String({ format: 'date-time' }), id: Type.String() })
const DEFAULT_LIMIT = 50

export function addOrderRoutes(app: App, deps: Deps, people: PeopleLookup): void {
  const tags = ['orders']

  app.get(
    '/api/shops/:shop/orders',
    { schema: { tags, params: Shop, querystring: OrderListQuery, response: { 200: OrderList } } },
    async (request) => {
      const { cursor, limit = DEFAULT_LIMIT, ...filter } = request.query
      return listOrders(deps, people, getShop(request), filter, readPosition(cursor), limit)
    },
  )

  app.get(
    '/api/shops/:shop/orders.csv',
    { schema: { tags, params: Shop, querystring: OrderFilter } },
    async (request, reply) => {
      const shop = getShop(request)
      const filter = await resolveFilter(deps, people, shop, request.query)
      reply.type('text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="orders-${filter.today}.csv"`)
      return Readable.from(exportOrders(deps, people, filter))
    },
  )

  app.get(
    '/api/shops/:shop/order-summary',
    { schema: { tags, params: Shop, querystring: OrderFilter, response: { 200: OrderSummary } } },
    async (request) => {
      const shop = getShop(request)
      return summariseOrders(deps, people, shop, await resolveFilter(deps, people, shop, request.query))
    },
  )

  app.get(
    '/api/shops/:shop/order-choices',
    { schema: { tags, params: Shop, response: { 200: OrderChoices } } },
    (request) => listChoices(deps, getShop(request).id),
  )

  app.get(
    '/api/shops/:shop/orders/:order',
    { schema: { tags, params: OneOrder, response: { 200: OrderDetail } } },
    async (request) => getOrder(deps, people, getShop(request), request.params.order),
  )
}

function readPosition(cursor: string | undefined): ListPosition | undefined {
  if (cursor === undefined) return undefined
  const position = decodeCursor(cursor, Position)
  if (!position)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  return position
}

async function listOrders(
  deps: Deps,
  people: PeopleLookup,
  shop: ShopContext,
  asked: OrderFilter,
  after: ListPosition | undefined,
  limit: number,
): Promise<OrderList> {
  const filter = await resolveFilter(deps, people, shop, asked)
  const { rows } = await deps.db.execute<ListRow>(listQuery(filter, after, limit + 1))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const identities = shown.flatMap(({ identity }) => identity ?? [])
  const persons = await people.findPersons(deps.db, shop.id, identities)
  const hasMore = rows.length > limit && last !== undefined
  return {
    items: shown.map((row) => toListItem(row, persons)),
    nextCursor: hasMore ? encodeCursor({ at: new Date(last.ordered_at).toISOString(), id: last.id }) : null,
  }
}

async function getOrder(
  deps: Deps,
  people: PeopleLookup,
  shop: ShopContext,
  id: string,
): Promise<OrderDetail> {
  const [row] = await deps.db
    .select()
    .from(orders)
    .where(and(eq(orders.shop, shop.id), eq(orders.id, id)))
  const persons = row?.identity ? await people.findPersons(deps.db, shop.id, [row.identity]) : new Map()
  return orNotFound(row && toDetail(row, persons, dayText(deps.now(), shop.timeZone)), 'The order')
}

async function listChoices({ db }: Deps, shop: number): Promise<OrderChoices> {
  const [regions, methods, days] = await Promise.all([
    db.execute<{ value: string; orders: number }>(choicesQuery(shop, 'region')),
    db.execute<{ value: string; orders: number }>(choicesQuery(shop, 'payment_method')),
    db.execute<{ first: string | null; last: string | null }>(
      sql`SELECT min(ordered_on) AS first, max(ordered_on) AS last FROM orders WHERE shop = ${shop} AND state IS NOT NULL`,
    ),
  ])
  return {
    regions: regions.rows,
    methods: methods.rows,
    first: days.rows[0]?.first ?? null,
    last: days.rows[0]?.last ?? null,
  }
}
