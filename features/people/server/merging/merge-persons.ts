import { sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../../kernel/errors.ts'
import { emit } from '../../../../platform/domain-events.ts'
import type { Principal } from '../../../../platform/http/access.ts'
import type { Db, Tx } from '../../../../platform/postgres.ts'
import type { Room } from '../../../../platform/room.ts'
import { recordAudit } from '../../../accounts/server/actions.ts'
import { lockPeople } from '../consumer/load-state.ts'
import { labelOf } from '../linking/profile.ts'
import { listHeldIdentities } from '../persons-store.ts'
import { type HeldPerson, storeVisitor } from './held-person.ts'
import { moveIdentities, rewritePersons, splitPerson } from './move-identities.ts'

/** What a member's decision about persons needs: where, who decides, and who has to know. */
export interface DecisionContext {
  shop: number
  actor: Principal
  rooms: readonly Room[]
  /** Milliseconds since 1970. */
  now: number
}

/** Makes one person of two: `from` is no more, `into` has the identities of both. Returns the number of the merge. */
export async function mergePersons(
  tx: Tx,
  context: DecisionContext,
  from: HeldPerson,
  into: HeldPerson,
): Promise<number> {
  const { shop, actor, rooms, now } = context
  if (from.id === into.id) throw new AppError('conflict', 'This is one person already.')
  await lockPeople(tx, [shop])
  await storeVisitor(tx, shop, from)
  await storeVisitor(tx, shop, into)
  const [moved, kept] = [
    await listHeldIdentities(tx, shop, from.id),
    await listHeldIdentities(tx, shop, into.id),
  ]
  if (moved.length === 0 || kept.length === 0) throw changedMeanwhile()
  const identities = moved.map(({ identity }) => identity)
  await forgetSeparations(
    tx,
    shop,
    identities,
    kept.map(({ identity }) => identity),
  )
  await moveIdentities(tx, shop, identities, into.id)
  await yieldTraits(tx, shop, identities, now)
  await rewritePersons(tx, shop, [from.id, into.id])
  for (const room of rooms) await room.person?.merge?.(tx, { shop, from: from.id, into: into.id, identities })
  const [fromLabel, intoLabel] = [labelOf(moved), labelOf(kept)]
  const { rows } = await tx.execute<{ id: number }>(sql`
    INSERT INTO person_merges (shop, from_person, into_person, moved, from_label, into_label, made_by, made_at)
    VALUES (${shop}, ${from.id}, ${into.id}, ${sql.param(identities)}::uuid[], ${fromLabel}, ${intoLabel}, ${actor.name},
            ${new Date(now).toISOString()}) RETURNING id`)
  const merge = (rows[0] as { id: number }).id
  await emit(tx, shop, 'Person Merged', { from: from.id, into: into.id, merge })
  const detail = { from: from.id, into: into.id, merge }
  await recordAudit(tx, { shop, actor, action: 'person.merged', target: shortId(into.id), detail })
  return merge
}

/** A member chose who stays: where both persons said something, that one is believed until something newer comes. */
async function yieldTraits(tx: Tx, shop: number, identities: string[], now: number): Promise<void> {
  await tx.execute(sql`
    UPDATE person_identities SET yielded_at = ${new Date(now).toISOString()}
    WHERE shop = ${shop} AND identity = ANY(${sql.param(identities)}::uuid[])`)
}

/** What a merge had pushed behind stands in front again, unless an earlier merge that still holds says otherwise. */
async function restoreTraits(tx: Tx, shop: number, identities: string[], merge: number): Promise<void> {
  await tx.execute(sql`
    UPDATE person_identities i SET yielded_at = (
      SELECT max(m.made_at) FROM person_merges m
      WHERE m.shop = i.shop AND m.id <> ${merge} AND m.undone_at IS NULL AND m.made_by IS NOT NULL AND i.identity = ANY(m.moved))
    WHERE i.shop = ${shop} AND i.identity = ANY(${sql.param(identities)}::uuid[])`)
}

function changedMeanwhile(): AppError {
  return new AppError('conflict', 'These people have changed meanwhile. Look at them again.')
}

/** Rows of separations between any of one side and any of the other. */
function between(shop: number, left: string[], right: string[]) {
  const [a, b] = [sql.param(left), sql.param(right)]
  return sql`shop = ${shop} AND ((a = ANY(${a}::uuid[]) AND b = ANY(${b}::uuid[])) OR (a = ANY(${b}::uuid[]) AND b = ANY(${a}::uuid[])))`
}

async function forgetSeparations(tx: Tx, shop: number, left: string[], right: string[]): Promise<void> {
  await tx.execute(sql`DELETE FROM person_separations WHERE ${between(shop, left, right)}`)
}

/** Whether a member said that the holders of these identities are two. */
export async function areSeparated(db: Db, shop: number, left: string[], right: string[]): Promise<boolean> {
  const { rows } = await db.execute(
    sql`SELECT 1 FROM person_separations WHERE ${between(shop, left, right)} LIMIT 1`,
  )
  return rows.length > 0
}

/** From now on no rule makes one person of the two; said of identities, since those outlive merges. */
export async function separate(tx: Tx, shop: number, a: string, b: string, by: string): Promise<void> {
  const [first, second] = a < b ? [a, b] : [b, a]
  await tx.execute(sql`
    INSERT INTO person_separations (shop, a, b, said_by) VALUES (${shop}, ${first}, ${second}, ${by}) ON CONFLICT DO NOTHING`)
}

interface MergeRow extends Record<string, unknown> {
  from_person: string
  into_person: string
  moved: string[]
  undone_at: string | null
}

/**
 * Undoes a merge: the identities that it moved are a person of their own again, with all that came under them before
 * and since. What was linked to the other person since stays there.
 */
export async function unmergePersons(
  tx: Tx,
  context: DecisionContext,
  merge: number,
): Promise<{ from: string; into: string }> {
  const { shop, actor, now } = context
  await lockPeople(tx, [shop])
  const { rows } = await tx.execute<MergeRow>(sql`
    SELECT from_person, into_person, moved, undone_at FROM person_merges
    WHERE shop = ${shop} AND id = ${merge} FOR UPDATE`)
  const row = orNotFound(rows[0], 'The merge')
  if (row.undone_at !== null) throw new AppError('conflict', 'This merge has been undone already.')
  const holder = await findHolder(tx, shop, row.into_person)
  await restoreTraits(tx, shop, row.moved, merge)
  const split = holder && (await splitPerson(tx, shop, holder, new Set(row.moved), row.from_person))
  if (!split)
    throw new AppError(
      'conflict',
      'Nothing of this merge is left to undo: its identities have been moved since.',
    )
  await separate(tx, shop, row.from_person, row.into_person, actor.name)
  await tellOfParting(tx, context, split, row.moved)
  await tx.execute(sql`
    UPDATE person_merges SET undone_at = ${new Date(now).toISOString()}, undone_by = ${actor.name} WHERE shop = ${shop} AND id = ${merge}`)
  const detail = { from: split.left, into: split.stayed, merge }
  await recordAudit(tx, { shop, actor, action: 'person.unmerged', target: shortId(split.stayed), detail })
  return { from: split.left, into: split.stayed }
}

async function findHolder(tx: Tx, shop: number, identity: string): Promise<string | undefined> {
  const { rows } = await tx.execute<{ person: string }>(
    sql`SELECT person FROM person_identities WHERE shop = ${shop} AND identity = ${identity}`,
  )
  return rows[0]?.person
}

async function tellOfParting(
  tx: Tx,
  { shop, rooms }: DecisionContext,
  split: { stayed: string; left: string },
  moved: string[],
) {
  const change = { shop, from: split.stayed, to: split.left, identities: moved }
  for (const room of rooms) await room.person?.unmerge?.(tx, change)
  await emit(tx, shop, 'Person Unmerged', { from: split.stayed, to: split.left })
}

/** Takes one identity away from its person, by a member's word; no rule links the two again. */
export async function detachIdentity(
  tx: Tx,
  context: DecisionContext,
  person: HeldPerson,
  identity: string,
): Promise<{ stayed: string; left: string }> {
  const { shop, actor } = context
  await lockPeople(tx, [shop])
  const held = await listHeldIdentities(tx, shop, person.id)
  const taken = orNotFound(
    held.find((item) => item.identity === identity),
    'The identity',
  )
  const split = await splitPerson(tx, shop, person.id, new Set([identity]))
  if (!split) throw new AppError('conflict', 'This is the only identity of the person.')
  await separate(tx, shop, split.stayed, split.left, actor.name)
  await tellOfParting(tx, context, split, [identity])
  const detail = { kind: taken.kind, identity, left: split.left }
  await recordAudit(tx, {
    shop,
    actor,
    action: 'person.identity_detached',
    target: shortId(split.stayed),
    detail,
  })
  return split
}

/** The log of changes outlives an erasure, so it names people by nothing that is theirs. */
export function shortId(person: string): string {
  return `#${person.slice(0, 8)}`
}
