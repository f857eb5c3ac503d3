import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createShop } from '../../features/accounts/server/actions.ts'
import { hash128, identityKey, messageHash } from '../../kernel/hash128.ts'
import { type Clickhouse, createClickhouse } from '../../platform/clickhouse.ts'
import type { EventRow } from '../../platform/feed/event-row.ts'
import { createSilentLog } from '../../platform/log.ts'
import { createPostgres, type Postgres } from '../../platform/postgres.ts'
import { readSystemState } from '../../platform/system-state.ts'
import { type EmptyStores, openEmptyStores } from '../../test/empty-stores.ts'
import { migrate } from '../migrations/migrate.ts'
import { openSystem, type System } from '../open-system.ts'
import { rooms } from '../rooms.ts'
import { backup } from './backup.ts'
import { isHalfRestored } from './postgres-dump.ts'
import { restore } from './restore.ts'

const log = createSilentLog()
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 5)

let source: EmptyStores
let system: System
let shop: number

beforeAll(async () => {
  source = await openEmptyStores()
  const { postgres, clickhouse } = connect(source)
  await migrate({ pool: postgres.pool, clickhouse, log })
  await Promise.all([postgres.close(), clickhouse.close()])
  system = await openSystem({
    ...source,
    log,
    rooms,
    settings: {
      dataDir: source.dataDir,
      publicUrl: 'http://localhost:3000',
      secret: Buffer.alloc(32, 1),
      embedded: { postgres: true, clickhouse: true },
      trustProxy: false,
    },
  })
  await writeFile(join(source.dataDir, 'secret.key'), 'a secret\n')
  shop = await createShop(system.deps.db, { name: "Крамниця «Стежка» \\ 'tab\there'" })
})

afterAll(async () => {
  await system?.close()
  await source?.close()
})

function connect(stores: EmptyStores): { postgres: Postgres; clickhouse: Clickhouse } {
  return {
    postgres: createPostgres(stores.databaseUrl, log),
    clickhouse: createClickhouse(stores.clickhouseUrl),
  }
}

function makeEvents(from: number, to: number): EventRow[] {
  return Array.from({ length: to - from }, (_, i) => makeEvent(from + i))
}

/** Spread over several months, with texts that a careless format would break. */
function makeEvent(n: number): EventRow {
  const at = START + (n % 130) * DAY_MS + n
  const messageId = `backup-${n}`
  return {
    shop,
    identity: identityKey(shop, 'anonymous', `visitor-${n % 500}`),
    sent_ts: at,
    message_hash: messageHash(shop, messageId),
    ts: at,
    received_at: at + 20,
    source: 1,
    kind: 'track',
    name: 'Product Viewed',
    message_id: messageId,
    identity_kind: 'anonymous',
    anonymous_id: `visitor-${n % 500}`,
    user_id: '',
    session_id: '',
    url: 'https://shop.example/а',
    path: '/а',
    referrer: '',
    utm_source: '',
    utm_medium: '',
    utm_campaign: '',
    utm_content: '',
    utm_term: '',
    click_id: '',
    order_id: '',
    amount: n % 3 === 0 ? null : n,
    currency: 'UAH',
    properties: JSON.stringify({ text: 'рядок\nтабуляція\t"лапки" \\N \\', n }),
    traits: '{}',
    context: '{}',
    original_time: '',
    marks: n % 2 === 0 ? [] : ['skewed', "it's"],
    channel: 'direct',
    touchpoint: '',
    stage: '',
    valence: null,
    arrival: '',
    measure: '',
    measured: null,
    rules_version: 0,
  }
}

async function fingerprintOf(clickhouse: Clickhouse, upTo?: number) {
  const [row] = await clickhouse.query(
    `SELECT count() AS events, uniqExact(identity) AS identities, sum(amount) AS amount,
            sum(cityHash64(properties, marks, ts, name, url)) AS content
     FROM events FINAL WHERE shop = {shop:UInt32} ${upTo === undefined ? '' : `AND toUInt64(substring(message_id, 8)) < ${upTo}`}`,
    { params: { shop } },
  )
  return row
}

async function countTables(postgres: Postgres): Promise<Record<string, number>> {
  const { rows } = await postgres.pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '%migration%' ORDER BY 1`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of rows)
    counts[name] = (await postgres.pool.query(`SELECT count(*)::int AS n FROM "${name}"`)).rows[0].n
  return counts
}

async function backUp(path: string) {
  const { pool } = system.postgres
  const { db, clickhouse } = system.deps
  return backup({ db, pool, clickhouse, path, dataDir: source.dataDir, withSecret: true, now: Date.now })
}

describe('a backup', () => {
  it('taken while events come in restores everything that was there when it began', {
    timeout: 120_000,
  }, async () => {
    const { writer, runner } = system.deps
    await writer.write(makeEvents(0, 3_000), [])
    await runner.drain()
    const before = await fingerprintOf(system.deps.clickhouse)
    let loading = true
    const load = (async () => {
      for (let n = 3_000; loading; n += 50) await writer.write(makeEvents(n, n + 50), [])
    })()
    const path = join(source.dataDir, 'under-load.backup')
    const made = await backUp(path)
    loading = false
    await load
    expect(made.tables['clickhouse.events']).toBeGreaterThanOrEqual(3_000)

    const target = await openEmptyStores(process.env.TEST_DATABASE_URL || undefined)
    const { postgres, clickhouse } = connect(target)
    try {
      const result = await restore({ ...postgres, clickhouse, log, path, dataDir: target.dataDir })
      expect(await fingerprintOf(clickhouse, 3_000)).toEqual(before)
      const [ids] = await clickhouse.query<{ n: number }>(
        'SELECT uniqExact(message_hash) AS n FROM message_ids',
      )
      expect(ids?.n).toBe(made.tables['clickhouse.events'])
      const { rows } = await postgres.pool.query('SELECT name FROM shops')
      expect(rows).toEqual([{ name: "Крамниця «Стежка» \\ 'tab\there'" }])
      expect(await readFile(join(target.dataDir, 'secret.key'), 'utf8')).toBe('a secret\n')
      expect(result.epoch).toBe(2)
      expect(await readSystemState(postgres.db)).toMatchObject({ epoch: 2, pausedReason: 'restored' })
      const counts = await countTables(postgres)
      for (const [name, n] of Object.entries(counts))
        expect(`${name} ${n}`).toBe(`${name} ${made.tables[`postgres.${name}`]}`)
      expect(await createShop(postgres.db, { name: 'Ids go on after the restored ones' })).toBeGreaterThan(
        shop,
      )
    } finally {
      await Promise.all([postgres.close(), clickhouse.close()])
      await target.close()
    }
  })

  it('that was cut, changed or is no backup at all is refused before the target is looked at', async () => {
    const path = join(source.dataDir, 'whole.backup')
    await backUp(path)
    const whole = await readFile(path)
    const middle = Math.floor(whole.length / 2)
    const changed = Buffer.from(whole)
    changed[middle] = (changed[middle] as number) ^ 0xff
    const broken = { cut: whole.subarray(0, middle), changed, other: Buffer.from(hash128('not a backup')) }
    const { clickhouse } = system.deps
    for (const [name, bytes] of Object.entries(broken)) {
      const brokenPath = join(source.dataDir, `${name}.backup`)
      await writeFile(brokenPath, bytes)
      const attempt = restore({
        pool: system.postgres.pool,
        clickhouse,
        log,
        path: brokenPath,
        dataDir: source.dataDir,
      })
      await expect(attempt, name).rejects.toThrow(/can't be used/)
    }
    expect(await isHalfRestored(system.postgres.pool)).toBe(false)
  })

  it('is refused by stores that are not empty', async () => {
    const path = join(source.dataDir, 'full.backup')
    await backUp(path)
    const { clickhouse } = system.deps
    const attempt = restore({ pool: system.postgres.pool, clickhouse, log, path, dataDir: source.dataDir })
    await expect(attempt).rejects.toThrow(/not empty/)
  })
})
