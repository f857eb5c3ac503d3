import { sql } from 'drizzle-orm'
import type { IdentityKind } from '../../../kernel/hash128.ts'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { Evidence } from './linking/claims.ts'
import { deriveProfile, type HeldIdentity } from './linking/profile.ts'
import { listSearchWords } from './linking/search-words.ts'
import type { Traits } from './linking/traits.ts'

/** A person with the identities from which everything else about the person follows. */
export interface PersonToWrite {
  shop: number
  id: string
  identities: readonly HeldIdentity[]
}

/** Writes what follows from the identities of each person: name, contacts, words to be found by. */
export async function writePersons(
  tx: Tx,
  persons: readonly PersonToWrite[],
  /** Who wasn't there before, and so has no words to take away. */
  isNew: (id: string) => boolean = () => false,
): Promise<void> {
  if (persons.length === 0) return
  const rows = persons.map(({ shop, id, identities }) => {
    const { name, email, phone, isKnown, knownAt } = deriveProfile(identities)
    return { shop, id, name, email, phone, known: isKnown, known_at: new Date(knownAt).toISOString() }
  })
  await tx.execute(sql`
    INSERT INTO persons (shop, id, name, email, phone, known, known_at)
    SELECT shop, id, name, email, phone, known, known_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(shop int, id uuid, name text, email text, phone text, known boolean, known_at timestamptz)
    ON CONFLICT (shop, id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone,
      known = excluded.known, known_at = excluded.known_at`)
  await writeWords(tx, persons, rows, isNew)
}

async function writeWords(
  tx: Tx,
  persons: readonly PersonToWrite[],
  named: { name: string }[],
  isNew: (id: string) => boolean,
): Promise<void> {
  const words = persons.flatMap(({ shop, id, identities }, index) =>
    listSearchWords(named[index]?.name ?? '', [...identities]).map((word) => ({ shop, person: id, word })),
  )
  const wanted = sql`unnest(${sql.param(words.map(({ shop }) => shop))}::int[], ${sql.param(words.map(({ person }) => person))}::uuid[],
    ${sql.param(words.map(({ word }) => word))}::text[]) AS n(shop, person, word)`
  const known = persons.filter(({ id }) => !isNew(id))
  if (known.length > 0)
    await tx.execute(sql`
      DELETE FROM person_words w
      USING unnest(${sql.param(known.map(({ shop }) => shop))}::int[], ${sql.param(known.map(({ id }) => id))}::uuid[]) AS p(shop, id)
      WHERE w.shop = p.shop AND w.person = p.id AND (w.shop, w.person, w.word) NOT IN (SELECT n.shop, n.person, n.word FROM ${wanted})`)
  await tx.execute(
    sql`INSERT INTO person_words (shop, person, word) SELECT * FROM ${wanted} ON CONFLICT DO NOTHING`,
  )
}

/** Removes what is written about persons that hold no identity any more. */
export async function deletePersons(tx: Tx, persons: { shop: number; id: string }[]): Promise<void> {
  if (persons.length === 0) return
  const list = sql`unnest(${sql.param(persons.map(({ shop }) => shop))}::int[], ${sql.param(persons.map(({ id }) => id))}::uuid[]) AS p(shop, id)`
  await tx.execute(sql`DELETE FROM person_words w USING ${list} WHERE w.shop = p.shop AND w.person = p.id`)
  await tx.execute(sql`DELETE FROM persons d USING ${list} WHERE d.shop = p.shop AND d.id = p.id`)
}

interface HeldRecord extends Record<string, unknown> {
  identity: string
  kind: IdentityKind
  value: string
  evidence: Evidence
  traits: Traits | null
  yielded_at: number | null
}

/** All stored identities of a person, the strongest kinds first; none for a visitor who is one anonymous id. */
export async function listHeldIdentities(
  db: Db,
  shop: number,
  person: string,
  options: { onlyWithTraits?: boolean } = {},
): Promise<HeldIdentity[]> {
  const { rows } = await db.execute<HeldRecord>(sql`
    SELECT identity, kind, value, evidence, traits, (extract(epoch FROM yielded_at) * 1000)::bigint AS yielded_at
    FROM person_identities WHERE shop = ${shop} AND person = ${person}
      ${options.onlyWithTraits ? sql`AND traits IS NOT NULL` : sql``}
    ORDER BY array_position(ARRAY['user','email','phone','messenger','anonymous'], kind), linked_at, identity`)
  return rows.map(({ yielded_at, identity, kind, value, evidence, traits }) => {
    return { identity, kind, value, evidence, traits, yieldedAt: yielded_at }
  })
}
