import { emit } from '../../../platform/domain-events.ts'
import type { Tx } from '../../../platform/postgres.ts'
import type { OrderArrival } from '../contract.ts'
import type { FoldedOrder } from './fold-order.ts'

/** The domain event by which other rooms learn that orders came, or that what is known of it was corrected. */
export const ORDERS_ARRIVED = 'Orders Arrived'

/** What the order's row said before it was derived anew. */
export interface KnownArrival {
  state: FoldedOrder['state']
  promisedOn: string | null
  arrivedOn: string | null
  foldVersion: number
}

type Derived = Pick<FoldedOrder, 'identity' | 'state' | 'promisedOn' | 'arrivedOn' | 'lateDays' | 'steps'> & {
  shop: number
  id: string
  foldVersion: number
}

const CHUNK = 500

/**
 * Tells of orders whose promised day and day of arrival are both known now and weren't, or were others, or don't count
 * any more; many orders in one event, since an import brings thousands. Orders of erased persons are nobody's news.
 */
export async function announceArrivals(
  tx: Tx,
  orders: readonly { row: Derived; known: KnownArrival | undefined }[],
): Promise<void> {
  const byShop = new Map<number, OrderArrival[]>()
  for (const { row, known } of orders) {
    if (row.identity === null || !isNews(row, known)) continue
    const arrivals = byShop.get(row.shop) ?? []
    arrivals.push({ order: row.id, identity: row.identity, judged: judgeArrival(row) })
    byShop.set(row.shop, arrivals)
  }
  for (const [shop, arrivals] of byShop)
    for (let at = 0; at < arrivals.length; at += CHUNK)
      await emit(tx, shop, ORDERS_ARRIVED, { arrivals: arrivals.slice(at, at + CHUNK) })
}

function isNews(row: Derived, known: KnownArrival | undefined): boolean {
  if (!known || !isJudged(known)) return isJudged(row)
  // An older version of the derivation told nobody, or something else.
  if (!isJudged(row) || known.foldVersion < row.foldVersion) return true
  return known.promisedOn !== row.promisedOn || known.arrivedOn !== row.arrivedOn
}

/** The same orders as in every share of late ones: cancelled ones are left out. */
function isJudged({
  state,
  promisedOn,
  arrivedOn,
}: Pick<KnownArrival, 'state' | 'promisedOn' | 'arrivedOn'>) {
  return promisedOn !== null && arrivedOn !== null && state !== 'cancelled'
}

function judgeArrival(row: Derived): OrderArrival['judged'] {
  const { promisedOn, arrivedOn, lateDays } = row
  const step = row.steps.find(
    ({ state, on }) => (state === 'arrived' || state === 'received') && on === arrivedOn,
  )
  if (!isJudged(row) || promisedOn === null || arrivedOn === null || lateDays === null || !step) return null
  return { promisedOn, arrivedOn, lateDays, at: Date.parse(step.at) }
}
