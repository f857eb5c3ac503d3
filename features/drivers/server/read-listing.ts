import type { ShopContext } from '../../../platform/http/access.ts'
import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { createTurns } from '../../../platform/worker-thread.ts'
import { type prepareGround, readDataVersion } from '../../reports/server/reads.ts'
import type { DriversSettings } from '../contract.ts'
import { readHistories } from './answer-drivers.ts'
import type { ReadDriversQuestion } from './drivers-question.ts'
import { type Listing, sizeOfListing } from './make-listing.ts'
import { runInWorker } from './run-worker.ts'

/** Some six questions of as many persons as are read at most, or hundreds of usual ones. */
const MAX_BYTES = 64_000_000

/** Whoever waits for a turn has read nothing yet, so that the slot for heavy reports is left to others in between. */
const inTurn = createTurns(4)
const caches = new WeakMap<Deps['clickhouse'], ReportCache<Listing>>()

function cacheOf({ clickhouse, now }: Deps): ReportCache<Listing> {
  const known = caches.get(clickhouse)
  if (known) return known
  const made = createReportCache<Listing>({
    ...{ now, minAgeMs: 10_000, rest: 4, maxSize: MAX_BYTES },
    sizeOf: sizeOfListing,
  })
  caches.set(clickhouse, made)
  return made
}

export interface ListingQuestion {
  question: ReadDriversQuestion
  settings: DriversSettings
  prepared: Awaited<ReturnType<typeof prepareGround>>
}

/**
 * Who is behind the drivers of a question, of all drivers at once; from memory while events, persons, rules, segments and
 * the shop's own facts are the same, else made anew. Who asks while it is being made waits for the same one.
 */
export async function readListing(deps: Deps, shop: ShopContext, asked: ListingQuestion): Promise<Listing> {
  const version = await readDataVersion(deps, shop.id)
  return cacheOf(deps).get(keyOf(shop, asked), version, () =>
    inTurn(() => makeFromHistories(deps, shop, asked)),
  )
}

/** Margins and what can be won back change money and no list. */
function keyOf(shop: ShopContext, { question, settings, prepared }: ListingQuestion): string {
  const { rulesVersion, segment } = prepared
  const { report, outcome } = question
  const { id, timeZone, currency } = shop
  return JSON.stringify([
    ...[id, timeZone, currency, rulesVersion, segment?.version, report, outcome],
    settings.facts,
  ])
}

async function makeFromHistories(
  deps: Deps,
  shop: ShopContext,
  { question, settings, prepared }: ListingQuestion,
): Promise<Listing> {
  const { rows, plan } = await readHistories(deps, shop, question, settings, prepared.ground)
  return runInWorker(rows, { list: plan })
}
