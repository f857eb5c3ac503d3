import { parseDay, startOfDay } from '../../../kernel/time.ts'
import { isClickhouseAway } from '../../../platform/clickhouse.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import type { OrderSummary } from '../contract.ts'
import type { ResolvedFilter } from './order-filter.ts'
import { byStateQuery, moneyQuery, orderRateQuery, summaryQuery } from './order-query.ts'
import { type SummaryRow, toSummary } from './order-result.ts'
import type { PeopleLookup } from './people-lookup.ts'

/** The figures above the list: how many ordered, how many bought out, how many came late. */
export async function summariseOrders(
  deps: Deps,
  people: PeopleLookup,
  shop: ShopContext,
  filter: ResolvedFilter,
): Promise<OrderSummary> {
  const [summary, byState, money, rate] = await Promise.all([
    deps.db.execute<SummaryRow>(summaryQuery(filter)),
    deps.db.execute<{ state: string; orders: number }>(byStateQuery(filter)),
    deps.db.execute<{ currency: string; amount: number; bought_out: number; paid: number }>(
      moneyQuery(filter),
    ),
    findOrderRate(deps, people, shop, filter),
  ])
  return toSummary(summary.rows[0] as SummaryRow, byState.rows, money.rows, rate)
}

/** The only figure that needs the history: without it the others are still worth showing. */
async function findOrderRate(deps: Deps, people: PeopleLookup, shop: ShopContext, filter: ResolvedFilter) {
  const query = orderRateQuery(
    { shop: shop.id, ...findPeriod(filter, shop.timeZone) },
    people.personsJoin('e'),
  )
  try {
    const [row] = await deps.clickhouse.query<{ seen: number; ordered: number }>(query.sql, {
      params: query.params,
    })
    return row
  } catch (error) {
    if (!isClickhouseAway(error)) throw error
    deps.log.warn({ err: error }, 'the order rate is left out while the event store is away')
    return undefined
  }
}

const FIRST = Date.UTC(1900, 0, 1)
const LAST = Date.UTC(2200, 0, 1)

function findPeriod({ from, to }: ResolvedFilter, zone: string): { from: number; to: number } {
  const first = from === undefined ? undefined : parseDay(from)
  const end = to === undefined ? undefined : parseDay(to)
  return {
    from: first === undefined ? FIRST : startOfDay(first, zone),
    to: end === undefined ? LAST : startOfDay(end, zone),
  }
}
