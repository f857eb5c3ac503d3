import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { Deps, PersonParts, PersonRef } from '../../../platform/room.ts'
import { callTicks } from './boards-table.ts'
import type { Trouble } from './find-troubles.ts'

export interface Tick {
  by: string
  at: Date
}

/** One tick for each thing that a call was about. */
export const keyOf = ({ reason, subject }: { reason: string; subject: string }) => `${reason} ${subject}`

export async function listTicks(db: Db, shop: number, since: Date): Promise<Map<string, Tick>> {
  const rows = await db
    .select()
    .from(callTicks)
    .where(and(eq(callTicks.shop, shop), gte(callTicks.calledAt, since)))
  return new Map(rows.map(({ calledBy, calledAt, ...row }) => [keyOf(row), { by: calledBy, at: calledAt }]))
}

/** Notes that somebody called about these. Who called first stays. */
export async function addTicks(
  tx: Tx,
  shop: number,
  troubles: readonly Trouble[],
  tick: Tick,
): Promise<void> {
  await tx
    .insert(callTicks)
    .values(
      troubles.map(({ reason, subject, identity }) => ({
        ...{ shop, reason, subject, identity },
        ...{ calledBy: tick.by, calledAt: tick.at },
      })),
    )
    .onConflictDoNothing()
}

export async function removeTicks(tx: Tx, shop: number, troubles: readonly Trouble[]): Promise<void> {
  const subjects = troubles.map(({ subject }) => subject)
  const reasons = troubles.map(({ reason }) => reason)
  await tx
    .delete(callTicks)
    .where(
      and(eq(callTicks.shop, shop), inArray(callTicks.subject, subjects), inArray(callTicks.reason, reasons)),
    )
}

const theirs = ({ shop, identities }: PersonRef) =>
  sql`shop = ${shop} AND identity = ANY(${sql.param(identities)}::uuid[])`

/** Ticks are stored by identity, so a merge or its undoing has nothing to move. */
export const callsPersonParts: PersonParts = {
  async export({ db }: Deps, person: PersonRef): Promise<unknown> {
    const { rows } = await db.execute(
      sql`SELECT reason, subject, called_by, called_at FROM call_ticks WHERE ${theirs(person)} ORDER BY called_at`,
    )
    return rows
  },
  async erase(tx: Tx, person: PersonRef): Promise<void> {
    await tx.execute(sql`DELETE FROM call_ticks WHERE ${theirs(person)}`)
  },
}
