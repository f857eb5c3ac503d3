import type { Deps, Job } from '../../../platform/room.ts'
import { listShops } from '../../accounts/server/reads.ts'
import { listOutdatedOrders, refoldOrders } from './order-store.ts'
import { findClocks } from './orders-consumer.ts'

const CHUNK = 200

/** Derives anew what an older version derived, or what was derived in a zone that the shop has left since. */
export const refoldJob: Job = {
  name: 'orders-refold',
  cron: '*/10 * * * *',
  run: refoldOutdated,
}

export async function refoldOutdated({ db }: Pick<Deps, 'db'>): Promise<void> {
  const clocks = await findClocks(db)
  for (const shop of await listShops(db)) {
    for (;;) {
      const keys = await listOutdatedOrders(db, shop, CHUNK)
      if (keys.length === 0) break
      await db.transaction((tx) => refoldOrders(tx, keys, clocks))
    }
  }
}
