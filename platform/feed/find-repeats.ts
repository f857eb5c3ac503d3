import type { Clickhouse } from '../clickhouse.ts'
import type { FeedEvent } from './event-row.ts'
import type { RecentMessages } from './recent-messages.ts'
import type { Waiting } from './write-queue.ts'

export interface SortedGroup {
  fresh: FeedEvent[]
  /** How many of a request's events were there before. */
  repeatsOf: Map<Waiting, number>
}

/**
 * Splits off what was recorded before or stands twice in the group; the first one counts, whatever the second says.
 * The filter answers for the past; its suspicions are confirmed in the store.
 */
export async function withoutRepeats(
  clickhouse: Clickhouse,
  recent: RecentMessages,
  group: readonly Waiting[],
): Promise<SortedGroup> {
  const seen = await findRecorded(clickhouse, gatherSuspects(recent, group))
  const fresh: FeedEvent[] = []
  const repeatsOf = new Map<Waiting, number>()
  for (const item of group) {
    let repeats = 0
    for (const row of item.events) {
      if (seen.has(row.message_hash)) repeats++
      else {
        seen.add(row.message_hash)
        fresh.push(row)
      }
    }
    if (repeats > 0) repeatsOf.set(item, repeats)
  }
  return { fresh, repeatsOf }
}

function gatherSuspects(recent: RecentMessages, group: readonly Waiting[]): Map<number, Set<string>> {
  const suspects = new Map<number, Set<string>>()
  for (const { events } of group)
    for (const row of events) {
      if (!recent.has(row.message_hash)) continue
      const ofShop = suspects.get(row.shop)
      if (ofShop) ofShop.add(row.message_hash)
      else suspects.set(row.shop, new Set([row.message_hash]))
    }
  return suspects
}

async function findRecorded(
  clickhouse: Clickhouse,
  suspects: Map<number, Set<string>>,
): Promise<Set<string>> {
  const seen = new Set<string>()
  for (const [shop, hashes] of suspects) {
    const rows = await clickhouse.query<{ message_hash: string }>(
      `SELECT DISTINCT message_hash FROM message_ids WHERE shop = {shop:UInt32} AND message_hash IN (${listHashes(hashes)})`,
      { params: { shop } },
    )
    for (const row of rows) seen.add(row.message_hash)
  }
  return seen
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Parameters travel in the address, which holds a few hundred hashes; a flush may ask for thousands. They are our own. */
function listHashes(hashes: ReadonlySet<string>): string {
  return [...hashes]
    .filter((hash) => UUID.test(hash))
    .map((hash) => `'${hash}'`)
    .join(',')
}
