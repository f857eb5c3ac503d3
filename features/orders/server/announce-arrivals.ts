import { emit } from '../../../platform/domain-events.ts'
import type { Tx } from '../../../platform/postgres.ts'
import type { OrderArrival } from '../contract.ts'
import type { FoldedOrder } from './fold-order.ts'

/** The domain event by which other rooms learn that orders came, or that what is known of it was corrected. */
export const ORDERS_ARRIVED = 'Orders Arrived'

/** What the order's row said before it was derived anew. */
export interface KnownArrival {
  promisedOn: string | null
  arrivedOn: string | null
  foldVersion: number
}

type Derived = Pick<FoldedOrder, 'identity' | 'promisedOn' | 'arrivedOn' | 'lateDays' | 'steps'> & {
  shop: number
  id: string
  foldVersion: number
}

const CHUNK = 500

/**
 * Tells of orders whose promised day and day of arrival are both known now and weren't, or were others; many orders
 * in one event, since an import brings thousands. Orders of erased persons are nobody's news.
 */
export async function announceArrivals(
  tx: Tx,
  orders: readonly { row: Derived; known: KnownArrival | undefined }[],
): Promise<void> {
  const byShop = new Map<number, OrderArrival[]>()
  for (const { row, known } of orders) {
    const arrival = findArrival(row)
    if (!arrival || isKnown(row, known)) continue
    const arrivals = byShop.get(row.shop) ?? []
    byShop.set(row.shop, [...arrivals, arrival])
  }
  for (const [shop, arrivals] of byShop)
    for (let at = 0; at < arrivals.length; at += CHUNK)
      await emit(tx, shop, ORDERS_ARRIVED, { arrivals: arrivals.slice(at, at + CHUNK) })
}

/** An older version of the derivation told nobody, or something else. */
function isKnown(row: Derived, known: KnownArrival | undefined): boolean {
  return (
    known !== undefined &&
    known.foldVersion >= row.foldVersion &&
    known.promisedOn === row.promisedOn &&
    known.arrivedOn === row.arrivedOn
  )
}

function findArrival({
  id,
  identity,
  promisedOn,
  arrivedOn,
  lateDays,
  steps,
}: Derived): OrderArrival | undefined {
  if (identity === null || promisedOn === null || arrivedOn === null || lateDays === null) return undefined
  const step = steps.find(
    ({ state, on }) => (state === 'arrived' || state === 'received') && on === arrivedOn,
  )
  return step && { order: id, identity, promisedOn, arrivedOn, lateDays, at: Date.parse(step.at) }
}
