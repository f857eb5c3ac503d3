import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { Deps } from '../../../platform/room.ts'
import { countOrders } from '../../orders/server/reads.ts'
import type { ImportFigures } from '../contract.ts'

/** Payments that were completed and those that were only begun: every row of a payments table is one of them. */
const PAYMENTS = ['Payment Completed', 'Payment Info Entered']

/** What the stores hold of everything that came by one source; not what the import believes to have sent. */
export async function findFigures(
  deps: Pick<Deps, 'db' | 'clickhouse'>,
  shop: number,
  source: number,
  isComplete: boolean,
): Promise<ImportFigures> {
  const { orders, judged, late } = await countOrders(deps.db, shop, { source })
  const events = await countEvents(deps.clickhouse, shop, source)
  return {
    ...events,
    payments: await sumPayments(deps.clickhouse, shop, source),
    orders,
    judged,
    late,
    isComplete,
  }
}

async function countEvents(clickhouse: Clickhouse, shop: number, source: number) {
  const [row] = await clickhouse.query<
    Pick<ImportFigures, 'events' | 'persons' | 'reviews' | 'leads' | 'deals'>
  >(
    `SELECT count() AS events, uniqExact(identity) AS persons, countIf(name = 'Feedback Given') AS reviews,
       countIf(name = 'Lead Created') AS leads, countIf(name = 'Deal Won') AS deals
     FROM events FINAL WHERE shop = {shop:UInt32} AND source = {source:UInt32}`,
    { params: { shop, source } },
  )
  return row ?? { events: 0, persons: 0, reviews: 0, leads: 0, deals: 0 }
}

function sumPayments(
  clickhouse: Clickhouse,
  shop: number,
  source: number,
): Promise<ImportFigures['payments']> {
  return clickhouse.query(
    `SELECT currency, count() AS rows, sum(e.amount) AS amount FROM events AS e FINAL
     WHERE shop = {shop:UInt32} AND source = {source:UInt32} AND name IN {names:Array(String)} AND e.amount IS NOT NULL
     GROUP BY currency ORDER BY 3 DESC`,
    { params: { shop, source, names: PAYMENTS } },
  )
}
