import { sql } from 'drizzle-orm'
import type { Principal } from '../../../../platform/http/access.ts'
import type { Tx } from '../../../../platform/postgres.ts'
import type { PersonRef, Room } from '../../../../platform/room.ts'
import { sign } from '../../../../platform/secret.ts'
import { recordAudit } from '../../../accounts/server/actions.ts'
import { lockPeople } from '../consumer/load-state.ts'
import { insertLinkChanges } from '../consumer/write-changes.ts'
import { shortId } from '../merging/merge-persons.ts'
import type { PendingErasure } from './pending.ts'

export interface ErasureContext {
  rooms: readonly Room[]
  secret: Buffer
  /** Milliseconds since 1970. */
  now: number
  actor: Principal | 'system'
}

/** Tells whether something erased is meant without keeping what was erased: nobody without the key can guess back. */
export function hashErased(secret: Buffer, shop: number, identity: string): string {
  return sign(secret, 'erasure', `${shop}\0${identity}`)
}

/**
 * Removes a person from PostgreSQL, every room's part included, and notes what the event store has still to forget.
 * Later events of the same identities begin a new person: nobody is kept out of a shop for having asked for privacy,
 * and an e-mail that orders again must be served. Returns the number of the erasure.
 */
export async function erasePerson(
  tx: Tx,
  context: ErasureContext,
  ref: PersonRef,
  values: PendingErasure['values'],
): Promise<number> {
  const { shop, person, identities } = ref
  const { rooms, secret, now, actor } = context
  await lockPeople(tx, [shop])
  for (const room of rooms) await room.person?.erase?.(tx, ref)
  await deletePeopleRows(tx, ref)
  await insertLinkChanges(
    tx,
    identities.map((identity) => ({ shop, identity, person: identity })),
  )
  // Whoever remembers in memory that these identities need nothing more must forget it.
  await tx.execute(sql`UPDATE people_shops SET nonce = gen_random_uuid() WHERE shop = ${shop}`)
  const pending: PendingErasure = {
    person,
    identities,
    values,
    before: now,
    linkVersion: await readLinkVersion(tx),
  }
  const hashes = identities.map((identity) => hashErased(secret, shop, identity))
  const { rows } = await tx.execute<{ id: number }>(sql`
    INSERT INTO erasures (shop, person_hash, identity_hashes, asked_by, asked_at, pending)
    VALUES (${shop}, ${hashErased(secret, shop, person)}, ${sql.param(hashes)}::text[],
            ${actor === 'system' ? 'system' : actor.name}, ${new Date(now).toISOString()}, ${JSON.stringify(pending)}::jsonb)
    RETURNING id`)
  const id = (rows[0] as { id: number }).id
  await recordAudit(tx, {
    shop,
    actor,
    action: 'person.erased',
    target: shortId(person),
    detail: { erasure: id },
  })
  return id
}

/** Under the lock of the shop no later link of these identities has a smaller version. */
async function readLinkVersion(tx: Tx): Promise<number> {
  const { rows } = await tx.execute<{ last: number }>(sql`SELECT max(id) AS last FROM link_changes`)
  return Number(rows[0]?.last ?? 0)
}

async function deletePeopleRows(tx: Tx, { shop, person, identities }: PersonRef): Promise<void> {
  const theirs = sql`ANY(${sql.param([person, ...identities])}::uuid[])`
  await tx.execute(sql`DELETE FROM person_words WHERE shop = ${shop} AND person = ${person}`)
  await tx.execute(sql`DELETE FROM persons WHERE shop = ${shop} AND id = ${person}`)
  await tx.execute(sql`DELETE FROM person_identities WHERE shop = ${shop} AND person = ${person}`)
  await tx.execute(
    sql`DELETE FROM person_merges WHERE shop = ${shop} AND (from_person = ${theirs} OR into_person = ${theirs})`,
  )
  await tx.execute(
    sql`DELETE FROM merge_suggestions WHERE shop = ${shop} AND (a = ${theirs} OR b = ${theirs} OR via = ${theirs})`,
  )
  await tx.execute(
    sql`DELETE FROM person_separations WHERE shop = ${shop} AND (a = ${theirs} OR b = ${theirs})`,
  )
  await tx.execute(
    sql`DELETE FROM link_changes WHERE shop = ${shop} AND (identity = ${theirs} OR person = ${theirs})`,
  )
}
