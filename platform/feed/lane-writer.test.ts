import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hash128, identityKey, messageHash } from '../../kernel/hash128.ts'
import { openEngineProxy } from '../../test/engine-proxy.ts'
import { testEngineUrls } from '../../test/harness.ts'
import { type Clickhouse, createClickhouse } from '../clickhouse.ts'
import { createSilentLog } from '../log.ts'
import { createEmptyEvent } from './empty-event.ts'
import type { CommittedFlush, EventRow, RejectRow } from './event-row.ts'
import { type LaneWriter, type LaneWriterOptions, openLaneWriter } from './lane-writer.ts'

const AT = Date.UTC(2026, 4, 31, 23, 59, 59, 900)
/** Lately: what was received long ago is neither warmed up nor kept among the rejects. */
const RECEIVED = Date.now() - 1_000
let nextShop = 900_000_000 + Math.floor(Math.random() * 1e8)
let clickhouse: Clickhouse
const open: LaneWriter[] = []

beforeAll(() => {
  clickhouse = createClickhouse(testEngineUrls().clickhouseUrl)
})
afterAll(async () => {
  for (const writer of open) await writer.close()
  await clickhouse.close()
})

async function openWriter(options: Partial<LaneWriterOptions> = {}): Promise<LaneWriter> {
  const writer = await openLaneWriter({
    clickhouse,
    log: createSilentLog(),
    now: Date.now,
    process: 'test',
    patienceMs: 25_000,
    ...options,
  })
  open.push(writer)
  return writer
}

function makeRow(shop: number, id: string, given: Partial<EventRow> = {}): EventRow {
  // The writer itself says where in the feed a row stands.
  const { lane: _, seq: __, ...empty } = createEmptyEvent(shop, 1, RECEIVED)
  return {
    ...empty,
    identity: identityKey(shop, 'user', 'u'),
    identity_kind: 'user',
    user_id: 'u',
    sent_ts: AT,
    ts: AT,
    name: 'Tested',
    message_id: id,
    message_hash: messageHash(shop, id),
    ...given,
  }
}

function makeReject(shop: number): RejectRow {
  return {
    shop,
    received_at: Date.now(),
    source: 1,
    reason: 'bad_time',
    detail: 'd',
    message_id: 'm',
    name: 'n',
    payload: '{}',
    outcome: 'rejected',
  }
}

async function count(shop: number, table = 'events', final = 'FINAL'): Promise<number> {
  const rows = await clickhouse.query<{ n: number }>(
    `SELECT count() AS n FROM ${table} ${final} WHERE shop = {shop:UInt32}`,
    { params: { shop } },
  )
  return rows[0]?.n ?? 0
}

test('every column comes back from the engine as it was written', async () => {
  const shop = nextShop++
  const row = makeRow(shop, 'all', {
    identity: hash128('x'),
    source: 4_000_000_000,
    kind: 'identify',
    name: 'Заказ 😀',
    identity_kind: 'email',
    anonymous_id: 'a',
    user_id: 'ü'.repeat(200),
    session_id: 's',
    url: 'https://shop.example/?q=1',
    path: '/p',
    referrer: 'r',
    utm_source: '1',
    utm_medium: '2',
    utm_campaign: '3',
    utm_content: '4',
    utm_term: '5',
    click_id: 'gclid',
    order_id: 'o',
    amount: -142_860_281_000_000,
    currency: 'UAH',
    properties: `{"long":"${'я'.repeat(20_000)}"}`,
    traits: '{"a":1}',
    context: '{"b":[2]}',
    original_time: '0000',
    marks: ['past', 'clamped'],
    channel: 'site',
    touchpoint: 't',
    stage: 'g',
    valence: -0.5,
    arrival: 'search_ad',
    measure: 'first_answer_seconds',
    measured: 94.25,
    rules_version: 7,
    ts: Date.UTC(1900, 0, 1),
    sent_ts: Date.UTC(2099, 11, 31, 23, 59, 59, 999),
  })
  const writer = await openWriter()
  await writer.write([{ ...row }], [])
  const [stored] = await clickhouse.query<Record<string, unknown>>(
    'SELECT *, toUnixTimestamp64Milli(ts) AS ts_ms, toUnixTimestamp64Milli(sent_ts) AS sent_ms, toUnixTimestamp64Milli(received_at) AS received_ms FROM events WHERE shop = {shop:UInt32}',
    { params: { shop } },
  )
  const { ts, sent_ts, received_at, ...rest } = row
  expect(stored).toMatchObject({
    ...rest,
    ts_ms: ts,
    sent_ms: sent_ts,
    received_ms: received_at,
    lane: writer.lane,
    precedence: 2 ** 52 - received_at,
  })
})

test('an id counts once within a request, across requests that run at once, and later with other content', async () => {
  const shop = nextShop++
  const writer = await openWriter()
  expect(await writer.write([makeRow(shop, 'a'), makeRow(shop, 'a')], [])).toMatchObject({
    recorded: 1,
    duplicates: 1,
  })
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => writer.write([makeRow(shop, 'b')], [])))
  expect(outcomes.filter((outcome) => outcome.recorded === 1)).toHaveLength(1)
  const changed = await writer.write(
    [makeRow(shop, 'a', { identity: hash128('other'), sent_ts: AT + 40 * 86_400_000, name: 'Changed' })],
    [],
  )
  expect(changed).toMatchObject({ recorded: 0, duplicates: 1 })
  expect(await count(shop, 'events', '')).toBe(2)
})

test('a retry over a month end counts once although its corrected time lies in the next month', async () => {
  const shop = nextShop++
  const [first, second] = [await openWriter(), await openWriter()]
  await first.write([makeRow(shop, 'm')], [])
  await second.write([makeRow(shop, 'm', { ts: AT + 3_000, received_at: RECEIVED + 3_000 })], [])
  expect(await count(shop)).toBe(1)
  const rows = await clickhouse.query<{ received: number }>(
    'SELECT toUnixTimestamp64Milli(received_at) AS received FROM events FINAL WHERE shop = {shop:UInt32}',
    { params: { shop } },
  )
  expect(rows).toEqual([{ received: RECEIVED }])
})

test('two processes that write the same events at once are exact', async () => {
  const shop = nextShop++
  const writers = [await openWriter(), await openWriter()]
  const rows = () =>
    Array.from({ length: 500 }, (_, n) => makeRow(shop, `e${n}`, { sent_ts: AT - n * 86_400_000 }))
  await Promise.all(writers.map((writer) => writer.write(rows(), [])))
  expect(await count(shop)).toBe(500)
})

test('a restarted process knows what was recorded before', async () => {
  const shop = nextShop++
  const before = await openWriter()
  await before.write([makeRow(shop, 'r1'), makeRow(shop, 'r2')], [])
  await before.close()
  const after = await openWriter()
  await after.warmed
  expect(await after.write([makeRow(shop, 'r1'), makeRow(shop, 'r3')], [])).toMatchObject({
    recorded: 1,
    duplicates: 1,
  })
})

test('a row that the store refuses is kept as a reject and takes no other with it', async () => {
  const shop = nextShop++
  const writer = await openWriter()
  const bad = makeRow(shop, 'bad', { sent_ts: Date.UTC(1999, 0, 1) })
  const unwritable = makeRow(shop, 'unwritable', { identity: 'no uuid' })
  const good = Array.from({ length: 20 }, (_, n) => makeRow(shop, `g${n}`))
  const [mixed, clean] = await Promise.all([
    writer.write([...good.slice(0, 9), bad, unwritable, ...good.slice(9)], [makeReject(shop)]),
    writer.write([makeRow(shop, 'neighbour')], []),
  ])
  expect(mixed).toMatchObject({ recorded: 20, duplicates: 0 })
  expect(mixed.refused.map((row) => row.message_id).sort()).toEqual(['bad', 'unwritable'])
  expect(clean).toMatchObject({ recorded: 1 })
  expect(await count(shop)).toBe(21)
  const rejects = await clickhouse.query(
    'SELECT reason, message_id FROM rejects WHERE shop = {shop:UInt32} ORDER BY reason, message_id',
    { params: { shop } },
  )
  expect(rejects).toEqual([
    { reason: 'bad_time', message_id: 'm' },
    { reason: 'store_refused', message_id: 'bad' },
    { reason: 'store_refused', message_id: 'unwritable' },
  ])
})

test('one request may reach over more months than the engine takes at once', async () => {
  const shop = nextShop++
  const writer = await openWriter()
  const rows = Array.from({ length: 130 }, (_, n) =>
    makeRow(shop, `m${n}`, { sent_ts: Date.UTC(2000, n, 1) }),
  )
  expect(await writer.write(rows, [])).toMatchObject({ recorded: 130 })
  expect(await count(shop)).toBe(130)
  // Other tests would read all these partitions with theirs.
  const months = rows
    .slice(1)
    .map(({ sent_ts }) => new Date(sent_ts).toISOString().slice(0, 7).replace('-', ''))
  await clickhouse.command(
    `ALTER TABLE events ${months.map((month) => `DROP PARTITION ${month}`).join(', ')}`,
  )
})

test('what stands under one sequence number lies in one partition, so that it is never seen by half', async () => {
  const shop = nextShop++
  const writer = await openWriter()
  const flushes: number[] = []
  writer.onCommit(({ events }) => flushes.push(events.length))
  const rows = Array.from({ length: 60 }, (_, n) =>
    makeRow(shop, `p${n}`, { sent_ts: Date.UTC(2020, n % 30, 3) }),
  )
  await writer.write(rows, [])
  const spread = await clickhouse.query<{ partitions: number; n: number }>(
    'SELECT uniqExact(toYYYYMM(sent_ts)) AS partitions, count() AS n FROM events WHERE shop = {shop:UInt32} GROUP BY lane, seq',
    { params: { shop } },
  )
  expect(spread).toHaveLength(30)
  expect(spread.every(({ partitions, n }) => partitions === 1 && n === 2)).toBe(true)
  expect(flushes).toEqual(Array.from({ length: 30 }, () => 2))
})

test('a block whose answer was lost is sent again and stored once', async () => {
  const shop = nextShop++
  const proxy = await openEngineProxy(testEngineUrls().clickhouseUrl)
  const away = createClickhouse(proxy.url)
  const writer = await openWriter({ clickhouse: away })
  proxy.road = 'answers-lost'
  const written = writer.write([makeRow(shop, 'lost')], [])
  await expect.poll(() => proxy.lost).toBeGreaterThan(1)
  proxy.road = 'open'
  expect(await written).toMatchObject({ recorded: 1 })
  expect(await count(shop, 'events', '')).toBe(1)
  await writer.close()
  await Promise.all([away.close(), proxy.close()])
})

// Were each caller made to wait for its own try, these forty would take a minute.
test('while the store is away callers are told to come again, and afterwards all is well', {
  timeout: 40_000,
}, async () => {
  const shop = nextShop++
  const proxy = await openEngineProxy(testEngineUrls().clickhouseUrl)
  const away = createClickhouse(proxy.url)
  const writer = await openWriter({ clickhouse: away, patienceMs: 1_500 })
  proxy.road = 'closed'
  const late = { code: 'store_away', retryAfterSeconds: 2 }
  await expect(writer.write([makeRow(shop, 'w1')], [])).rejects.toMatchObject(late)
  for (let n = 0; n < 40; n++)
    await expect(writer.write([makeRow(shop, 'w2')], [])).rejects.toMatchObject(late)
  proxy.road = 'open'
  await expect
    .poll(() => writer.write([makeRow(shop, 'w2')], []).catch(() => 'away'), { timeout: 10_000 })
    .toMatchObject({ recorded: 1 })
  // The client repeats the first one too: it was on its way all the time.
  expect(await writer.write([makeRow(shop, 'w1')], [])).toMatchObject({ duplicates: 1 })
  expect(await count(shop, 'events', '')).toBe(2)
  await writer.close()
  await Promise.all([away.close(), proxy.close()])
})

test('a full queue refuses instead of growing', async () => {
  const shop = nextShop++
  const writer = await openWriter()
  const rows = (part: number) => Array.from({ length: 9_000 }, (_, n) => makeRow(shop, `q${part}-${n}`))
  const outcomes = await Promise.allSettled(
    Array.from({ length: 9 }, (_, part) => writer.write(rows(part), [])),
  )
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  expect(await count(shop)).toBe((9 - refused.length) * 9_000)
})

test('closing finishes what was begun and takes no more', async () => {
  const shop = nextShop++
  const writer = await openWriter()
  const pending = Promise.all(
    Array.from({ length: 50 }, (_, n) => writer.write([makeRow(shop, `c${n}`)], [])),
  )
  const closing = writer.close()
  await expect(writer.write([makeRow(shop, 'late')], [])).rejects.toMatchObject({ code: 'store_away' })
  await Promise.all([pending, closing])
  expect(await count(shop)).toBe(50)
})

test('listeners get every committed event, in the order of the sequence, without gaps', async () => {
  const shop = nextShop++
  const writer = await openWriter()
  const flushes: (CommittedFlush & { previousSeq: number })[] = []
  writer.onCommit((flush) => void flushes.push(flush))
  for (let n = 0; n < 5; n++) await writer.write([makeRow(shop, `o${n}`)], n === 2 ? [makeReject(shop)] : [])
  const withEvents = flushes.filter((flush) => flush.events.length > 0)
  expect(withEvents.flatMap((flush) => flush.events.map((row) => row.message_id))).toEqual([
    'o0',
    'o1',
    'o2',
    'o3',
    'o4',
  ])
  expect(withEvents.map((flush) => flush.previousSeq).slice(1)).toEqual(
    withEvents.map((flush) => flush.seq).slice(0, -1),
  )
  expect(flushes.flatMap((flush) => flush.rejects)).toHaveLength(1)
})

test('hours are counted by what became of the events', async () => {
  const shop = nextShop++
  const writer = await openWriter()
  await writer.write(
    [makeRow(shop, randomUUID()), makeRow(shop, 'k'), makeRow(shop, 'k')],
    [makeReject(shop)],
  )
  await writer.counts.write()
  const rows = await clickhouse.query(
    'SELECT outcome, sum(n) AS n FROM ingest_counts WHERE shop = {shop:UInt32} GROUP BY outcome ORDER BY outcome',
    { params: { shop } },
  )
  expect(rows).toEqual([
    { outcome: 'accepted', n: 2 },
    { outcome: 'duplicate', n: 1 },
    { outcome: 'rejected', n: 1 },
  ])
})
