import { afterAll, beforeAll, expect, test } from 'vitest'
import { select, startTestEngine, type TestEngine } from './testing/start-test-engine.ts'

// What the tables of Tropa rely on beyond reading and writing.

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine()
  await engine.client.command({
    query: `CREATE TABLE events (shop UInt32, id UInt64, month Date, rules UInt32, v String)
      ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(month) ORDER BY (shop, id)
      SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  })
})
afterAll(() => engine.remove())

const command = (query: string, clickhouse_settings = {}) =>
  engine.client.command({ query, clickhouse_settings })

test('FINAL counts a repeated row once, within each partition', async () => {
  await command("INSERT INTO events SELECT 1, number, '2026-01-15', 1, 'first' FROM numbers(1000)")
  await command("INSERT INTO events SELECT 1, number, '2026-01-15', 1, 'again' FROM numbers(500)")
  await command("INSERT INTO events SELECT 1, number, '2026-02-15', 1, 'other' FROM numbers(300)")
  const result = await engine.client.query({
    query: "SELECT count() AS n, countIf(v = 'again') AS again FROM events FINAL",
    clickhouse_settings: { do_not_merge_across_partitions_select_final: 1 },
    format: 'JSONEachRow',
  })
  expect(await result.json()).toEqual([{ n: 1_300, again: 500 }])
})

test('a mutation is done when it is answered', async () => {
  await command("ALTER TABLE events UPDATE v = 'new', rules = 2 WHERE shop = 1 AND rules < 2", {
    mutations_sync: '2',
  })
  expect(
    await select(engine.client, 'SELECT countIf(rules = 1) AS old, countIf(rules = 2) AS new FROM events'),
  ).toEqual([{ old: 0, new: 1_800 }])
  await command('ALTER TABLE events DELETE WHERE id = 7', { mutations_sync: '2' })
  expect(await select(engine.client, 'SELECT count() AS n FROM events WHERE id = 7')).toEqual([{ n: 0 }])
})

test('a closed month is merged to one part', async () => {
  await command('OPTIMIZE TABLE events PARTITION 202601 FINAL', {
    alter_sync: '2',
    optimize_throw_if_noop: 1,
  })
  const query =
    "SELECT partition, count() AS parts, sum(rows) AS n FROM system.parts WHERE active AND table = 'events' GROUP BY partition ORDER BY partition"
  expect(await select(engine.client, query)).toEqual([
    { partition: '202601', parts: 1, n: 999 },
    { partition: '202602', parts: 1, n: 299 },
  ])
})

test('a column is added while rows come in', async () => {
  const inserts = Promise.all(
    Array.from({ length: 20 }, (_, id) =>
      engine.client.insert({
        table: 'events',
        values: [{ shop: 2, id, month: '2026-03-01' }],
        format: 'JSONEachRow',
      }),
    ),
  )
  await command("ALTER TABLE events ADD COLUMN IF NOT EXISTS channel LowCardinality(String) DEFAULT 'none'")
  await inserts
  expect(await select(engine.client, 'SELECT count() AS n FROM events WHERE shop = 2')).toEqual([{ n: 20 }])
})

test('BACKUP and RESTORE work within the backups folder, and nowhere else', async () => {
  await command("BACKUP TABLE events TO File('one')")
  await command("RESTORE TABLE events AS restored FROM File('one')")
  const digest = (table: string) =>
    select(engine.client, `SELECT count() AS n, sum(cityHash64(*)) AS h FROM ${table}`)
  expect(await digest('restored')).toEqual(await digest('events'))
  await expect(command("BACKUP TABLE events TO File('/tmp/elsewhere')")).rejects.toMatchObject({ code: '36' })
  await expect(command("BACKUP TABLE events TO File('../../elsewhere')")).rejects.toMatchObject({
    code: '36',
  })
})

test.each(['Native', 'RowBinary', 'Parquet'])(
  'a table goes out and in again as %s, unchanged',
  async (format) => {
    await command('DROP TABLE IF EXISTS copied')
    await command('TRUNCATE TABLE events')
    await command('CREATE TABLE copied AS events')
    await command(
      "INSERT INTO events SELECT 3, number, '2026-04-01', 1, repeat('x', 40), 'c' FROM numbers(200000)",
    )
    const out = await engine.request(`/?query=${encodeURIComponent(`SELECT * FROM events FORMAT ${format}`)}`)
    const body = out.body as ReadableStream
    const path = `/?query=${encodeURIComponent(`INSERT INTO copied FORMAT ${format}`)}`
    const answer = await engine.request(path, { ...{ method: 'POST', body, duplex: 'half' } } as RequestInit)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    const digest = (table: string) =>
      select(engine.client, `SELECT count() AS n, sum(cityHash64(*)) AS h FROM ${table}`)
    expect(await digest('copied')).toEqual(await digest('events'))
  },
)

test('more than a hundred months in one insert are refused whole', async () => {
  const values = Array.from({ length: 101 }, (_, index) => ({
    shop: 9,
    id: index,
    month: `${2000 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`,
  }))
  await expect(
    engine.client.insert({ table: 'events', values, format: 'JSONEachRow' }),
  ).rejects.toMatchObject({
    code: '252',
  })
  expect(await select(engine.client, 'SELECT count() AS n FROM events WHERE shop = 9')).toEqual([{ n: 0 }])
})
