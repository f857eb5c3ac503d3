import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Db } from '../../../platform/postgres.ts'
import type { Deps, Job } from '../../../platform/room.ts'
import { listShops } from '../../accounts/server/reads.ts'
import { type ReclassifyDeps, reclassifyShop } from './reclassify.ts'
import { SHOPS_BY_OLDEST_VERSION } from './reclassify-query.ts'
import { listPending } from './reclassify-store.ts'
import { readPublished } from './registry-store.ts'

/** Works on the histories of shops in this process, one shop at a time. */
export interface Reclassifier {
  /** Begins with this shop as soon as the one before is done. */
  wake(shop: number): void
  /** Settled when nothing is left to do here. */
  idle(): Promise<void>
  close(): Promise<void>
}

export function createReclassifier(deps: ReclassifyDeps, options: { drainMs?: number } = {}): Reclassifier {
  const stopping = new AbortController()
  const runner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`
  const waiting = new Set<number>()
  let running: Promise<void> = Promise.resolve()

  async function next(): Promise<void> {
    const [shop] = waiting
    if (shop === undefined || stopping.signal.aborted) return
    waiting.delete(shop)
    await reclassifyShop(deps, shop, { runner, signal: stopping.signal, ...options }).catch((error) =>
      deps.log.warn({ err: error, shop }, 'the history waits to be classified by the newest rules'),
    )
  }

  return {
    wake(shop) {
      if (stopping.signal.aborted || waiting.has(shop)) return
      waiting.add(shop)
      running = running.then(next)
    },
    idle: () => running,
    async close() {
      stopping.abort()
      await running
    },
  }
}

const reclassifiers = new WeakMap<Db, Reclassifier>()

/** The one of this process; it is made when it is first needed, and who needs it first says how it is to be. */
export function reclassifierOf(deps: ReclassifyDeps, options: { drainMs?: number } = {}): Reclassifier {
  const known = reclassifiers.get(deps.db)
  if (known) return known
  const made = createReclassifier(deps, options)
  reclassifiers.set(deps.db, made)
  return made
}

export async function closeReclassifier({ db }: Pick<Deps, 'db'>): Promise<void> {
  await reclassifiers.get(db)?.close()
}

/** What a process that is gone had begun, and events of processes that couldn't read the newest rules in time. */
async function goOn(deps: Deps): Promise<void> {
  const reclassifier = reclassifierOf(deps)
  for (const shop of await listPending(deps.db)) reclassifier.wake(shop)
  const shops = new Set((await listShops(deps.db)).map(({ id }) => id))
  const rows = await deps.clickhouse.query<{ shop: number; oldest: number }>(SHOPS_BY_OLDEST_VERSION)
  for (const { shop, oldest } of rows) {
    if (!shops.has(shop)) continue
    const { registry } = await readPublished(deps.db, shop)
    if (oldest < registry.version) reclassifier.wake(shop)
  }
}

export const reclassifyJob: Job = { name: 'touchpoints-reclassify', cron: '* * * * *', run: goOn }
