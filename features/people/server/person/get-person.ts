import { sql } from 'drizzle-orm'
import { orNotFound } from '../../../../kernel/errors.ts'
import { listOrdersOfIdentities } from '../../../orders/server/reads.ts'
import type { PersonDetail, PersonIdentity, PersonMerge } from '../../contract.ts'
import type { MeetingEvidence } from '../linking/link-state.ts'
import { deriveProfile, type HeldIdentity } from '../linking/profile.ts'
import { asked, describePeople, type Stores } from '../list/describe-people.ts'
import { findVisitor } from '../merging/held-person.ts'
import { countSuggestionsOf } from '../merging/suggestions.ts'
import { listHeldIdentities } from '../persons-store.ts'
import { findPersonOfIdentity, listIdentities } from '../reads.ts'
import { toEvidence } from './evidence.ts'

const SHOWN_IDENTITIES = 200
const SHOWN_MERGES = 50
const SHOWN_ORDERS = 50

/** Everything on a person's page but the path; `id` may be any identity of the person. */
export async function getPerson(stores: Stores, shop: number, id: string): Promise<PersonDetail> {
  const person = await getPersonId(stores, shop, id)
  const all = await listIdentities(stores.db, shop, person)
  const [described, identities, merges, channels, suggestions, lastOrders] = await Promise.all([
    describePeople(stores, shop, [person]),
    listShownIdentities(stores, shop, person),
    listMerges(stores, shop, person),
    countChannels(stores, shop, all),
    countSuggestionsOf(stores.db, shop, person),
    listOrdersOfIdentities(stores.db, shop, all, { limit: SHOWN_ORDERS }),
  ])
  const { shown, traits } = identities
  return {
    ...orNotFound(described[0], 'The person'),
    events: channels.reduce((sum, { events }) => sum + events, 0),
    channels,
    traits,
    identities: shown,
    identityCount: all.length,
    merges,
    suggestions,
    lastOrders,
  }
}

/** The person who holds the identity now; a visitor is its own. Fails with `not_found` when nobody was ever seen under it. */
export async function getPersonId({ db, clickhouse }: Stores, shop: number, id: string): Promise<string> {
  const stored = await findPersonOfIdentity(db, shop, id)
  if (stored !== undefined) return stored
  const [visitor] = await clickhouse.query<{ identity: string }>(
    'SELECT identity FROM identity_activity WHERE shop = {shop:UInt32} AND identity = {id:UUID} LIMIT 1',
    { params: { shop, id } },
  )
  return orNotFound(visitor, 'The person').identity
}

type ShownIdentity = Omit<HeldIdentity, 'traits' | 'yieldedAt'>

async function listShownIdentities({ db, clickhouse }: Stores, shop: number, person: string) {
  const { rows } = await db.execute<ShownIdentity & Record<string, unknown>>(sql`
    SELECT identity, kind, value, evidence FROM person_identities WHERE shop = ${shop} AND person = ${person}
    ORDER BY array_position(ARRAY['user','email','phone','messenger','anonymous'], kind), linked_at DESC, identity
    LIMIT ${SHOWN_IDENTITIES}`)
  const traited = await listHeldIdentities(db, shop, person, { onlyWithTraits: true })
  const visitor = rows.length === 0 ? await findVisitor(clickhouse, shop, person) : undefined
  const shown: ShownIdentity[] = visitor ? [visitor] : rows
  return {
    shown: shown.map(toIdentity),
    traits: Object.entries(deriveProfile(traited).traits)
      .map(([name, { value, at }]) => ({ name, value, at: new Date(at).toISOString() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function toIdentity({ identity, kind, value, evidence }: ShownIdentity): PersonIdentity {
  return { identity, kind, value, evidence: toEvidence(evidence) }
}

interface MergeRow extends Record<string, unknown> {
  id: number
  from_label: string
  into_label: string
  identities: number
  evidence: MeetingEvidence | null
  made_by: string | null
  made_at: string
  undone_by: string | null
  undone_at: string | null
}

/** Merges that made this person or that it was parted from, the newest first. */
async function listMerges({ db }: Stores, shop: number, person: string): Promise<PersonMerge[]> {
  const { rows } = await db.execute<MergeRow>(sql`
    SELECT id, from_label, into_label, cardinality(moved) AS identities, evidence, made_by, made_at, undone_by, undone_at
    FROM person_merges
    WHERE shop = ${shop} AND (into_person IN (SELECT identity FROM person_identities WHERE shop = ${shop} AND person = ${person})
      OR from_person = ${person})
    ORDER BY id DESC LIMIT ${SHOWN_MERGES}`)
  return rows.map((row) => ({
    id: row.id,
    fromLabel: row.from_label,
    intoLabel: row.into_label,
    identities: row.identities,
    evidence: row.evidence && toEvidence(row.evidence),
    madeBy: row.made_by,
    madeAt: new Date(row.made_at).toISOString(),
    undoneBy: row.undone_by,
    undoneAt: row.undone_at === null ? null : new Date(row.undone_at).toISOString(),
  }))
}

async function countChannels({ clickhouse }: Stores, shop: number, identities: string[]) {
  return clickhouse.query<{ channel: string; events: number }>(
    ...asked({
      sql: `SELECT channel, count() AS events FROM events FINAL
        WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)} GROUP BY channel ORDER BY events DESC, channel`,
      params: { shop, identities },
    }),
  )
}
