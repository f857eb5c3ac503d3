import type { FeedConsumer } from '../../../platform/feed/consumer.ts'
import type { Db } from '../../../platform/postgres.ts'
import { listShops } from '../../accounts/server/reads.ts'
import { readOrderFact } from './order-fact.ts'
import { findFactKind } from './order-states.ts'
import { recordFacts, type ShopClock } from './order-store.ts'

/** Brings what events say about orders into `order_facts` and `orders`. Events about nothing of the kind cost a look at their name. */
export const ordersConsumer: FeedConsumer = {
  name: 'orders',
  async apply(tx, events) {
    const about = events.filter(({ kind, name }) => kind === 'track' && findFactKind(name) !== undefined)
    if (about.length === 0) return
    const clocks = await findClocks(tx)
    const facts = about.map((event) => readOrderFact(event, clocks(event.shop).currency))
    await recordFacts(
      tx,
      facts.filter((fact) => fact !== undefined),
      clocks,
    )
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
