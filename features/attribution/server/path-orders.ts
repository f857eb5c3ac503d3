import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { legsQuery, STEP_SEPARATOR, weeklyOrdersQuery } from '../../paths/server/reads.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { prepareGround, type Query, runReport } from '../../reports/server/reads.ts'
import type { AttributionQuestion, PathOrders, PathOrdersQuestion, WeeklyOrders } from '../contract.ts'
import { answerAttribution } from './attribution-report.ts'
import { OTHER } from './path-table.ts'
import { type Question, readQuestion, toPathQuestion } from './read-question.ts'

const Cursor = Type.Object({
  at: Type.Integer(),
  person: Type.String({ format: 'uuid' }),
  order: Type.String({ maxLength: 300 }),
})
type Position = { at: number; person: string; order: string }

interface OrderRow extends Position {
  value: number
  foreign: number
  path: string
}

const PAGE = 50
const SHOWN_STEPS = 100

/** A page of the orders on whose path a way stands, the latest first, with the persons who placed them. */
export async function listPathOrders(
  deps: Deps,
  shop: ShopContext,
  { way, cursor, limit = PAGE, ...asked }: PathOrdersQuestion,
): Promise<PathOrders> {
  const question = readQuestion(asked, shop, deps.now())
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const { ground } = await prepareGround(deps, shop, question.report)
  const legs = legsQuery(toPathQuestion(shop, question, ground, deps.now()))
  const filter = await findFilter(deps, shop, question, way)
  const rows = await runReport<OrderRow>(deps, ordersQuery(legs, filter, after, limit + 1))
  const page = rows.slice(0, limit)
  const names = await findPersonNames(
    deps.db,
    shop.id,
    page.map(({ person }) => person),
  )
  const last = page.at(-1)
  return {
    items: page.map(({ order, at, person, value, foreign, path }) => ({
      order,
      at: new Date(at).toISOString(),
      person,
      name: names.get(person)?.label || null,
      value: foreign ? null : value,
      path: path === '' ? [] : path.split(STEP_SEPARATOR).slice(-SHOWN_STEPS),
    })),
    nextCursor:
      rows.length > limit && last
        ? encodeCursor({ at: last.at, person: last.person, order: last.order })
        : null,
  }
}

/** Which paths are meant; the rare ways are those that the report doesn't name. */
async function findFilter(deps: Deps, shop: ShopContext, question: Question, way: string): Promise<Query> {
  const steps = 'splitByString({separator:String}, leg.1)'
  if (way === '') return { sql: "leg.1 = ''", params: {} }
  if (way !== OTHER) return { sql: `has(${steps}, {way:String})`, params: { way } }
  const { reach, joinedWays } = await answerAttribution(deps, shop, question)
  if (joinedWays === 0) return { sql: `has(${steps}, {way:String})`, params: { way } }
  const named = reach.map(({ channel }) => channel).filter((channel) => channel !== OTHER)
  return {
    sql: `leg.1 != '' AND arrayExists(one -> NOT has({named_ways:Array(String)}, one), ${steps})`,
    params: { named_ways: named },
  }
}

function ordersQuery(legs: Query, filter: Query, after: Position | undefined, limit: number): Query {
  const later = after ? 'AND (at, person, order) < ({at:Int64}, {person:UUID}, {order:String})' : ''
  return {
    sql: `SELECT person, leg.6 AS at, leg.7 AS order, leg.4 AS value, leg.3 AS foreign, leg.1 AS path
FROM (${legs.sql})
WHERE leg.2 = 1 AND ${filter.sql} ${later}
ORDER BY at DESC, person DESC, order DESC LIMIT {limit:UInt32}`,
    params: { ...legs.params, ...filter.params, ...after, limit },
  }
}

const WEEK_MS = 7 * 86_400_000

/** Orders in each whole week up to now or the period's end. */
export async function readWeeklyOrders(
  deps: Deps,
  shop: ShopContext,
  asked: AttributionQuestion,
): Promise<WeeklyOrders> {
  const question = readQuestion(asked, shop, deps.now())
  const { ground } = await prepareGround(deps, shop, question.report)
  const period = { from: ground.period.from, to: Math.min(ground.period.to, deps.now()) }
  const count = Math.max(0, Math.floor((period.to - period.from) / WEEK_MS))
  const query = weeklyOrdersQuery(toPathQuestion(shop, question, { ...ground, period }, deps.now()))
  const rows = count === 0 ? [] : await runReport<{ back: number; orders: number }>(deps, query)
  const orders = new Map(rows.map(({ back, orders }) => [back, orders]))
  return { weeks: Array.from({ length: count }, (_, at) => orders.get(count - 1 - at) ?? 0) }
}
