import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { hash128, messageHash } from '../../kernel/hash128.ts'
import { openEngineProxy } from '../../test/engine-proxy.ts'
import { testEngineUrls } from '../../test/harness.ts'
import { passOverHistory } from '../../test/pass-over.ts'
import { type Clickhouse, createClickhouse } from '../clickhouse.ts'
import { createSilentLog } from '../log.ts'
import { createPostgres, type Postgres, type Tx } from '../postgres.ts'
import type { FeedConsumer } from './consumer.ts'
import { type ConsumerRunner, startConsumerRunner } from './consumer-runner.ts'
import { createEmptyEvent } from './empty-event.ts'
import type { EventRow, FeedEvent } from './event-row.ts'
import { type LaneWriter, openLaneWriter } from './lane-writer.ts'

const log = createSilentLog()
let clickhouse: Clickhouse
let postgres: Postgres
let consumer: FeedConsumer
let shop: number
/** Ends what a test began, last first. */
let ending: (() => Promise<void>)[] = []

beforeAll(async () => {
  const urls = testEngineUrls()
  clickhouse = createClickhouse(urls.clickhouseUrl)
  postgres = createPostgres(urls.databaseUrl, log, { max: 2 })
  await postgres.db.execute(sql`CREATE TABLE IF NOT EXISTS feed_test_effects (
    consumer text, shop integer, message_id text, times integer, place bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (consumer, shop, message_id))`)
})
afterAll(async () => {
  await postgres.db.execute(sql`DROP TABLE feed_test_effects`)
  await Promise.all([clickhouse.close(), postgres.close()])
})
beforeEach(async () => {
  shop = 800_000_000 + Math.floor(Math.random() * 1e8)
  consumer = createConsumer(shop)
  await passOverHistory(postgres.db, clickhouse, [consumer.name])
})
afterEach(async () => {
  for (const end of ending.reverse()) await end()
  ending = []
})

/** Notes every event of the test's own shop, and how often it was told of it. */
function createConsumer(own: number, failOn?: string): FeedConsumer {
  const name = `test-${randomUUID()}`
  return {
    name,
    async apply(tx: Tx, events: FeedEvent[]) {
      for (const { message_id, ...event } of events) {
        if (event.shop !== own) continue
        if (message_id === failOn) throw new Error('this event can not be applied')
        await tx.execute(sql`INSERT INTO feed_test_effects (consumer, shop, message_id, times) VALUES (${name}, ${own}, ${message_id}, 1)
          ON CONFLICT (consumer, shop, message_id) DO UPDATE SET times = feed_test_effects.times + 1`)
      }
    },
  }
}

async function effects(): Promise<{ message_id: string; times: number }[]> {
  const { rows } = await postgres.db.execute<{ message_id: string; times: number }>(
    sql`SELECT message_id, times FROM feed_test_effects WHERE consumer = ${consumer.name} ORDER BY place`,
  )
  return rows
}

const once = (ids: string[]) => ids.map((message_id) => ({ message_id, times: 1 }))
const name = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `e${from + n}`)

async function openWriter(): Promise<LaneWriter> {
  const writer = await openLaneWriter({ clickhouse, log, now: Date.now, process: 'test' })
  ending.push(() => writer.close())
  return writer
}

function startRunner(options: { db?: Postgres['db']; pollMs?: number } = {}): ConsumerRunner {
  const runner = startConsumerRunner({
    db: postgres.db,
    clickhouse,
    log,
    now: Date.now,
    consumers: [consumer],
    ...options,
  })
  ending.push(() => runner.close())
  return runner
}

function connect(writer: LaneWriter, runner: ConsumerRunner): void {
  writer.onCommit((flush) => runner.offer(flush))
}

async function write(writer: LaneWriter, ids: string[]): Promise<void> {
  for (const id of ids) await writer.write([makeRow(id)], [])
}

function makeRow(id: string): EventRow {
  return {
    ...createEmptyEvent(shop, 1, Date.now()),
    identity: hash128('u'),
    identity_kind: 'user',
    user_id: 'u',
    sent_ts: Date.now(),
    ts: Date.now(),
    name: 'Tested',
    message_id: id,
    message_hash: messageHash(shop, id),
  }
}

test('tells how many events wait in memory, until they have had their effects', async () => {
  const lane = 1_000_000_000 + Math.floor(Math.random() * 1e8)
  const runner = startRunner()
  const head = Date.now()
  const events = ['e0', 'e1', 'e2'].map((id) => ({ ...makeRow(id), lane, seq: head }))
  runner.offer({ lane, seq: head, previousSeq: 0, events, rejects: [] })
  expect(runner.waitingRows()).toBe(3)
  await runner.drain()
  expect(runner.waitingRows()).toBe(0)
  expect(await effects()).toEqual(once(name(0, 3)))
})

test('events reach the consumer once, in their order, from memory', async () => {
  const [writer, runner] = [await openWriter(), startRunner()]
  connect(writer, runner)
  await write(writer, name(0, 20))
  await runner.drain()
  expect(await effects()).toEqual(once(name(0, 20)))
  expect(runner.lagSeconds()).toBe(0)
})

test('what was committed while nobody consumed is caught up from the table', async () => {
  const writer = await openWriter()
  await write(writer, name(0, 5))
  const runner = startRunner()
  connect(writer, runner)
  await write(writer, name(5, 10))
  await runner.drain()
  expect(await effects()).toEqual(once(name(0, 10)))
})

test('a restarted runner goes on where the last one stopped', async () => {
  const writer = await openWriter()
  const first = startRunner()
  connect(writer, first)
  await write(writer, name(0, 5))
  await first.drain()
  await first.close()
  await write(writer, name(5, 8))
  await startRunner().drain()
  expect(await effects()).toEqual(once(name(0, 8)))
})

test('two runners share the work without doing any of it twice', async () => {
  const writer = await openWriter()
  const runners = [startRunner({ pollMs: 20 }), startRunner({ pollMs: 20 })]
  for (const runner of runners) connect(writer, runner)
  await write(writer, name(0, 40))
  await Promise.all(runners.map((runner) => runner.drain()))
  expect(
    (await effects()).sort((a, b) => Number(a.message_id.slice(1)) - Number(b.message_id.slice(1))),
  ).toEqual(once(name(0, 40)))
})

test('events of another process are found, and a lane that was quiet is not far behind', async () => {
  const [own, other] = [await openWriter(), await openWriter()]
  const runner = startRunner({ pollMs: 50 })
  connect(own, runner)
  await write(other, ['before'])
  await runner.drain()
  await write(other, ['after'])
  runner.poke()
  await expect.poll(async () => (await effects()).length).toBe(2)
  expect(runner.lagSeconds()).toBeLessThan(30)
})

test('a consumer may take a batch in slices; the cursor moves with the last of them', async () => {
  const whole = consumer
  const seen: { size: number; cursor: number }[] = []
  consumer = {
    ...whole,
    slice: 4,
    async apply(tx, events, silent) {
      const { rows } = await tx.execute<{ seq: string }>(
        sql`SELECT seq FROM feed_cursors WHERE consumer = ${whole.name} AND lane = ${events[0]?.lane}`,
      )
      // Lanes of other tests are read too.
      if (events[0]?.shop === shop) seen.push({ size: events.length, cursor: Number(rows[0]?.seq) })
      await whole.apply(tx, events, silent)
    },
  }
  const [writer, runner] = [await openWriter(), startRunner()]
  connect(writer, runner)
  await writer.write(name(0, 10).map(makeRow), [])
  await runner.drain()
  expect(await effects()).toEqual(once(name(0, 10)))
  expect(seen).toEqual([4, 4, 2].map((size) => ({ size, cursor: 0 })))
  await write(writer, ['e10'])
  await runner.drain()
  expect(seen.at(-1)?.cursor).toBeGreaterThan(0)
})

test('an event that can not be applied is set aside, and all others have their effects', async () => {
  consumer = createConsumer(shop, 'e3')
  await passOverHistory(postgres.db, clickhouse, [consumer.name])
  const [writer, runner] = [await openWriter(), startRunner()]
  connect(writer, runner)
  await write(writer, name(0, 6))
  await runner.drain()
  expect((await effects()).map((row) => row.message_id)).toEqual(['e0', 'e1', 'e2', 'e4', 'e5'])
  const { rows } = await postgres.db.execute(
    sql`SELECT message_id, reason FROM feed_failures WHERE consumer = ${consumer.name}`,
  )
  expect(rows).toEqual([{ message_id: 'e3', reason: 'this event can not be applied' }])
})

test('while PostgreSQL is away effects wait, and the lag says so', async () => {
  const road = await openEngineProxy(testEngineUrls().databaseUrl)
  const away = createPostgres(road.url, log, { max: 2 })
  const [writer, runner] = [await openWriter(), startRunner({ db: away.db })]
  connect(writer, runner)
  await write(writer, ['before'])
  await runner.drain()
  road.road = 'closed'
  await write(writer, name(0, 5))
  await expect.poll(() => runner.lagSeconds()).toBeGreaterThan(0.5)
  expect(await effects()).toHaveLength(1)
  road.road = 'open'
  await runner.drain()
  expect(await effects()).toEqual(once(['before', ...name(0, 5)]))
  await runner.close()
  await away.close()
  await road.close()
})
