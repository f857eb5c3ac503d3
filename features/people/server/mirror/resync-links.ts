import { sql } from 'drizzle-orm'
import type { Clickhouse } from '../../../../platform/clickhouse.ts'
import type { Log } from '../../../../platform/log.ts'
import type { Db } from '../../../../platform/postgres.ts'

interface Stores {
  db: Db
  clickhouse: Clickhouse
  log: Log
}

/**
 * After a restore the event store may know links of versions that PostgreSQL has not given yet: PostgreSQL was copied
 * first. Then the versions go on above them, and every link is brought again. Otherwise does nothing.
 */
export async function resyncLinks({ db, clickhouse, log }: Stores): Promise<void> {
  const [known] = await clickhouse.query<{ version: number }>(
    'SELECT max(version) AS version FROM identity_links',
  )
  const ahead = known?.version ?? 0
  const { rows } = await db.execute<{ last: number; resyncing: boolean }>(sql`
    SELECT greatest(last_id, coalesce((SELECT max(id) FROM link_changes), 0)) AS last, resyncing FROM link_mirror WHERE id = 1`)
  const { last = 0, resyncing = false } = rows[0] ?? {}
  if (ahead <= last && !resyncing) return
  log.info({ ahead }, 'links of identities are compared with the event store and brought anew')
  const start = Math.max(ahead, last)
  await db.execute(
    sql`UPDATE link_mirror SET last_id = greatest(last_id, ${ahead}), resyncing = true WHERE id = 1`,
  )
  await db.execute(sql`SELECT setval(pg_get_serial_sequence('link_changes', 'id'), ${start})`)
  await takeBackStrangers(db, clickhouse)
  await bringAllAgain(db)
  await db.execute(sql`UPDATE link_mirror SET resyncing = false WHERE id = 1`)
}

const CHUNK = 10_000

/** Links that only the event store knows are taken back. */
async function takeBackStrangers(db: Db, clickhouse: Clickhouse): Promise<void> {
  let after = { shop: 0, identity: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const links = await clickhouse.query<{ shop: number; identity: string }>(
      `SELECT shop, identity FROM identity_links FINAL
       WHERE deleted = 0 AND (shop, identity) > ({shop:UInt32}, {identity:UUID}) ORDER BY shop, identity LIMIT ${CHUNK}`,
      { params: after },
    )
    const last = links.at(-1)
    if (!last) return
    after = last
    await db.execute(sql`
      INSERT INTO link_changes (shop, identity, person, deleted)
      SELECT k.shop, k.identity, k.identity, true
      FROM unnest(${sql.param(links.map(({ shop }) => shop))}::int[], ${sql.param(links.map(({ identity }) => identity))}::uuid[])
        AS k(shop, identity)
      WHERE NOT EXISTS (SELECT 1 FROM person_identities i
                        WHERE i.shop = k.shop AND i.identity = k.identity AND i.person <> i.identity)`)
  }
}

async function bringAllAgain(db: Db): Promise<void> {
  let after = { shop: 0, identity: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows } = await db.execute<{ shop: number; identity: string }>(sql`
      WITH next AS (
        SELECT shop, identity, person FROM person_identities
        WHERE (shop, identity) > (${after.shop}, ${after.identity}::uuid) ORDER BY shop, identity LIMIT ${CHUNK}
      ), brought AS (
        INSERT INTO link_changes (shop, identity, person) SELECT shop, identity, person FROM next WHERE person <> identity
      )
      SELECT shop, identity FROM next ORDER BY shop, identity`)
    const last = rows.at(-1)
    if (!last) return
    after = last
  }
}
