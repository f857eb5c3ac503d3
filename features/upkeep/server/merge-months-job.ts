import type { Clickhouse } from '../../../platform/clickhouse.ts'
import type { Job } from '../../../platform/room.ts'

interface Month {
  table: string
  partition: string
}

/** Months of the history that are over and still lie in several parts. */
export async function findUnmergedMonths(clickhouse: Clickhouse, now: number): Promise<Month[]> {
  const month = new Date(now).toISOString().slice(0, 7).replace('-', '')
  return clickhouse.query<Month>(
    `SELECT table, partition_id AS partition FROM system.parts
     WHERE database = currentDatabase() AND table = 'events' AND active AND partition_id < {month:String}
     GROUP BY table, partition_id HAVING count() > 1 ORDER BY partition_id`,
    { params: { month } },
  )
}

/** Reads that remove repeats cost what plain reads cost once a month is one part, so closed months are merged at night. */
export const mergeMonthsJob: Job = {
  name: 'merge-closed-months',
  cron: '30 2 * * *',
  async run({ clickhouse, log, now }) {
    for (const { table, partition } of await findUnmergedMonths(clickhouse, now())) {
      log.info({ table, partition }, 'merging a closed month')
      await clickhouse.command(`OPTIMIZE TABLE ${table} PARTITION ID '${partition.replace(/\D/g, '')}' FINAL`)
    }
  },
}
