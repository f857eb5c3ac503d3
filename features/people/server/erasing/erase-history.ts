import type { Clickhouse } from '../../../../platform/clickhouse.ts'
import { formatTime } from '../../../../platform/feed/encode-rows.ts'
import type { PendingErasure } from './pending.ts'

/** Identities named in one statement. */
const CHUNK = 500
/** Hashes of messages named in one statement. */
const HASH_CHUNK = 5_000
/** The engine searches a text for at most 255 others at once. */
const VALUE_CHUNK = 200
const MUTATION = { mutations_sync: '1' } as const

/**
 * Removes a person from every table of the event store and returns how many events that were. Each step may be
 * repeated: after a failure it is begun again.
 */
export async function eraseHistory(
  clickhouse: Clickhouse,
  shop: number,
  pending: PendingErasure,
): Promise<number> {
  let erased = 0
  for (let at = 0; at < pending.identities.length; at += CHUNK) {
    const identities = pending.identities.slice(at, at + CHUNK)
    erased += await countEvents(clickhouse, shop, identities, pending.before)
    await forgetMessages(clickhouse, shop, identities, pending.before)
    await forgetEvents(clickhouse, shop, identities, pending)
  }
  await forgetRejects(clickhouse, shop, pending)
  return erased
}

const OF_IDENTITIES = 'shop = {shop:UInt32} AND identity IN {identities:Array(UUID)}'
const BEFORE = 'received_at < {before:DateTime64(3)}'

async function countEvents(
  clickhouse: Clickhouse,
  shop: number,
  identities: string[],
  before: number,
): Promise<number> {
  const [row] = await clickhouse.query<{ n: number }>(
    `SELECT count() AS n FROM events FINAL WHERE ${OF_IDENTITIES} AND ${BEFORE}`,
    { params: { shop, identities, before: formatTime(before) } },
  )
  return row?.n ?? 0
}

/** Before the events themselves, which alone know which messages were theirs. */
async function forgetMessages(
  clickhouse: Clickhouse,
  shop: number,
  identities: string[],
  before: number,
): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await clickhouse.query<{ message_hash: string }>(
      `SELECT DISTINCT message_hash FROM events WHERE ${OF_IDENTITIES} AND ${BEFORE} AND message_hash > {after:UUID}
       ORDER BY message_hash LIMIT ${HASH_CHUNK}`,
      { params: { shop, identities, before: formatTime(before), after } },
    )
    const last = rows.at(-1)
    if (!last) return
    after = last.message_hash
    const hashes = rows.map(({ message_hash }) => message_hash)
    await clickhouse.command(
      'ALTER TABLE message_ids DELETE WHERE shop = {shop:UInt32} AND message_hash IN {hashes:Array(UUID)}',
      { params: { shop, hashes }, settings: MUTATION },
    )
  }
}

async function forgetEvents(
  clickhouse: Clickhouse,
  shop: number,
  identities: string[],
  pending: PendingErasure,
): Promise<void> {
  const { before, linkVersion } = pending
  const params = { shop, identities, before: formatTime(before) }
  for (const month of await listMonths(clickhouse, params))
    await clickhouse.command(
      `ALTER TABLE events DELETE IN PARTITION ${month} WHERE ${OF_IDENTITIES} AND ${BEFORE}`,
      { params, settings: MUTATION },
    )
  await clickhouse.command(
    `ALTER TABLE identity_links DELETE WHERE ${OF_IDENTITIES} AND version <= {linkVersion:UInt64}`,
    {
      params: { shop, identities, linkVersion },
      settings: MUTATION,
    },
  )
  await clickhouse.command(`ALTER TABLE identity_activity DELETE WHERE ${OF_IDENTITIES}`, {
    params: { shop, identities },
    settings: MUTATION,
  })
  // Whoever came back meanwhile has been seen since.
  await clickhouse.command(
    `INSERT INTO identity_activity (shop, identity, known, first_at, last_at)
     SELECT shop, identity, max(identity_kind != 'anonymous'), min(least(ts, received_at)), max(least(ts, received_at))
     FROM events WHERE ${OF_IDENTITIES} GROUP BY shop, identity`,
    { params: { shop, identities } },
  )
}

/** In which partitions the events stand: the others need not be touched, and a long history has many. */
async function listMonths(clickhouse: Clickhouse, params: Record<string, unknown>): Promise<number[]> {
  const rows = await clickhouse.query<{ month: number }>(
    `SELECT DISTINCT toYYYYMM(sent_ts) AS month FROM events WHERE ${OF_IDENTITIES} AND ${BEFORE} ORDER BY month`,
    { params },
  )
  return rows.map(({ month }) => month)
}

/** Rejected messages stand there as they came: found by the ids and contacts written in them. */
async function forgetRejects(
  clickhouse: Clickhouse,
  shop: number,
  { values, before }: PendingErasure,
): Promise<void> {
  const { ids, contacts } = values
  if (ids.length === 0 && contacts.length === 0) return
  for (let at = 0; at < Math.max(ids.length, contacts.length); at += VALUE_CHUNK)
    await clickhouse.command(
      `ALTER TABLE rejects DELETE WHERE shop = {shop:UInt32} AND ${BEFORE} AND (
         JSONExtractString(payload, 'userId') IN {ids:Array(String)} OR JSONExtractString(payload, 'anonymousId') IN {ids:Array(String)}
         OR multiSearchAnyCaseInsensitiveUTF8(payload, {contacts:Array(String)}))`,
      {
        params: {
          shop,
          before: formatTime(before),
          ids: ids.slice(at, at + VALUE_CHUNK),
          contacts: contacts.slice(at, at + VALUE_CHUNK),
        },
        settings: MUTATION,
      },
    )
}
