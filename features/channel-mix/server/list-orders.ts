import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { prepareGround, type Query, readReportQuestion, runReport } from '../../reports/server/reads.ts'
import type { MixOrder, MixOrders, MixOrdersQuestion } from '../contract.ts'
import { ERA_BITS, listWays, type MixGroup } from '../vocabulary.ts'
import { planMix } from './answer-mix.ts'
import { type OrderRow, ordersQuery } from './orders-query.ts'

const Cursor = Type.Object({ at: Type.Integer(), order: Type.String({ maxLength: 400 }) })

const IN_GROUP: Record<MixGroup, string> = {
  none: 'mix = 0',
  classic: `mix != 0 AND bitAnd(mix, ${ERA_BITS.modern}) = 0`,
  modern: `mix != 0 AND bitAnd(mix, ${ERA_BITS.classic}) = 0`,
  both: `bitAnd(mix, ${ERA_BITS.modern}) != 0 AND bitAnd(mix, ${ERA_BITS.classic}) != 0`,
}

/** A page of the orders behind a number, the newest first, with whose they are. */
export async function listMixOrders(
  deps: Deps,
  shop: ShopContext,
  asked: MixOrdersQuestion,
): Promise<MixOrders> {
  const { limit = 50, cursor } = asked
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const question = readReportQuestion(asked, shop, deps.now())
  const { ground } = await prepareGround(deps, shop, question)
  const query = pageQuery(ordersQuery(planMix(shop, ground)), asked, after, limit + 1)
  const rows = await runReport<OrderRow>(deps, query)
  const page = rows.slice(0, limit)
  const names = await findPersonNames(
    deps.db,
    shop.id,
    page.map(({ person }) => person),
  )
  const last = page.at(-1)
  return {
    items: page.map((row) => toItem(row, names.get(row.person)?.label || null)),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.placed, order: last.order_id }) : null,
  }
}

function pageQuery(
  orders: Query,
  { group, mix, problem }: MixOrdersQuestion,
  after: { at: number; order: string } | undefined,
  limit: number,
): Query {
  const conditions = [
    ...(group ? [IN_GROUP[group]] : []),
    ...(mix === undefined ? [] : ['mix = {mix:UInt16}']),
    ...(problem === undefined ? [] : [problem ? 'problem' : 'NOT problem']),
    ...(after ? ['(placed, order_id) < ({after_at:Int64}, {after_order:String})'] : []),
  ]
  return {
    sql: `SELECT * FROM (${orders.sql})${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''}
ORDER BY placed DESC, order_id DESC LIMIT {limit:UInt32}`,
    params: {
      ...orders.params,
      limit,
      ...(mix !== undefined && { mix }),
      ...(after && { after_at: after.at, after_order: after.order }),
    },
  }
}

function toItem(row: OrderRow, name: string | null): MixOrder {
  return {
    id: row.order_id,
    at: new Date(row.placed).toISOString(),
    person: { id: row.person, name },
    ways: listWays(row.mix),
    problem: Boolean(row.problem),
    said: row.said_n === 0 ? null : (row.said_sum / row.said_n) * 100,
  }
}
