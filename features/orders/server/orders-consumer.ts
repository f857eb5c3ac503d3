import type { FeedConsumer } from '../../../platform/feed/consumer.ts'
import type { Db } from '../../../platform/postgres.ts'
import { listShops } from '../../accounts/server/reads.ts'
import { readOrderFact } from './order-fact.ts'
import { recordFacts, type ShopClock } from './order-store.ts'

/** Brings what events say about orders into `order_facts` and `orders`. Events about nothing of the kind cost a look at their name. */
export const ordersConsumer: FeedConsumer = {
  name: 'orders',
  async apply(tx, events) {
    const facts = events.map(readOrderFact).filter((fact) => fact !== undefined)
    if (facts.length > 0) await recordFacts(tx, facts, await findClocks(tx))
  },
}

/** A shop archived meanwhile isn't listed; its orders are derived anew when it comes back. */
const NO_CLOCK: ShopClock = { timeZone: 'UTC', currency: '' }

/** The zones and currencies of all shops, by one small read. */
export async function findClocks(db: Db): Promise<(shop: number) => ShopClock> {
  const clocks = new Map(
    (await listShops(db)).map(({ id, timeZone, currency }) => [id, { timeZone, currency }]),
  )
  return (shop) => clocks.get(shop) ?? NO_CLOCK
}
