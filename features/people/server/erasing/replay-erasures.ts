import { sql } from 'drizzle-orm'
import type { Deps, Room } from '../../../../platform/room.ts'
import type { HeldIdentity } from '../linking/profile.ts'
import { findVisitor } from '../merging/held-person.ts'
import { splitPerson } from '../merging/move-identities.ts'
import { listHeldIdentities } from '../persons-store.ts'
import { erasePerson, hashErased } from './erase-person.ts'
import { type NotedErasure, readNotedErasures } from './erasure-file.ts'
import { valuesOf } from './request-erasure.ts'

/** Repeats erasures that a restored backup doesn't know of. Does nothing in the ordinary case. */
export async function replayErasures(deps: Deps, rooms: readonly Room[]): Promise<number> {
  const unknown: NotedErasure[] = []
  for (const noted of await readNotedErasures(deps.settings.dataDir))
    if (!(await isKnown(deps, noted))) unknown.push(noted)
  for (const shop of new Set(unknown.map((noted) => noted.shop)))
    await replayInShop(
      deps,
      rooms,
      shop,
      unknown.filter((noted) => noted.shop === shop),
    )
  return unknown.length
}

async function isKnown({ db }: Deps, { shop, person, at }: NotedErasure): Promise<boolean> {
  const { rows } = await db.execute(sql`
    SELECT 1 FROM erasures WHERE shop = ${shop} AND person_hash = ${person} AND asked_at = ${new Date(at).toISOString()}`)
  return rows.length > 0
}

async function replayInShop(
  deps: Deps,
  rooms: readonly Room[],
  shop: number,
  noted: NotedErasure[],
): Promise<void> {
  deps.log.info({ shop, erasures: noted.length }, 'erasures made after this backup are repeated')
  const byHash = new Map(
    noted.flatMap((erasure) => erasure.identities.map((hash) => [hash, erasure] as const)),
  )
  const found = new Map<NotedErasure, string[]>(noted.map((erasure) => [erasure, []]))
  for await (const identities of listEverybody(deps, shop))
    for (const identity of identities) {
      const erasure = byHash.get(hashErased(deps.settings.secret, shop, identity))
      if (erasure) found.get(erasure)?.push(identity)
    }
  for (const [erasure, identities] of found) await replayOne(deps, rooms, erasure, [...new Set(identities)])
}

const CHUNK = 20_000

/** All identities that either store knows, in chunks. */
async function* listEverybody({ db, clickhouse }: Deps, shop: number): AsyncGenerator<string[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await db.execute<{ identity: string }>(sql`
      SELECT identity FROM person_identities WHERE shop = ${shop} AND identity > ${after}::uuid ORDER BY identity LIMIT ${CHUNK}`)
    if (rows.length === 0) break
    yield rows.map(({ identity }) => identity)
    after = rows.at(-1)?.identity as string
  }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await clickhouse.query<{ identity: string }>(
      `SELECT DISTINCT identity FROM identity_activity WHERE shop = {shop:UInt32} AND identity > {after:UUID}
       ORDER BY identity LIMIT ${CHUNK}`,
      { params: { shop, after } },
    )
    if (rows.length === 0) break
    yield rows.map(({ identity }) => identity)
    after = rows.at(-1)?.identity as string
  }
}

/** Erases what was found, parted from persons who hold something else too. Noted even when nothing was left to erase. */
async function replayOne(
  deps: Deps,
  rooms: readonly Room[],
  noted: NotedErasure,
  identities: string[],
): Promise<void> {
  const { shop, at } = noted
  const visitors = await findVisitors(deps, shop, identities)
  await deps.db.transaction(async (tx) => {
    const context = { rooms, secret: deps.settings.secret, now: at, actor: 'system' as const }
    const { rows } = await tx.execute<{ person: string }>(sql`
      SELECT DISTINCT person FROM person_identities WHERE shop = ${shop} AND identity = ANY(${sql.param(identities)}::uuid[])`)
    for (const { person } of rows) {
      const split = await splitPerson(tx, shop, person, new Set(identities))
      const held = await listHeldIdentities(tx, shop, split?.left ?? person)
      const ref = { shop, person: split?.left ?? person, identities: held.map(({ identity }) => identity) }
      await erasePerson(tx, context, ref, valuesOf({ identities: held }))
    }
    for (const visitor of visitors) {
      const ref = { shop, person: visitor.identity, identities: [visitor.identity] }
      await erasePerson(tx, context, ref, valuesOf({ identities: [visitor] }))
    }
    await tx.execute(sql`
      INSERT INTO erasures (shop, person_hash, identity_hashes, asked_by, asked_at, finished_at)
      VALUES (${shop}, ${noted.person}, ${sql.param(noted.identities)}::text[], 'system', ${new Date(at).toISOString()}, now())
      ON CONFLICT DO NOTHING`)
  })
}

/** Those of the identities that only the event store knows. */
async function findVisitors(
  { db, clickhouse }: Deps,
  shop: number,
  identities: string[],
): Promise<HeldIdentity[]> {
  const { rows } = await db.execute<{ identity: string }>(sql`
    SELECT identity FROM person_identities WHERE shop = ${shop} AND identity = ANY(${sql.param(identities)}::uuid[])`)
  const stored = new Set(rows.map(({ identity }) => identity))
  const visitors: HeldIdentity[] = []
  for (const identity of identities) {
    if (stored.has(identity)) continue
    const visitor = await findVisitor(clickhouse, shop, identity)
    if (visitor) visitors.push(visitor)
  }
  return visitors
}
