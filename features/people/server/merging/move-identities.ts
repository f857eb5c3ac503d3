import { sql } from 'drizzle-orm'
import type { Tx } from '../../../../platform/postgres.ts'
import { insertLinkChanges } from '../consumer/write-changes.ts'
import { findStrongest } from '../linking/profile.ts'
import { deletePersons, listHeldIdentities, writePersons } from '../persons-store.ts'

/** Gives identities to a person and tells the mirror; whoever gains or loses by it must be rewritten afterwards. */
export async function moveIdentities(
  tx: Tx,
  shop: number,
  identities: string[],
  person: string,
): Promise<void> {
  await tx.execute(sql`
    UPDATE person_identities SET person = ${person}
    WHERE shop = ${shop} AND identity = ANY(${sql.param(identities)}::uuid[])`)
  await insertLinkChanges(
    tx,
    identities.map((identity) => ({ shop, identity, person })),
  )
}

/** Writes anew what follows from the identities of each person; one without identities is no more. */
export async function rewritePersons(tx: Tx, shop: number, persons: string[]): Promise<void> {
  for (const id of persons) {
    const identities = await listHeldIdentities(tx, shop, id)
    if (identities.length === 0) await deletePersons(tx, [{ shop, id }])
    else await writePersons(tx, [{ shop, id, identities }])
  }
}

export interface Split {
  /** Who keeps the rest, and who has the ones that left. */
  stayed: string
  left: string
}

/**
 * Parts a person: the given identities leave, the rest stays. A person is named by one of its own identities, so a
 * side that loses the one it was named by is named by its strongest. undefined when one side would be empty.
 */
export async function splitPerson(
  tx: Tx,
  shop: number,
  person: string,
  leaving: ReadonlySet<string>,
  formerId?: string,
): Promise<Split | undefined> {
  const held = await listHeldIdentities(tx, shop, person)
  const left = held.filter(({ identity }) => leaving.has(identity))
  const stayed = held.filter(({ identity }) => !leaving.has(identity))
  const leftId = left.some(({ identity }) => identity === formerId) ? formerId : findStrongest(left)?.identity
  const stayedId = stayed.some(({ identity }) => identity === person)
    ? person
    : findStrongest(stayed)?.identity
  if (leftId === undefined || stayedId === undefined) return undefined
  const move = (side: typeof held, id: string) =>
    moveIdentities(
      tx,
      shop,
      side.map(({ identity }) => identity),
      id,
    )
  await move(left, leftId)
  if (stayedId !== person) await move(stayed, stayedId)
  await rewritePersons(tx, shop, [...new Set([person, leftId, stayedId])])
  return { stayed: stayedId, left: leftId }
}
