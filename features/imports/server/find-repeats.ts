import { messageHash } from '../../../kernel/hash128.ts'
import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { Message } from './import-stage.ts'

export interface Repeats {
  /** Recorded by an earlier import. */
  earlier: Set<Message>
  /** Recorded by this one, before it was stopped or killed. */
  own: Set<Message>
}

/** Tells which messages are recorded already. */
export type RepeatFinder = (messages: readonly Message[]) => Promise<Repeats>

/** Whether the source has recorded anything: if not, nothing has to be asked, and a first import isn't slowed down. */
export async function hasRecorded(clickhouse: Clickhouse, shop: number, source: number): Promise<boolean> {
  const before = await clickhouse.query<{ n: number }>(
    'SELECT count() AS n FROM (SELECT 1 FROM events WHERE shop = {shop:UInt32} AND source = {source:UInt32} LIMIT 1)',
    { params: { shop, source } },
  )
  return (before[0]?.n ?? 0) > 0
}

/** The writer remembers about an hour; a file may come again after a year. */
export async function createRepeatFinder(
  clickhouse: Clickhouse,
  { shop, source, ownSince }: { shop: number; source: number; ownSince: Date | null },
): Promise<RepeatFinder> {
  if (!(await hasRecorded(clickhouse, shop, source)))
    return async () => ({ earlier: new Set(), own: new Set() })
  // The first attempt has recorded nothing yet, so all that is found was there before.
  const started = ownSince ? Math.floor(ownSince.getTime() / 1000) : 2 ** 32 - 1
  return async (messages) => {
    const repeats: Repeats = { earlier: new Set(), own: new Set() }
    for (let at = 0; at < messages.length; at += SLICE) {
      const byHash = groupByHash(shop, messages.slice(at, at + SLICE))
      const rows = await findRecorded(clickhouse, shop, started, [...byHash.keys()])
      for (const { message_hash, is_own } of rows) {
        const known = is_own === 1 ? repeats.own : repeats.earlier
        for (const message of byHash.get(message_hash) ?? []) known.add(message)
      }
    }
    return repeats
  }
}

/** A file may say the same on several lines. */
function groupByHash(shop: number, messages: readonly Message[]): Map<string, Message[]> {
  const byHash = new Map<string, Message[]>()
  for (const message of messages) {
    const hash = messageHash(shop, message.messageId)
    const alike = byHash.get(hash)
    if (alike) alike.push(message)
    else byHash.set(hash, [message])
  }
  return byHash
}

/** Asked at once: some milliseconds of hashing, so that others have their turn in between. */
const SLICE = 1_000

/** The hashes stand in the statement: as a parameter the client would take each of their characters in its hand. */
function findRecorded(clickhouse: Clickhouse, shop: number, started: number, hashes: readonly string[]) {
  const list = hashes.map((hash) => `'${hash}'`).join(',')
  return clickhouse.query<{ message_hash: string; is_own: number }>(
    `SELECT message_hash, min(toUnixTimestamp(received_at)) >= {started:UInt32} AS is_own FROM message_ids
     WHERE shop = {shop:UInt32} AND message_hash IN (${list}) GROUP BY message_hash`,
    { params: { shop, started } },
  )
}
