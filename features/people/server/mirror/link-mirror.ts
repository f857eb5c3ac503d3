import { sql } from 'drizzle-orm'
import type { Clickhouse } from '../../../../platform/clickhouse.ts'
import type { Log } from '../../../../platform/log.ts'
import type { Db } from '../../../../platform/postgres.ts'
import { resyncLinks } from './resync-links.ts'

const BATCH = 5_000
const POLL_MS = 1_000
const MAX_PAUSE_MS = 10_000

/** Brings changes of links from PostgreSQL, where they are decided, to the event store, where reports read them. */
export interface LinkMirror {
  /** There is something to bring. A hint: the table is the truth. */
  wake(): void
  /** Resolves when everything committed before the call is in the event store (tests, the command line). */
  drain(): Promise<void>
  close(): Promise<void>
}

interface Stores {
  db: Db
  clickhouse: Clickhouse
  log: Log
}

/**
 * Restart-safe: a change is written before the cursor moves, and written twice it is the same row. While the event
 * store is away it waits and tries again.
 */
export function startLinkMirror({ db, clickhouse, log }: Stores): LinkMirror {
  let closed = false
  let isSynced = false
  let interrupt: (() => void) | undefined

  async function bringAll(): Promise<void> {
    if (!isSynced) await resyncLinks({ db, clickhouse, log })
    isSynced = true
    while ((await bringLinks(db, clickhouse)) > 0) if (closed) return
  }

  async function loop(): Promise<void> {
    let pause = POLL_MS
    while (!closed) {
      try {
        await bringAll()
        pause = POLL_MS
      } catch (error) {
        log.warn({ err: error }, 'links of identities wait; they will be brought to the event store later')
        pause = Math.min(pause * 2, MAX_PAUSE_MS)
      }
      if (!closed) await sleep(pause)
    }
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const running = loop()
  return {
    wake: () => interrupt?.(),
    drain: bringAll,
    async close() {
      closed = true
      interrupt?.()
      await running
    },
  }
}

interface LinkRow extends Record<string, unknown> {
  id: number
  shop: number
  identity: string
  person: string
  deleted: boolean
}

/** Brings the next changes; returns how many there were. */
export async function bringLinks(db: Db, clickhouse: Clickhouse): Promise<number> {
  const { rows } = await db.execute<LinkRow>(sql`
    SELECT id, shop, identity, person, deleted FROM link_changes
    WHERE id > (SELECT last_id FROM link_mirror WHERE id = 1) AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY id LIMIT ${BATCH}`)
  const last = rows.at(-1)
  if (!last) return 0
  await clickhouse.insert(
    'identity_links',
    rows.map(({ id, shop, identity, person, deleted }) => {
      return { shop, identity, person, version: id, deleted: deleted ? 1 : 0 }
    }),
  )
  await db.execute(sql`UPDATE link_mirror SET last_id = ${last.id} WHERE id = 1 AND last_id < ${last.id}`)
  return rows.length
}

/** How many changes wait, and since when the oldest does, in seconds. */
export async function readMirrorLag(db: Db): Promise<{ waiting: number; seconds: number }> {
  const { rows } = await db.execute<{ waiting: number; seconds: number }>(sql`
    SELECT count(*)::int AS waiting, coalesce(extract(epoch FROM now() - min(changed_at)), 0)::float AS seconds
    FROM link_changes WHERE id > (SELECT last_id FROM link_mirror WHERE id = 1)`)
  return rows[0] ?? { waiting: 0, seconds: 0 }
}

const KEEP_DAYS = 7

/** Changes that arrived long ago are of no more use: the links themselves stand in `person_identities`. */
export async function forgetBroughtLinks(db: Db): Promise<void> {
  await db.execute(sql`
    DELETE FROM link_changes
    WHERE id <= (SELECT last_id FROM link_mirror WHERE id = 1) AND changed_at < now() - make_interval(days => ${KEEP_DAYS})`)
}
