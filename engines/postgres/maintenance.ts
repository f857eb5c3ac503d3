import type { Session } from './session.ts'
import type { Turns } from './turns.ts'

const ROUND_MS = 30_000
/** The log is read again after a kill, at some 50 MB a second. */
const CHECKPOINT_AFTER_BYTES = 32 * 1024 * 1024

const WRITTEN_SINCE_CHECKPOINT = `
  SELECT (pg_current_wal_lsn() - redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()`

/** The server's own rule for when a table is due, with its default figures. */
const TABLE_DUE = `
  SELECT format('%I.%I', schemaname, relname) AS name,
    n_dead_tup > 50 + 0.2 * n_live_tup OR n_ins_since_vacuum > 1000 + 0.2 * n_live_tup AS vacuum
  FROM pg_stat_user_tables
  WHERE n_dead_tup > 50 + 0.2 * n_live_tup
    OR n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
    OR n_mod_since_analyze > 50 + 0.1 * n_live_tup
  ORDER BY n_dead_tup + n_mod_since_analyze DESC LIMIT 1`

/**
 * A PostgreSQL server has background processes for this; the embedded engine is one process without them, so its log
 * would grow for ever, dead rows would never be cleared and the planner would know nothing. One table a round, because
 * everybody waits meanwhile.
 */
export function startMaintenance(
  session: Session,
  turns: Turns,
  onError: (error: unknown) => void,
): () => void {
  const timer = setInterval(() => {
    turns.runAlone(() => maintain(session)).catch(onError)
  }, ROUND_MS)
  return () => clearInterval(timer)
}

export async function maintain(session: Session): Promise<void> {
  // Counts are published a second late otherwise.
  await session.query('SELECT pg_stat_force_next_flush()')
  const [due] = await session.query<{ name: string; vacuum: boolean }>(TABLE_DUE)
  if (due) await session.query(`${due.vacuum ? 'VACUUM (ANALYZE)' : 'ANALYZE'} ${due.name}`)
  const [written] = await session.query<{ bytes: number }>(WRITTEN_SINCE_CHECKPOINT)
  if (written && written.bytes > CHECKPOINT_AFTER_BYTES) await session.query('CHECKPOINT')
}
