import { sql } from 'drizzle-orm'
import type { Db } from './postgres.ts'

export interface SystemState {
  installation: string
  epoch: number
  epochStartedAt: Date
  /** Why nothing is sent, or null: `restored` after a restore. */
  pausedReason: string | null
  lastBackupAt: Date | null
  /** The address that the last started server was told browsers use. */
  publicUrl: string | null
}

export async function readSystemState(db: Db): Promise<SystemState> {
  const { rows } = await db.execute<{
    installation: string
    epoch: number
    epoch_started_at: string
    paused_reason: string | null
    last_backup_at: string | null
    public_url: string | null
  }>(
    sql`SELECT installation, epoch, epoch_started_at, paused_reason, last_backup_at, public_url
        FROM system_state WHERE id = 1`,
  )
  const row = rows[0]
  if (!row) throw new Error('The system_state row is missing: the PostgreSQL schema is not complete.')
  return {
    installation: row.installation,
    epoch: row.epoch,
    epochStartedAt: new Date(row.epoch_started_at),
    pausedReason: row.paused_reason,
    lastBackupAt: row.last_backup_at === null ? null : new Date(row.last_backup_at),
    publicUrl: row.public_url,
  }
}

export async function readEpoch(db: Db): Promise<number> {
  return (await readSystemState(db)).epoch
}

export async function rememberPublicUrl(db: Db, url: string): Promise<void> {
  await db.execute(sql`UPDATE system_state SET public_url = ${url} WHERE id = 1`)
}

/** Lets sending go on after a restore. */
export async function resumeSystem(db: Db): Promise<void> {
  await db.execute(
    sql`UPDATE system_state SET paused_reason = NULL WHERE id = 1 AND paused_reason = 'restored'`,
  )
}

/** Nothing is sent for the next minutes; expires by itself should the holder be killed. */
export async function holdSending(db: Db): Promise<void> {
  await db.execute(
    sql`UPDATE system_state SET sending_held_until = now() + interval '30 minutes' WHERE id = 1`,
  )
}

export async function releaseSending(db: Db): Promise<void> {
  await db.execute(sql`UPDATE system_state SET sending_held_until = NULL WHERE id = 1`)
}
