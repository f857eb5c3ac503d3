import { sql } from 'drizzle-orm'
import type { Clickhouse } from '../platform/clickhouse.ts'
import { listLaneHeads } from '../platform/feed/lanes.ts'
import type { Db } from '../platform/postgres.ts'

/** Puts consumers at the end of what earlier test files recorded: it is nobody's business, and takes long to go through. */
export async function passOverHistory(
  db: Db,
  clickhouse: Clickhouse,
  consumers: readonly string[],
): Promise<void> {
  const heads = await listLaneHeads(clickhouse)
  const cursors = consumers.flatMap((consumer) => heads.map(({ lane, head }) => ({ consumer, lane, head })))
  await db.execute(
    sql`INSERT INTO feed_cursors AS c (consumer, lane, seq)
        SELECT consumer, lane, head FROM jsonb_to_recordset(${JSON.stringify(cursors)}::jsonb)
          AS r(consumer text, lane bigint, head bigint)
        ON CONFLICT (consumer, lane) DO UPDATE SET seq = greatest(c.seq, excluded.seq)`,
  )
}
