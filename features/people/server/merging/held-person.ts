import { sql } from 'drizzle-orm'
import { orNotFound } from '../../../../kernel/errors.ts'
import type { IdentityKind } from '../../../../kernel/hash128.ts'
import type { Clickhouse } from '../../../../platform/clickhouse.ts'
import type { Db, Tx } from '../../../../platform/postgres.ts'
import type { Evidence } from '../linking/claims.ts'
import type { HeldIdentity } from '../linking/profile.ts'
import { listHeldIdentities, writePersons } from '../persons-store.ts'

interface FirstSight extends Record<string, unknown> {
  kind: IdentityKind
  value: string
  event: string
  messageId: string
  at: number
  source: number
}

/** The identity of a visitor of whom nothing is stored, as the first event under it shows it; undefined when there is none. */
export async function findVisitor(
  clickhouse: Clickhouse,
  shop: number,
  identity: string,
): Promise<HeldIdentity | undefined> {
  const [first] = await clickhouse.query<FirstSight>(
    `SELECT identity_kind AS kind, multiIf(kind = 'user', user_id, kind = 'anonymous', anonymous_id, '') AS value,
            if(name = '', e.kind, name) AS event, message_id AS messageId, toUnixTimestamp64Milli(ts) AS at, source
     FROM events AS e WHERE shop = {shop:UInt32} AND identity = {identity:UUID} ORDER BY sent_ts LIMIT 1`,
    { params: { shop, identity } },
  )
  if (!first) return undefined
  const { kind, value, event, messageId, at, source } = first
  const evidence: Evidence = { rule: 'sight', event, messageId, at, source }
  return { identity, kind, value, evidence, traits: null, yieldedAt: null }
}

export interface HeldPerson {
  id: string
  identities: HeldIdentity[]
}

type Stores = { db: Db; clickhouse: Clickhouse }

/** A person by id or by any of the person's identities, stored or a visitor. */
export async function findHeldPerson(
  { db, clickhouse }: Stores,
  shop: number,
  id: string,
): Promise<HeldPerson | undefined> {
  const { rows } = await db.execute<{ person: string }>(
    sql`SELECT person FROM person_identities WHERE shop = ${shop} AND identity = ${id}`,
  )
  if (rows[0]) return { id: rows[0].person, identities: await listHeldIdentities(db, shop, rows[0].person) }
  const visitor = await findVisitor(clickhouse, shop, id)
  return visitor && { id, identities: [visitor] }
}

export async function getHeldPerson(stores: Stores, shop: number, id: string): Promise<HeldPerson> {
  return orNotFound(await findHeldPerson(stores, shop, id), 'The person')
}

/** Gives a visitor rows of their own, so that a decision of a member has something to stand on. */
export async function storeVisitor(tx: Tx, shop: number, person: HeldPerson): Promise<void> {
  const [identity] = person.identities
  if (!identity || person.identities.length > 1) return
  const { rows } = await tx.execute(sql`
    INSERT INTO person_identities (shop, identity, person, kind, value, evidence, linked_at)
    VALUES (${shop}, ${identity.identity}, ${person.id}, ${identity.kind}, ${identity.value},
            ${JSON.stringify(identity.evidence)}::jsonb, ${new Date(identity.evidence.at).toISOString()})
    ON CONFLICT DO NOTHING RETURNING identity`)
  if (rows.length > 0) await writePersons(tx, [{ shop, id: person.id, identities: person.identities }])
}
