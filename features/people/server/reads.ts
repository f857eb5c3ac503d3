import { sql } from 'drizzle-orm'
import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { Db } from '../../../platform/postgres.ts'
import { readSearch } from './linking/search-words.ts'
import { findByWords, possibleKeys } from './list/find-words.ts'

export interface PersonsJoin {
  /** After `FROM events AS e FINAL`. */
  join: string
  /** The person of the row, a UUID. */
  person: string
}

/**
 * Pieces of ClickHouse SQL by which every report reads persons: whoever holds the event's identity now, or the
 * identity itself where nobody does. The query needs the parameter `shop` (or the one named), UInt32.
 *
 *     const { join, person } = personsJoin()
 *     `SELECT uniqExact(${person}) FROM events AS e FINAL ${join} WHERE e.shop = {shop:UInt32} AND …`
 */
export function personsJoin(options: { events?: string; shop?: string; links?: string } = {}): PersonsJoin {
  const { events = 'e', shop = 'shop', links = 'links' } = options
  return {
    // ANY: an identity has one link at most, and the engine need not look for a second (half the cost).
    join: `LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = {${shop}:UInt32} AND deleted = 0) AS ${links} ON ${links}.identity = ${events}.identity`,
    // Where the join finds nothing the engine puts the UUID of zeros.
    person: `if(${links}.person = toUUID('00000000-0000-0000-0000-000000000000'), ${events}.identity, ${links}.person)`,
  }
}

/** Which state of links a report reads: it stands in the report and in the key of its cache. */
export async function linkVersion({ clickhouse }: { clickhouse: Clickhouse }, shop: number): Promise<number> {
  const [row] = await clickhouse.query<{ version: number }>(
    'SELECT max(version) AS version FROM identity_links WHERE shop = {shop:UInt32}',
    { params: { shop } },
  )
  return row?.version ?? 0
}

/** All identities of a person, the person's own included; for a visitor without a row that is the only one. */
export async function listIdentities(db: Db, shop: number, person: string): Promise<string[]> {
  const { rows } = await db.execute<{ identity: string }>(
    sql`SELECT identity FROM person_identities WHERE shop = ${shop} AND person = ${person}`,
  )
  return rows.length === 0 ? [person] : rows.map(({ identity }) => identity)
}

/** The person who holds the identity; undefined when nothing is stored of it, which makes it its own person. */
export async function findPersonOfIdentity(
  db: Db,
  shop: number,
  identity: string,
): Promise<string | undefined> {
  const { rows } = await db.execute<{ person: string }>(
    sql`SELECT person FROM person_identities WHERE shop = ${shop} AND identity = ${identity}`,
  )
  return rows[0]?.person
}

/** For each identity all those of the same person, itself included. */
export async function findSiblingIdentities(
  db: Db,
  shop: number,
  identities: string[],
): Promise<Map<string, string[]>> {
  const siblings = new Map(identities.map((identity) => [identity, [identity]]))
  if (identities.length === 0) return siblings
  const { rows } = await db.execute<{ identity: string; sibling: string }>(
    sql`SELECT i.identity, s.identity AS sibling FROM person_identities i
        JOIN person_identities s ON s.shop = i.shop AND s.person = i.person AND s.identity <> i.identity
        WHERE i.shop = ${shop} AND i.identity = ANY(${sql.param(identities)}::uuid[])`,
  )
  for (const { identity, sibling } of rows) siblings.get(identity)?.push(sibling)
  return siblings
}

/** The persons who hold the identities; identities of which nothing is stored map to themselves. */
export async function findPersonsOfIdentities(
  db: Db,
  shop: number,
  identities: string[],
): Promise<Map<string, string>> {
  const persons = new Map(identities.map((identity) => [identity, identity]))
  if (identities.length === 0) return persons
  const { rows } = await db.execute<{ identity: string; person: string }>(
    sql`SELECT identity, person FROM person_identities WHERE shop = ${shop} AND identity = ANY(${sql.param(identities)}::uuid[])`,
  )
  for (const { identity, person } of rows) persons.set(identity, person)
  return persons
}

export interface PersonName {
  /** By name, else by what is known best; '' for a visitor of whom nothing is known. */
  label: string
  name: string
  email: string
  phone: string
  isKnown: boolean
}

/** How persons are called; the ones of whom nothing is stored are left out. */
export async function findPersonNames(
  db: Db,
  shop: number,
  persons: string[],
): Promise<Map<string, PersonName>> {
  if (persons.length === 0) return new Map()
  const { rows } = await db.execute<{
    id: string
    name: string
    email: string
    phone: string
    known: boolean
    user_id: string | null
  }>(sql`
    SELECT p.id, p.name, p.email, p.phone, p.known,
           (SELECT i.value FROM person_identities i WHERE i.shop = p.shop AND i.person = p.id AND i.kind = 'user' LIMIT 1) AS user_id
    FROM persons p WHERE p.shop = ${shop} AND p.id = ANY(${sql.param(persons)}::uuid[])`)
  return new Map(
    rows.map(({ id, name, email, phone, known, user_id }) => {
      return [id, { label: name || email || phone || (user_id ?? ''), name, email, phone, isKnown: known }]
    }),
  )
}

/** Whom identities belong to, with a name where there is one; for rooms that show persons beside their own things. */
export async function findPersons(
  db: Db,
  shop: number,
  identities: string[],
): Promise<Map<string, { id: string; name: string | null }>> {
  const persons = await findPersonsOfIdentities(db, shop, identities)
  const names = await findPersonNames(db, shop, [...new Set(persons.values())])
  return new Map([...persons].map(([identity, id]) => [identity, { id, name: names.get(id)?.label || null }]))
}

/** Identities of the persons who are known by a text: a name, e-mail, phone or id. */
export async function findIdentitiesByText(
  db: Db,
  shop: number,
  text: string,
  limit: number,
): Promise<string[]> {
  const keys = possibleKeys({ shop, text })
  const persons = await findByWords(db, shop, readSearch(text), limit)
  const { rows } = await db.execute<{ identity: string }>(sql`
    SELECT identity FROM person_identities
    WHERE shop = ${shop} AND person = ANY(
      SELECT person FROM person_identities WHERE shop = ${shop} AND identity = ANY(${sql.param(keys)}::uuid[])
      UNION SELECT unnest(${sql.param(persons)}::uuid[]))
    LIMIT ${limit}`)
  // A visitor of whom nothing is stored is found by the anonymous id itself.
  return [...new Set([...rows.map(({ identity }) => identity), ...keys])]
}
