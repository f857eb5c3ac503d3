import { sql } from 'drizzle-orm'
import type { Deps, Room } from '../../../../platform/room.ts'
import type { ErasureList } from '../../contract.ts'
import { eraseHistory } from './erase-history.ts'
import type { PendingErasure } from './pending.ts'

interface PendingRow extends Record<string, unknown> {
  id: number
  shop: number
  pending: PendingErasure
}

/** Makes the event store forget what PostgreSQL has forgotten already; what fails is tried again by the next run. */
export async function finishErasures(deps: Deps, rooms: readonly Room[]): Promise<void> {
  const { rows } = await deps.db.execute<PendingRow>(
    sql`SELECT id, shop, pending FROM erasures WHERE finished_at IS NULL AND pending IS NOT NULL ORDER BY id LIMIT 100`,
  )
  for (const row of rows) await finishErasure(deps, rooms, row)
}

async function finishErasure(
  deps: Deps,
  rooms: readonly Room[],
  { id, shop, pending }: PendingRow,
): Promise<void> {
  try {
    const events = await eraseHistory(deps.clickhouse, shop, pending)
    const ref = { shop, person: pending.person, identities: pending.identities }
    for (const room of rooms) await room.person?.eraseHistory?.(deps, ref)
    await deps.db.execute(sql`
      UPDATE erasures SET pending = NULL, finished_at = ${new Date(deps.now()).toISOString()}, last_problem = NULL,
        attempts = attempts + 1, events_erased = greatest(coalesce(events_erased, 0), ${events})
      WHERE id = ${id}`)
  } catch (error) {
    deps.log.warn(
      { err: error, erasure: id },
      'the event store could not forget a person yet; it will be tried again',
    )
    const problem = error instanceof Error ? error.message.slice(0, 300) : String(error)
    await deps.db.execute(
      sql`UPDATE erasures SET attempts = attempts + 1, last_problem = ${problem} WHERE id = ${id}`,
    )
  }
}

interface ErasureRow extends Record<string, unknown> {
  id: number
  asked_at: string
  asked_by: string
  finished_at: string | null
  events_erased: number | null
  attempts: number
  last_problem: string | null
}

/** Erasures of a shop, the newest first. */
export async function listErasures(
  { db }: Pick<Deps, 'db'>,
  shop: number,
  before: number | undefined,
  limit: number,
): Promise<ErasureList> {
  const { rows } = await db.execute<ErasureRow>(sql`
    SELECT id, asked_at, asked_by, finished_at, events_erased, attempts, last_problem FROM erasures
    WHERE shop = ${shop} ${before === undefined ? sql`` : sql`AND id < ${before}`} ORDER BY id DESC LIMIT ${limit + 1}`)
  const shown = rows.slice(0, limit)
  return { items: shown.map(toErasure), nextCursor: rows.length > limit ? String(shown.at(-1)?.id) : null }
}

function toErasure(row: ErasureRow): ErasureList['items'][number] {
  return {
    id: row.id,
    askedAt: new Date(row.asked_at).toISOString(),
    askedBy: row.asked_by,
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
    eventsErased: row.events_erased,
    attempts: row.attempts,
    problem: row.last_problem,
  }
}
