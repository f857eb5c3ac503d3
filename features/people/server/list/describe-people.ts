import { sql } from 'drizzle-orm'
import type { Clickhouse } from '../../../../platform/clickhouse.ts'
import type { Db } from '../../../../platform/postgres.ts'
import { countOrdersByIdentity, type OrderCounts } from '../../../orders/server/reads.ts'
import type { PersonListItem, PersonOrders } from '../../contract.ts'
import { findPersonNames } from '../reads.ts'
import { readActivity } from './activity.ts'
import { firstChannelQuery } from './people-query.ts'

export interface Stores {
  db: Db
  clickhouse: Clickhouse
}

/** Somebody with a hundred thousand browsers must not fill the memory; no list needs all of them. */
const MAX_IDENTITIES = 20_000

/** All that a line about a person says, for persons in the order given. */
export async function describePeople(
  { db, clickhouse }: Stores,
  shop: number,
  persons: string[],
): Promise<PersonListItem[]> {
  if (persons.length === 0) return []
  const identities = await listIdentitiesOfAll(db, shop, persons)
  const activity = await readActivity(clickhouse, shop, identities)
  const [names, channels, orders] = await Promise.all([
    findPersonNames(db, shop, persons),
    findFirstChannels(
      clickhouse,
      shop,
      [...activity.values()].map(({ firstIdentity }) => firstIdentity),
    ),
    countOrdersByIdentity(db, shop, [...identities.values()].flat()),
  ])
  return persons.map((id) => {
    const known = names.get(id) ?? { label: '', name: '', email: '', phone: '', isKnown: false }
    const seen = activity.get(id)
    return {
      id,
      ...known,
      firstSeenAt: seen ? new Date(seen.firstAt).toISOString() : null,
      lastSeenAt: seen ? new Date(seen.lastAt).toISOString() : null,
      firstChannel: (seen && channels.get(seen.firstIdentity)) ?? '',
      orders: addOrders(identities.get(id) ?? [], orders),
    }
  })
}

export function asked({ sql: text, params }: { sql: string; params: Record<string, unknown> }) {
  return [text, { params }] as const
}

/** Identities of each person; of a visitor without rows the one that is the person. */
export async function listIdentitiesOfAll(
  db: Db,
  shop: number,
  persons: string[],
): Promise<Map<string, string[]>> {
  const { rows } = await db.execute<{ person: string; identity: string }>(sql`
    SELECT person, identity FROM person_identities
    WHERE shop = ${shop} AND person = ANY(${sql.param(persons)}::uuid[]) LIMIT ${MAX_IDENTITIES}`)
  const found = new Map<string, string[]>()
  for (const { person, identity } of rows) found.set(person, [...(found.get(person) ?? []), identity])
  for (const person of persons) if (!found.has(person)) found.set(person, [person])
  return found
}

async function findFirstChannels(clickhouse: Clickhouse, shop: number, identities: string[]) {
  if (identities.length === 0) return new Map<string, string>()
  const rows = await clickhouse.query<{ identity: string; channel: string }>(
    ...asked(firstChannelQuery(shop, identities)),
  )
  return new Map(rows.map(({ identity, channel }) => [identity, channel]))
}

function addOrders(identities: string[], counts: Map<string, OrderCounts>): PersonOrders {
  const sum: PersonOrders = { orders: 0, boughtOut: 0, ended: 0, judged: 0, late: 0 }
  for (const identity of identities) {
    const counted = counts.get(identity)
    if (!counted) continue
    sum.orders += Number(counted.orders)
    sum.boughtOut += Number(counted.boughtOut)
    sum.ended += Number(counted.ended)
    sum.judged += Number(counted.judged)
    sum.late += Number(counted.late)
  }
  return sum
}
