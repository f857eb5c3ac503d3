import { sql } from 'drizzle-orm'
import type { IdentityKind } from '../../../../kernel/hash128.ts'
import type { Tx } from '../../../../platform/postgres.ts'
import type { Evidence } from '../linking/claims.ts'
import { createLinkState, type LinkedIdentity, type LinkState } from '../linking/link-state.ts'
import type { Traits } from '../linking/traits.ts'

interface IdentityRecord extends Record<string, unknown> {
  shop: number
  identity: string
  person: string
  kind: IdentityKind
  value: string
  evidence: Evidence
  traits: Traits | null
  yielded_at: number | null
}

/** Changes of a shop's people take turns: what an event means depends on what came before it. */
export async function lockPeople(tx: Tx, shops: number[]): Promise<void> {
  const list = sql.param(shops)
  const lock = sql`SELECT shop FROM people_shops WHERE shop = ANY(${list}::int[]) ORDER BY shop FOR UPDATE`
  const { rows } = await tx.execute(lock)
  if (rows.length === shops.length) return
  await tx.execute(sql`INSERT INTO people_shops (shop) SELECT unnest(${list}::int[]) ON CONFLICT DO NOTHING`)
  await tx.execute(lock)
}

/** What the tables know of the given identities and of the persons that hold them. */
export async function loadLinkState(tx: Tx, asked: { shop: number; identity: string }[]): Promise<LinkState> {
  const stored = await loadIdentities(tx, asked)
  const separations = await loadSeparations(tx, stored)
  return createLinkState(stored, separations)
}

/** Anonymous identities without traits are left out unless asked for: a person may have thousands, and no rule needs them. */
async function loadIdentities(
  tx: Tx,
  asked: { shop: number; identity: string }[],
): Promise<LinkedIdentity[]> {
  const { rows } = await tx.execute<IdentityRecord>(sql`
    WITH asked AS (
      SELECT k.shop, k.identity, h.person
      FROM unnest(${sql.param(asked.map(({ shop }) => shop))}::int[], ${sql.param(asked.map(({ identity }) => identity))}::uuid[])
        AS k(shop, identity)
      JOIN person_identities h ON h.shop = k.shop AND h.identity = k.identity
    )
    SELECT i.shop, i.identity, i.person, i.kind, i.value, i.evidence, i.traits,
      (extract(epoch FROM i.yielded_at) * 1000)::bigint AS yielded_at
    FROM (SELECT DISTINCT shop, person FROM asked) p
    JOIN person_identities i ON i.shop = p.shop AND i.person = p.person
    WHERE i.kind <> 'anonymous' OR i.traits IS NOT NULL
       OR EXISTS (SELECT 1 FROM asked a WHERE a.shop = i.shop AND a.identity = i.identity)`)
  return rows.map(({ yielded_at, shop, identity, person, kind, value, evidence, traits }) => {
    return { shop, identity, person, kind, value, evidence, traits, yieldedAt: yielded_at }
  })
}

/** Pairs of the loaded persons that a member has told apart. */
async function loadSeparations(tx: Tx, stored: LinkedIdentity[]): Promise<[string, string][]> {
  const persons = [...new Set(stored.map(({ person }) => person))]
  if (persons.length < 2) return []
  const shops = [...new Set(stored.map(({ shop }) => shop))]
  const { rows } = await tx.execute<{ a: string; b: string }>(sql`
    SELECT DISTINCT a.person AS a, b.person AS b
    FROM person_separations s
    JOIN person_identities a ON a.shop = s.shop AND a.identity = s.a
    JOIN person_identities b ON b.shop = s.shop AND b.identity = s.b
    WHERE s.shop = ANY(${sql.param(shops)}::int[]) AND a.person <> b.person
      AND a.person = ANY(${sql.param(persons)}::uuid[]) AND b.person = ANY(${sql.param(persons)}::uuid[])`)
  return rows.map(({ a, b }) => [a, b])
}
