import { DAY_MS } from '../../../kernel/time.ts'
import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { Deps } from '../../../platform/room.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { listShops } from '../../accounts/server/reads.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { MEASURED_EVENT } from '../contract.ts'
import { correctEvents, removeEvents } from './correct-events.ts'
import { describeMeasure } from './describe-measure.ts'
import { listWaiting, markRecorded, type WaitingMeasure } from './measure-store.ts'

/** The history is asked once a batch for the kinds of identities, which costs much the same for few and many. */
const BATCH = 6_000

type Stores = Pick<Deps, 'db' | 'clickhouse' | 'writer' | 'now' | 'log'>

/**
 * Brings the next measured standards into the history; returns how many there were. At least once: a batch that was
 * recorded and not noted is recorded again under the same message ids, which count once.
 */
export async function recordWaiting(deps: Stores): Promise<number> {
  // Shops that are archived take no events; theirs wait until they come back.
  const shops = (await listShops(deps.db)).map(({ id }) => id)
  const waiting = await listWaiting(deps.db, shops, BATCH)
  for (const shop of new Set(waiting.map((measure) => measure.shop)))
    await recordMeasures(
      deps,
      shop,
      waiting.filter((measure) => measure.shop === shop),
    )
  return waiting.length
}

/** Records measures of one shop, or corrects what the history says of them. */
export async function recordMeasures(deps: Stores, shop: number, waiting: WaitingMeasure[]): Promise<void> {
  const { db, clickhouse, log } = deps
  const measures = await nameKinds(clickhouse, shop, waiting)
  const source = await ensureSource(db, shop, { kind: 'system', name: 'Standards' })
  // What was withdrawn before it was ever recorded needs no record.
  const messages = measures.filter(({ value }) => value !== null).map(toMessage)
  const { rejected } = await recordMessages(deps, { shop, source, messages, origin: 'system' })
  if (rejected.length > 0)
    log.error({ shop, rejected: rejected.slice(0, 3) }, 'measured standards were not recorded')
  const corrected = measures.filter(({ version }) => version > 1)
  if (corrected.length > 0) await correctEvents(clickhouse, shop, corrected)
  const erased = await markRecorded(db, measures)
  // An erasure may have gone through both stores while this was on its way.
  if (erased.length > 0) await removeEvents(clickhouse, shop, erased)
}

/** Rooms that speak of orders know an identity and not its kind; the history does. */
async function nameKinds(
  clickhouse: Clickhouse,
  shop: number,
  given: WaitingMeasure[],
): Promise<WaitingMeasure[]> {
  const nameless = given.filter((one) => one.identityKind === '')
  if (nameless.length === 0) return given
  const identities = [...new Set(nameless.map(({ identity }) => identity))]
  const times = nameless.map(({ at }) => at)
  // The order itself is an event of that identity; only of an order that took longer the whole history is asked.
  const near = { from: Math.min(...times) - NEAR_DAYS * DAY_MS, to: Math.max(...times) + DAY_MS }
  const kinds = await findKinds(clickhouse, shop, identities, near)
  const rest = identities.filter((identity) => !kinds.has(identity))
  const everywhere = { from: 0, to: END_OF_TIME }
  for (const [identity, kind] of await findKinds(clickhouse, shop, rest, everywhere))
    kinds.set(identity, kind)
  return given.map((one) => ({
    ...one,
    identityKind: one.identityKind || (kinds.get(one.identity) ?? 'user'),
  }))
}

const NEAR_DAYS = 45
/** 2100: partitions go no further. */
const END_OF_TIME = Date.UTC(2100, 0)

async function findKinds(
  clickhouse: Clickhouse,
  shop: number,
  identities: readonly string[],
  { from, to }: { from: number; to: number },
): Promise<Map<string, string>> {
  if (identities.length === 0) return new Map()
  const rows = await clickhouse.query<{ identity: string; kind: string }>(
    `SELECT identity, any(identity_kind) AS kind FROM events
     WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)}
       AND sent_ts >= fromUnixTimestamp64Milli({from:Int64}) AND sent_ts < fromUnixTimestamp64Milli({to:Int64})
     GROUP BY identity`,
    { params: { shop, identities, from, to } },
  )
  return new Map(rows.map(({ identity, kind }) => [identity, kind]))
}

/** The completing event. It belongs to the very identity of the contact, and says nothing new about who that is. */
export function toMessage(measure: WaitingMeasure): Record<string, unknown> {
  return {
    type: 'track',
    event: MEASURED_EVENT,
    messageId: `measured:${measure.measure}:${measure.subject}`,
    timestamp: new Date(measure.firstAt).toISOString(),
    identity: { kind: measure.identityKind, key: measure.identity },
    properties: describeMeasure(measure),
  }
}
