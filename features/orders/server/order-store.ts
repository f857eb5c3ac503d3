import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../platform/postgres.ts'
import { announceArrivals, type KnownArrival } from './announce-arrivals.ts'
import { type FoldedOrder, foldOrder } from './fold-order.ts'
import type { FactData, OrderFact } from './order-fact.ts'
import type { FactKind } from './order-states.ts'

/** What of a shop decides how its orders are derived. */
export interface ShopClock {
  timeZone: string
  currency: string
}

/** Raised when the derivation changes, so that orders derived by older versions are derived anew. */
export const FOLD_VERSION = 2

export interface OrderKey {
  shop: number
  id: string
}

/**
 * Adds facts and derives the orders that they concern. Facts known already change nothing. Safe with several
 * writers: an order is locked before its facts are read.
 */
export async function recordFacts(
  tx: Tx,
  facts: readonly OrderFact[],
  clockOf: (shop: number) => ShopClock,
): Promise<void> {
  if (facts.length === 0) return
  const keys = listKeys(facts)
  const { erased, arrivals } = await lockOrders(tx, keys)
  await insertFacts(
    tx,
    facts.map((fact) =>
      erased.has(nameOf({ shop: fact.shop, id: fact.order })) ? withoutPerson(fact) : fact,
    ),
  )
  await refold(tx, keys, clockOf, arrivals)
}

/** Derives orders anew from their facts. */
export async function refoldOrders(
  tx: Tx,
  keys: readonly OrderKey[],
  clockOf: (shop: number) => ShopClock,
): Promise<void> {
  const sorted = sortKeys(keys)
  const { arrivals } = await lockOrders(tx, sorted)
  await refold(tx, sorted, clockOf, arrivals)
}

async function refold(
  tx: Tx,
  keys: readonly OrderKey[],
  clockOf: (shop: number) => ShopClock,
  arrivals: ReadonlyMap<string, KnownArrival>,
): Promise<void> {
  const byOrder = new Map<string, OrderFact[]>()
  for (const fact of await readFacts(tx, keys)) {
    const name = nameOf({ shop: fact.shop, id: fact.order })
    const known = byOrder.get(name)
    if (known) known.push(fact)
    else byOrder.set(name, [fact])
  }
  const rows = keys.flatMap((key) => {
    const facts = byOrder.get(nameOf(key))
    const clock = clockOf(key.shop)
    return facts ? [toRow(key, foldOrder(facts, clock), clock)] : []
  })
  await writeOrders(tx, rows)
  await announceArrivals(
    tx,
    rows.map((row) => ({ row, known: arrivals.get(nameOf(row)) })),
  )
}

function nameOf({ shop, id }: OrderKey): string {
  return `${shop}\0${id}`
}

function listKeys(facts: readonly OrderFact[]): OrderKey[] {
  const keys = new Map(facts.map(({ shop, order }) => [nameOf({ shop, id: order }), { shop, id: order }]))
  return sortKeys([...keys.values()])
}

/** One order of locking for all writers, so that none waits for another in a circle. */
function sortKeys(keys: readonly OrderKey[]): OrderKey[] {
  return [...keys].sort((a, b) => a.shop - b.shop || (a.id < b.id ? -1 : 1))
}

/** Makes the rows where missing and locks them; answers which belong to erased persons, and what was known of arrivals. */
async function lockOrders(tx: Tx, keys: readonly OrderKey[]) {
  const given = JSON.stringify(keys)
  await tx.execute(
    sql`INSERT INTO orders (shop, id) SELECT shop, id FROM jsonb_to_recordset(${given}::jsonb) AS k(shop integer, id text)
        ON CONFLICT DO NOTHING`,
  )
  const { rows } = await tx.execute<
    OrderKey & KnownArrival & { is_erased: boolean } & Record<string, unknown>
  >(
    sql`SELECT o.shop, o.id, o.erased_at IS NOT NULL AS is_erased, o.promised_on AS "promisedOn",
          o.arrived_on AS "arrivedOn", o.state, o.fold_version AS "foldVersion"
        FROM orders o
        JOIN jsonb_to_recordset(${given}::jsonb) AS k(shop integer, id text) ON k.shop = o.shop AND k.id = o.id
        ORDER BY o.shop, o.id COLLATE "C" FOR UPDATE OF o`,
  )
  return {
    erased: new Set(rows.filter((row) => row.is_erased).map(nameOf)),
    arrivals: new Map<string, KnownArrival>(rows.map((row) => [nameOf(row), row])),
  }
}

async function insertFacts(tx: Tx, facts: readonly OrderFact[]): Promise<void> {
  await tx.execute(
    sql`INSERT INTO order_facts (shop, order_id, message_hash, kind, name, at, identity, source, data)
        SELECT shop, "order", "messageHash", kind, name, to_timestamp(at / 1000.0), identity, source, data
        FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) AS f(shop integer, "order" text, "messageHash" uuid,
          kind text, name text, at double precision, identity uuid, source integer, data jsonb)
        ON CONFLICT DO NOTHING`,
  )
}

async function readFacts(tx: Tx, keys: readonly OrderKey[]): Promise<OrderFact[]> {
  const { rows } = await tx.execute<{
    shop: number
    order_id: string
    message_hash: string
    kind: FactKind
    name: string
    at: number
    identity: string | null
    source: number
    data: FactData
  }>(
    sql`SELECT f.shop, f.order_id, f.message_hash, f.kind, f.name,
          round(extract(epoch FROM f.at) * 1000)::bigint AS at, f.identity, f.source, f.data
        FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k(shop integer, id text)
        JOIN order_facts f ON f.shop = k.shop AND f.order_id = k.id`,
  )
  return rows.map(({ order_id, message_hash, ...fact }) => ({
    ...fact,
    order: order_id,
    messageHash: message_hash,
  }))
}

/** The personal part of a fact is left out once the order's person has been erased. */
function withoutPerson(fact: OrderFact): OrderFact {
  const { extra: _, reason: __, items, ...data } = fact.data
  const plain = items?.map(({ extra: ___, ...item }) => item)
  return { ...fact, identity: null, data: plain ? { ...data, items: plain } : data }
}

function toRow(key: OrderKey, order: FoldedOrder, clock: ShopClock) {
  const { orderedAt, paidAt, ...rest } = order
  return {
    ...key,
    ...rest,
    orderedAt: new Date(orderedAt).toISOString(),
    paidAt: paidAt === null ? null : new Date(paidAt).toISOString(),
    timeZone: clock.timeZone,
    foldVersion: FOLD_VERSION,
  }
}

/** Column and type of each derived field, for one statement over many orders. */
const DERIVED: readonly (readonly [field: string, column: string, type: string])[] = [
  ['identity', 'identity', 'uuid'],
  ['source', 'source', 'integer'],
  ['state', 'state', 'text'],
  ['ending', 'ending', 'text'],
  ['orderedAt', 'ordered_at', 'timestamptz'],
  ['orderedOn', 'ordered_on', 'date'],
  ['paidAt', 'paid_at', 'timestamptz'],
  ['promisedOn', 'promised_on', 'date'],
  ['promisedLastOn', 'promised_last_on', 'date'],
  ['arrivedOn', 'arrived_on', 'date'],
  ['lateDays', 'late_days', 'integer'],
  ['amount', 'amount', 'bigint'],
  ['paidAmount', 'paid_amount', 'bigint'],
  ['discount', 'discount', 'bigint'],
  ['shipping', 'shipping', 'bigint'],
  ['tax', 'tax', 'bigint'],
  ['currency', 'currency', 'text'],
  ['paymentMethod', 'payment_method', 'text'],
  ['region', 'region', 'text'],
  ['steps', 'steps', 'jsonb'],
  ['promises', 'promises', 'jsonb'],
  ['payments', 'payments', 'jsonb'],
  ['flags', 'flags', 'jsonb'],
  ['items', 'items', 'jsonb'],
  ['extra', 'extra', 'jsonb'],
  ['timeZone', 'time_zone', 'text'],
  ['foldVersion', 'fold_version', 'integer'],
]

const SET = sql.raw(DERIVED.map(([field, column]) => `${column} = r."${field}"`).join(', '))
const FIELDS = sql.raw(DERIVED.map(([field, , type]) => `"${field}" ${type}`).join(', '))

async function writeOrders(tx: Tx, rows: ReturnType<typeof toRow>[]): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(
    sql`UPDATE orders o SET ${SET}, updated_at = now()
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(shop integer, id text, ${FIELDS})
        WHERE o.shop = r.shop AND o.id = r.id`,
  )
}

/** Orders that were derived by an older version or in another zone than the shop's now. */
export async function listOutdatedOrders(
  db: Db,
  shop: { id: number; timeZone: string },
  limit: number,
): Promise<OrderKey[]> {
  const { rows } = await db.execute<{ id: string }>(
    sql`SELECT id FROM orders WHERE shop = ${shop.id} AND state IS NOT NULL
          AND (time_zone <> ${shop.timeZone} OR fold_version < ${FOLD_VERSION}) LIMIT ${limit}`,
  )
  return rows.map(({ id }) => ({ shop: shop.id, id }))
}
