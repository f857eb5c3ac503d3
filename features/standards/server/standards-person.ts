import { sql } from 'drizzle-orm'
import type { Tx } from '../../../platform/postgres.ts'
import type { Deps, PersonParts, PersonRef } from '../../../platform/room.ts'

/** Everything here is stored by identity, so a merge or its undoing has nothing to move. */
export const standardsPersonParts: PersonParts = { export: exportPerson, erase: erasePerson }

const theirs = ({ shop, identities }: PersonRef) =>
  sql`shop = ${shop} AND identity = ANY(${sql.param(identities)}::uuid[])`

async function exportPerson({ db }: Deps, person: PersonRef): Promise<unknown> {
  const { rows } = await db.execute(
    sql`SELECT measure, subject, touchpoint, value, at, order_id, detail FROM measured_standards
        WHERE ${theirs(person)} ORDER BY at`,
  )
  return rows
}

/** The completing events themselves go with the rest of the person's history. */
async function erasePerson(tx: Tx, person: PersonRef): Promise<void> {
  await tx.execute(sql`DELETE FROM standard_spans WHERE ${theirs(person)}`)
  await tx.execute(sql`DELETE FROM quoted_prices WHERE ${theirs(person)}`)
  await tx.execute(sql`DELETE FROM measured_standards WHERE ${theirs(person)}`)
}
