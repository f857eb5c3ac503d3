import { randomInt } from 'node:crypto'
import type { Clickhouse } from '../clickhouse.ts'
import { formatTime } from './encode-rows.ts'

/** Registers a new lane (a process that will write events) and returns its number. */
export async function announceLane(
  clickhouse: Clickhouse,
  process: string,
  epoch: number,
  now: number,
): Promise<number> {
  const lane = randomInt(1, 2 ** 32 - 1)
  await keepLaneAlive(clickhouse, lane, process, epoch, now)
  return lane
}

/** Consumers look for new events only in lanes that were alive lately. */
export async function keepLaneAlive(
  clickhouse: Clickhouse,
  lane: number,
  process: string,
  epoch: number,
  now: number,
) {
  await clickhouse.insert('lanes', [{ lane, process, epoch, started_at: formatTime(now) }])
}

/** Lanes whose process wrote a sign of life since the given time (ms). */
export async function listLiveLanes(clickhouse: Clickhouse, since: number): Promise<number[]> {
  const rows = await clickhouse.query<{ lane: number }>(
    'SELECT lane FROM lanes FINAL WHERE started_at >= {since:DateTime64(3)}',
    { params: { since: formatTime(since) } },
  )
  return rows.map((row) => row.lane)
}

/** The last sequence number of every lane that ever wrote an event. A scan: for a process's start, not for a loop. */
export async function listLaneHeads(clickhouse: Clickhouse): Promise<{ lane: number; head: number }[]> {
  return clickhouse.query('SELECT lane, max(seq) AS head FROM events GROUP BY lane')
}
