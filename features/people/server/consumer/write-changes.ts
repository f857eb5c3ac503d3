import { sql } from 'drizzle-orm'
import { emit } from '../../../../platform/domain-events.ts'
import type { Tx } from '../../../../platform/postgres.ts'
import type { Room } from '../../../../platform/room.ts'
import type { LinkedIdentity, LinkState, MergeChange, SuggestionChange } from '../linking/link-state.ts'
import { listMembers } from '../linking/link-state.ts'
import { deletePersons, writePersons } from '../persons-store.ts'

/** A kiosk or a shared tablet meets everybody: past so many, one identity suggests nothing more. */
const MAX_SUGGESTIONS_OF_ONE = 5

/** Writes the difference that a batch made, in statements over the whole batch. */
export async function writeChanges(tx: Tx, state: LinkState, rooms: readonly Room[]): Promise<void> {
  const moved = await moveMerged(tx, state)
  await insertFresh(tx, state)
  await updateTraits(tx, state)
  const written = [...state.touched].map((id) => {
    const identities = listMembers(state, id)
    return { shop: (identities[0] as LinkedIdentity).shop, id, identities }
  })
  // A person is named by an identity of its own: one that came with this batch names a person that did.
  await writePersons(tx, written, (id) => state.fresh.has(id))
  await deletePersons(
    tx,
    [...finalMerges(state)].map(([id, { shop }]) => ({ shop, id })),
  )
  await writeLinks(tx, state, moved)
  await writeMerges(tx, state.merges, moved, rooms)
  await writeSuggestions(tx, state.suggestions)
}

interface MovedIdentity {
  identity: string
  /** Who held it when the batch began. */
  origin: string
  shop: number
  target: string
}

/** Where each stored person that was merged away stands at the end of the batch. */
function finalMerges(state: LinkState): Map<string, { shop: number; into: string }> {
  const final = new Map<string, { shop: number; into: string }>()
  for (const { shop, origins } of state.merges)
    for (const origin of origins) final.set(origin, { shop, into: origin })
  for (const [person, origins] of state.origins)
    for (const origin of origins) {
      const entry = final.get(origin)
      if (entry) entry.into = person
    }
  return final
}

/** Identities that the state doesn't hold move too, so the table itself tells which they were. */
async function moveMerged(tx: Tx, state: LinkState): Promise<MovedIdentity[]> {
  const merges = [...finalMerges(state)].filter(([from, { into }]) => from !== into)
  if (merges.length === 0) return []
  const { rows } = await tx.execute<MovedIdentity & Record<string, unknown>>(sql`
    UPDATE person_identities i SET person = m.target
    FROM unnest(${sql.param(merges.map(([, { shop }]) => shop))}::int[], ${sql.param(merges.map(([from]) => from))}::uuid[],
                ${sql.param(merges.map(([, { into }]) => into))}::uuid[]) AS m(shop, origin, target)
    WHERE i.shop = m.shop AND i.person = m.origin
    RETURNING i.identity, m.origin, i.shop, i.person AS target`)
  return rows
}

async function insertFresh(tx: Tx, state: LinkState): Promise<void> {
  if (state.fresh.size === 0) return
  const rows = [...state.fresh].map((identity) => {
    const { shop, person, kind, value, evidence, traits } = state.identities.get(identity) as LinkedIdentity
    return {
      shop,
      identity,
      person,
      kind,
      value,
      evidence,
      traits,
      linked_at: new Date(evidence.at).toISOString(),
    }
  })
  await tx.execute(sql`
    INSERT INTO person_identities (shop, identity, person, kind, value, evidence, traits, linked_at)
    SELECT shop, identity, person, kind, value, evidence, NULLIF(traits, 'null'), linked_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(shop int, identity uuid, person uuid, kind text, value text, evidence jsonb, traits jsonb, linked_at timestamptz)`)
}

async function updateTraits(tx: Tx, state: LinkState): Promise<void> {
  const changed = [...state.retraited].filter((identity) => !state.fresh.has(identity))
  if (changed.length === 0) return
  const rows = changed.map((identity) => {
    const { shop, traits } = state.identities.get(identity) as LinkedIdentity
    return { shop, identity, traits }
  })
  await tx.execute(sql`
    UPDATE person_identities i SET traits = r.traits
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(shop int, identity uuid, traits jsonb)
    WHERE i.shop = r.shop AND i.identity = r.identity`)
}

/** No row means that an identity is its own person, so only the others are told to the event store. */
async function writeLinks(tx: Tx, state: LinkState, moved: MovedIdentity[]): Promise<void> {
  const links = moved.map(({ shop, identity, target }) => ({ shop, identity, person: target }))
  for (const identity of state.fresh) {
    const { shop, person } = state.identities.get(identity) as LinkedIdentity
    if (person !== identity) links.push({ shop, identity, person })
  }
  await insertLinkChanges(tx, links)
}

export interface LinkChange {
  shop: number
  identity: string
  /** The identity itself when the link is taken back. */
  person: string
}

export async function insertLinkChanges(tx: Tx, links: LinkChange[]): Promise<void> {
  if (links.length === 0) return
  await tx.execute(sql`
    INSERT INTO link_changes (shop, identity, person, deleted)
    SELECT l.shop, l.identity, l.person, l.identity = l.person
    FROM unnest(${sql.param(links.map(({ shop }) => shop))}::int[], ${sql.param(links.map(({ identity }) => identity))}::uuid[],
                ${sql.param(links.map(({ person }) => person))}::uuid[]) AS l(shop, identity, person)`)
}

async function writeMerges(
  tx: Tx,
  merges: MergeChange[],
  moved: MovedIdentity[],
  rooms: readonly Room[],
): Promise<void> {
  for (const merge of merges) {
    const { shop, from, into, evidence, fromLabel, intoLabel } = merge
    const stored = moved
      .filter(({ origin }) => merge.origins.includes(origin))
      .map(({ identity }) => identity)
    const identities = [...new Set([...merge.members, ...stored])]
    for (const room of rooms) await room.person?.merge?.(tx, { shop, from, into, identities })
    const { rows } = await tx.execute<{ id: number }>(sql`
      INSERT INTO person_merges (shop, from_person, into_person, moved, from_label, into_label, evidence, made_at)
      VALUES (${shop}, ${from}, ${into}, ${sql.param(identities)}::uuid[], ${fromLabel}, ${intoLabel},
              ${JSON.stringify(evidence)}::jsonb, ${new Date(evidence.at).toISOString()}) RETURNING id`)
    await emit(tx, shop, 'Person Merged', { from, into, merge: rows[0]?.id })
  }
}

async function writeSuggestions(tx: Tx, suggestions: SuggestionChange[]): Promise<void> {
  if (suggestions.length === 0) return
  const rows = suggestions.map(({ evidence, ...rest }) => ({
    ...rest,
    evidence,
    made_at: new Date(evidence.at).toISOString(),
  }))
  await tx.execute(sql`
    INSERT INTO merge_suggestions (shop, a, b, reason, via, evidence, made_at)
    SELECT r.shop, r.a, r.b, r.reason, r.via, r.evidence, r.made_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(shop int, a uuid, b uuid, reason text, via uuid, evidence jsonb, made_at timestamptz)
    WHERE (SELECT count(*) FROM merge_suggestions s WHERE s.shop = r.shop AND s.via = r.via) < ${MAX_SUGGESTIONS_OF_ONE}
    ON CONFLICT DO NOTHING`)
}
