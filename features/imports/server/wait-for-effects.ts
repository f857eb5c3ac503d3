import { setTimeout as passed } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { isPostgresAway } from '../../../platform/postgres.ts'
import type { Deps } from '../../../platform/room.ts'

const LOOK_EVERY_MS = 150

/**
 * Waits until orders know all that this process has recorded, also when another process applies it. False when that
 * took too long or was given up: figures are then not final.
 */
export async function waitForEffects(
  deps: Pick<Deps, 'db' | 'clickhouse' | 'writer' | 'runner'>,
  signal: AbortSignal,
  patienceMs: number,
): Promise<boolean> {
  const { lane } = deps.writer
  const [last] = await deps.clickhouse.query<{ seq: number }>(
    'SELECT max(seq) AS seq FROM events WHERE lane = {lane:UInt32}',
    { params: { lane } },
  )
  if (!last || last.seq === 0) return true
  deps.runner.poke()
  const until = performance.now() + patienceMs
  while (performance.now() < until && !signal.aborted) {
    if ((await findCursor(deps, lane)) >= last.seq) return true
    await passed(LOOK_EVERY_MS)
  }
  return false
}

/** While PostgreSQL is away nothing is known; it will be asked again. */
async function findCursor({ db }: Pick<Deps, 'db'>, lane: number): Promise<number> {
  try {
    const { rows } = await db.execute<{ seq: number }>(
      sql`SELECT seq FROM feed_cursors WHERE lane = ${lane} AND consumer = 'orders'`,
    )
    return rows[0]?.seq ?? 0
  } catch (error) {
    if (isPostgresAway(error)) return 0
    throw error
  }
}
