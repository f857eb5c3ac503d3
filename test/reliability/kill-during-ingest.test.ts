import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProcessMark } from '../../engines/process-identity.ts'
import { createPrng } from '../../kernel/prng.ts'
import { type Clickhouse, createClickhouse } from '../../platform/clickhouse.ts'
import { createSilentLog } from '../../platform/log.ts'
import { createPostgres } from '../../platform/postgres.ts'
// @ts-expect-error plain JavaScript, shared with the start script
import { buildServer } from '../../scripts/lib/build-all.mjs'
import { makeTestDatabase, type TestDatabase } from '../empty-stores.ts'
import { type RetryingClient, startRetryingClient } from './retrying-client.ts'
import { becomeOwner, findFreePort, type ServerProcess, startServerProcess } from './server-process.ts'

/** How often each process is killed. Two tell of a broken mechanism; thirty are run before a release. */
const ROUNDS = Number(process.env.TROPA_TEST_ROUNDS ?? 2)
const CLIENTS = 3
const root = join(import.meta.dirname, '../..')

let dataDir: string
let database: TestDatabase | undefined
let port: number
let server: ServerProcess
let owner: { cookie: string; shop: number; writeKey: string }
let clients: RetryingClient[] = []
const random = createPrng(20_261_122)

async function start(): Promise<ServerProcess> {
  return startServerProcess({ dataDir, port, env: { DATABASE_URL: database?.url ?? '', CLICKHOUSE_URL: '' } })
}

beforeAll(async () => {
  await buildServer(root)
  if (process.env.TEST_DATABASE_URL) database = await makeTestDatabase(process.env.TEST_DATABASE_URL)
  dataDir = await mkdtemp(join(tmpdir(), 'tropa-kill-'))
  port = await findFreePort()
  server = await start()
  owner = await becomeOwner(server)
}, 120_000)

afterAll(async () => {
  await Promise.all(clients.map((client) => client.stop()))
  await server?.stop()
  await database?.drop()
  if (dataDir) await rm(dataDir, { recursive: true, force: true })
})

async function waitUntil(
  what: string,
  holds: () => Promise<boolean> | boolean,
  limitMs = 60_000,
): Promise<void> {
  const start = Date.now()
  while (!(await holds())) {
    if (Date.now() - start > limitMs)
      throw new Error(`It did not happen in time: ${what}. ${server.output().slice(-2_000)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Some more acknowledgements than now: the system takes events again. */
async function untilTaking(): Promise<void> {
  const before = clients.map((client) => client.acknowledged.size)
  await waitUntil('every client is acknowledged again', () =>
    clients.every((client, i) => client.acknowledged.size > (before[i] as number)),
  )
}

async function passRandomTime(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50 + random.below(600)))
}

async function pidOf(engine: string): Promise<number | undefined> {
  const { engines } = await server.engines()
  return engines.find((item) => item.name === engine)?.pid
}

async function withHistory<T>(ask: (clickhouse: Clickhouse) => Promise<T>): Promise<T> {
  const clickhouse = createClickhouse((await server.engines()).clickhouseUrl)
  try {
    return await ask(clickhouse)
  } finally {
    await clickhouse.close()
  }
}

function all(of: 'acknowledged' | 'sent'): string[] {
  return clients.flatMap((client) => [...client[of]])
}

describe(`killed ${ROUNDS} times at random moments while clients send and retry`, () => {
  it('neither server nor engines lose or repeat an event', {
    timeout: 60_000 + ROUNDS * 60_000,
  }, async () => {
    clients = Array.from({ length: CLIENTS }, (_, i) =>
      startRetryingClient(server.url, owner.writeKey, `client${i}`),
    )
    await untilTaking()
    for (let round = 0; round < ROUNDS; round++) {
      for (const engine of database ? ['clickhouse'] : ['clickhouse', 'postgres']) {
        await passRandomTime()
        const pid = (await pidOf(engine)) as number
        process.kill(pid, 'SIGKILL')
        await waitUntil(`${engine} is back`, async () => (await pidOf(engine)) !== pid)
        await untilTaking()
      }
      await passRandomTime()
      await server.kill()
      server = await start()
      await untilTaking()
    }
    await Promise.all(clients.map((client) => client.stop()))

    const stored = await withHistory((clickhouse) =>
      clickhouse.query<{ id: string; n: number }>(
        'SELECT message_id AS id, count() AS n FROM events FINAL WHERE shop = {shop:UInt32} GROUP BY id',
        { params: { shop: owner.shop } },
      ),
    )
    const counts = new Map(stored.map(({ id, n }) => [id, n]))
    expect(all('acknowledged').filter((id) => !counts.has(id))).toEqual([])
    expect(stored.filter(({ n }) => n !== 1)).toEqual([])
    expect(new Set(counts.keys())).toEqual(new Set(all('sent')))
    expect(clients.some((client) => client.retries() > 0)).toBe(true)
  })

  it('people and orders follow from the events, once', { timeout: 120_000 }, async () => {
    const expected = await withHistory(async (clickhouse) => {
      const [row] = await clickhouse.query<{ users: number; orders: number }>(
        `SELECT uniqExactIf(user_id, user_id != '') AS users, uniqExactIf(order_id, order_id != '') AS orders
         FROM events FINAL WHERE shop = {shop:UInt32}`,
        { params: { shop: owner.shop } },
      )
      return row as { users: number; orders: number }
    })
    const { db, pool, close } = createPostgres((await server.engines()).databaseUrl, createSilentLog(), {
      max: 1,
    })
    try {
      const counted = async () => {
        const { rows } = await pool.query<{ users: number; orders: number }>(
          `SELECT (SELECT count(*)::int FROM persons WHERE shop = $1) AS users,
                  (SELECT count(*)::int FROM orders WHERE shop = $1) AS orders`,
          [owner.shop],
        )
        return rows[0]
      }
      await waitUntil('all effects are there', async () => (await counted())?.orders === expected.orders)
      expect(await counted()).toEqual(expected)
      const { rows } = await db.execute('SELECT consumer, reason FROM feed_failures')
      expect(rows).toEqual([])
    } finally {
      await close()
    }
  })

  it('no engine outlives a killed server', { timeout: 60_000 }, async () => {
    const { engines } = await server.engines()
    await server.kill()
    await waitUntil(
      'the engines have ended',
      () => engines.every(({ pid }) => pid === undefined || findProcessMark(pid) === undefined),
      30_000,
    )
    server = await start()
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
})
