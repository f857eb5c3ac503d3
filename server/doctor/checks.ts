import { statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { sql } from 'drizzle-orm'
import { lookAtOwnAddress } from '../../features/guide/server/reads.ts'
import type { Clickhouse } from '../../platform/clickhouse.ts'
import { listLaneHeads } from '../../platform/feed/lanes.ts'
import type { Db } from '../../platform/postgres.ts'
import { readSystemState } from '../../platform/system-state.ts'

export type Health = 'good' | 'warning' | 'bad'

/** One thing looked at. `key` names the sentence in the catalogue, `values` fill it, `mend` says what to do. */
export interface Finding {
  check: string
  health: Health
  key: string
  values: Record<string, string | number>
}

export interface DoctorContext {
  db: Db
  clickhouse: Clickhouse
  dataDir: string
  publicUrl: string
  /** By which this server's own answers are known. */
  secret: Buffer
  embedded: { postgres: boolean; clickhouse: boolean }
  now: () => number
  fetch: typeof fetch
}

export type Check = (context: DoctorContext) => Promise<Finding[]>

const GIB = 1024 ** 3
/** The ClickHouse releases this version has been run against. */
export const TESTED_CLICKHOUSE = ['26.7']
const LOWEST_POSTGRES = 15

const one = (check: string, health: Health, key: string, values: Finding['values'] = {}): Finding[] => [
  { check, health, key, values },
]

export const checkNode: Check = async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isOld = major < 20 || (major === 20 && minor < 19)
  return one('node', isOld ? 'bad' : 'good', isOld ? 'nodeOld' : 'node', { version: process.versions.node })
}

export const checkPostgres: Check = async ({ db, embedded }) => {
  const { rows } = await db.execute<{ version: string; fsync: string }>(
    sql`SELECT current_setting('server_version_num') AS version, current_setting('fsync') AS fsync`,
  )
  const major = Math.floor(Number(rows[0]?.version ?? 0) / 10_000)
  const findings = one(
    'postgres',
    major < LOWEST_POSTGRES ? 'bad' : 'good',
    major < LOWEST_POSTGRES ? 'postgresOld' : 'postgres',
    { version: major },
  )
  if (embedded.postgres) findings.push(...one('durability', 'warning', 'postgresEmbedded'))
  else if (rows[0]?.fsync !== 'on') findings.push(...one('durability', 'bad', 'postgresNoFsync'))
  return findings
}

export const checkClickhouse: Check = async ({ clickhouse }) => {
  const [row] = await clickhouse.query<{ version: string }>('SELECT version() AS version')
  const version = row?.version ?? '?'
  const isTested = TESTED_CLICKHOUSE.some((tested) => version.startsWith(`${tested}.`))
  const settings = await clickhouse.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND name = 'events'
     AND engine_full LIKE '%fsync_after_insert = 1%' AND engine_full LIKE '%fsync_part_directory = 1%'`,
  )
  return [
    ...one('clickhouse', isTested ? 'good' : 'warning', isTested ? 'clickhouse' : 'clickhouseUntested', {
      version,
      tested: TESTED_CLICKHOUSE.join(', '),
    }),
    ...one(
      'durability',
      settings.length > 0 ? 'good' : 'bad',
      settings.length > 0 ? 'eventsDurable' : 'eventsNotDurable',
    ),
  ]
}

export const checkDisk: Check = async ({ dataDir }) => {
  const { bavail, bsize, blocks } = await statfs(dataDir)
  const free = bavail * bsize
  const share = bavail / Math.max(1, blocks)
  const health: Health = free < GIB ? 'bad' : free < 5 * GIB || share < 0.05 ? 'warning' : 'good'
  return one('disk', health, health === 'good' ? 'disk' : 'diskLow', { free: gib(free) })
}

export const checkMemory: Check = async () => {
  const total = totalmem()
  const free = freemem()
  const health: Health = total < 1.5 * GIB ? 'warning' : 'good'
  return one('memory', health, health === 'good' ? 'memory' : 'memoryLow', {
    total: gib(total),
    free: gib(free),
  })
}

export const checkClocks: Check = async ({ db, clickhouse, now }) => {
  const before = now()
  const { rows } = await db.execute<{ ms: number }>(
    sql`SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms`,
  )
  const [history] = await clickhouse.query<{ ms: number }>('SELECT toUnixTimestamp64Milli(now64(3)) AS ms')
  const here = (before + now()) / 2
  const off = Math.max(Math.abs(Number(rows[0]?.ms) - here), Math.abs((history?.ms ?? 0) - here)) / 1000
  return one('clocks', off > 5 ? 'bad' : 'good', off > 5 ? 'clocksApart' : 'clocks', {
    seconds: Math.round(off),
  })
}

/** How far the effects (people, orders …) are behind the history, from the cursors, whichever process runs them. */
export const checkLag: Check = async ({ db, clickhouse, now }) => {
  const heads = await listLaneHeads(clickhouse)
  const { rows } = await db.execute<{ consumer: string; lane: string; seq: string }>(
    sql`SELECT consumer, lane, seq FROM feed_cursors`,
  )
  const consumers = new Set(rows.map((row) => row.consumer))
  const reached = new Map(rows.map((row) => [`${row.consumer} ${row.lane}`, Number(row.seq)]))
  let worst = 0
  for (const consumer of consumers)
    for (const { lane, head } of heads)
      if ((reached.get(`${consumer} ${lane}`) ?? 0) < head)
        worst = Math.max(worst, now() - Math.max(reached.get(`${consumer} ${lane}`) ?? 0, now() - 86_400_000))
  const { rows: failures } = await db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM feed_failures`,
  )
  const seconds = Math.round(worst / 1000)
  const health: Health = seconds > 300 ? 'bad' : seconds > 10 ? 'warning' : 'good'
  const findings = one('lag', health, health === 'good' ? 'lag' : 'lagHigh', { seconds })
  const failed = failures[0]?.n ?? 0
  if (failed > 0) findings.push(...one('lag', 'bad', 'failures', { n: failed }))
  return findings
}

/** Many parts in one month mean that merging does not keep up, and reads that remove repeats grow slow. */
export const checkParts: Check = async ({ clickhouse }) => {
  const [row] = await clickhouse.query<{ parts: number }>(
    `SELECT max(n) AS parts FROM (SELECT count() AS n FROM system.parts
     WHERE database = currentDatabase() AND active GROUP BY table, partition_id)`,
  )
  const parts = row?.parts ?? 0
  return one('parts', parts > 300 ? 'warning' : 'good', parts > 300 ? 'partsMany' : 'parts', { parts })
}

export const checkSystem: Check = async ({ db, now }) => {
  const state = await readSystemState(db)
  const findings: Finding[] = []
  if (state.pausedReason !== null)
    findings.push(...one('system', 'warning', 'paused', { epoch: state.epoch }))
  const days =
    state.lastBackupAt === null ? null : Math.floor((now() - state.lastBackupAt.getTime()) / 86_400_000)
  if (days === null) findings.push(...one('backup', 'warning', 'backupNever'))
  else
    findings.push(
      ...one('backup', days > 7 ? 'warning' : 'good', days > 7 ? 'backupOld' : 'backup', { days }),
    )
  return findings
}

/** Looks at the address that browsers will use, as a browser would come. */
export const checkReachable: Check = async ({ publicUrl, secret, fetch }) => {
  const { outcome, host, addresses, detail } = await lookAtOwnAddress(publicUrl, secret)
  const values = { url: publicUrl, host, addresses: addresses.join(', '), detail }
  if (outcome === 'local') return checkThisMachine(publicUrl, fetch)
  if (outcome === 'good') return one('reachable', 'good', 'reachable', values)
  if (outcome === 'plain') return one('reachable', 'warning', 'reachablePlain', values)
  return one('reachable', outcome === 'private' ? 'warning' : 'bad', `reach_${outcome}`, values)
}

/** Of an address that nobody else can see only this can be said: whether anything answers. */
async function checkThisMachine(url: string, fetch: DoctorContext['fetch']): Promise<Finding[]> {
  try {
    const { ok, status } = await fetch(`${url}/healthz`, {
      signal: AbortSignal.timeout(5_000),
      redirect: 'error',
    })
    if (!ok) return one('reachable', 'bad', 'reach_stranger', { url, detail: status })
    return one('reachable', 'warning', 'reachableLocal', { url })
  } catch (error) {
    const why = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message
    return one('reachable', 'warning', 'reachableNot', { url, why })
  }
}

function gib(bytes: number): string {
  return (bytes / GIB).toFixed(1)
}
