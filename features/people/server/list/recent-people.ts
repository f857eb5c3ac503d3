import { sql } from 'drizzle-orm'
import type { Db } from '../../../../platform/postgres.ts'
import { findPersonsOfIdentities } from '../reads.ts'
import { readActivity } from './activity.ts'
import { listIdentitiesOfAll, type Stores } from './describe-people.ts'
import { recentIdentitiesQuery, type SeenRow } from './people-query.ts'

export interface RecentRequest {
  shop: number
  known?: 'known' | 'anonymous'
  after?: SeenRow
  limit: number
}

const LEAST_ROWS = 200
/** How many times as many identities as persons are looked at in one go: a person may have several. */
const ROWS_PER_PERSON = 4
/** Where few fit, ever more are looked at in one go, up to this; and not for ever. */
const MOST_ROWS = 10_000
const MAX_ROUNDS = 20

/**
 * Persons by their last contact. Identities are walked newest first; a person stands where the identity seen last
 * stands, so that only the identities of those who are shown have to be looked up.
 */
export async function listRecentPeople(
  stores: Stores,
  request: RecentRequest,
): Promise<{ persons: string[]; next: SeenRow | undefined }> {
  const { shop, known, limit } = request
  let rowLimit = Math.max(LEAST_ROWS, limit * ROWS_PER_PERSON)
  const persons: string[] = []
  const shown = new Set<string>()
  let after = request.after
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const query = recentIdentitiesQuery(shop, { known, after, limit: rowLimit })
    const rows = await stores.clickhouse.query<SeenRow>(query.sql, { params: query.params })
    const standing = await findStanding(stores, shop, rows, known)
    for (const row of rows) {
      const person = standing(row)
      if (person === undefined || shown.has(person)) continue
      if (persons.length === limit) return { persons, next: after }
      shown.add(person)
      persons.push(person)
      after = row
    }
    if (rows.length < rowLimit) return { persons, next: undefined }
    after = rows.at(-1)
    rowLimit = Math.min(rowLimit * 2, MOST_ROWS)
  }
  return { persons, next: after }
}

/** Tells whose place in the list a row is: nobody's when the person was seen later under another identity. */
async function findStanding(
  { db, clickhouse }: Stores,
  shop: number,
  rows: SeenRow[],
  known: RecentRequest['known'],
): Promise<(row: SeenRow) => string | undefined> {
  const personOf = await findPersonsOfIdentities(
    db,
    shop,
    rows.map(({ identity }) => identity),
  )
  const persons = [...new Set(personOf.values())]
  const fits = await findFitting(db, shop, persons, known)
  const activity = await readActivity(
    clickhouse,
    shop,
    await listIdentitiesOfAll(db, shop, persons.filter(fits)),
  )
  return ({ identity, at }) => {
    const person = personOf.get(identity) as string
    const last = activity.get(person)
    return last?.lastIdentity === identity && last.lastAt === at ? person : undefined
  }
}

async function findFitting(db: Db, shop: number, persons: string[], known: RecentRequest['known']) {
  if (known === undefined) return () => true
  const { rows } = await db.execute<{ id: string }>(
    sql`SELECT id FROM persons WHERE shop = ${shop} AND known AND id = ANY(${sql.param(persons)}::uuid[])`,
  )
  const found = new Set(rows.map(({ id }) => id))
  return (person: string) => found.has(person) === (known === 'known')
}
