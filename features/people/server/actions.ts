import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { Db } from '../../../platform/postgres.ts'
import { bringLinks } from './mirror/link-mirror.ts'

/** Brings all links that wait to the event store now: for a report that must not lag, the command line and tests. */
export async function bringLinksNow({ db, clickhouse }: { db: Db; clickhouse: Clickhouse }): Promise<void> {
  while ((await bringLinks(db, clickhouse)) > 0);
}
