import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyFreshDatabase } from '../../test/postgres-template.ts'
import { maintain } from './maintenance.ts'
import { openSession, type Session } from './session.ts'

let folder: string
let session: Session

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-pg-'))
  await copyFreshDatabase(join(folder, 'postgres'))
  session = await openSession(join(folder, 'postgres'), (cause) => {
    throw cause
  })
})
afterAll(async () => {
  await session.close()
  await rm(folder, { recursive: true, force: true })
})

test('dead rows are cleared and the planner learns how many rows there are', async () => {
  await session.query('CREATE TABLE worn (id int PRIMARY KEY, n int)')
  await session.query('INSERT INTO worn SELECT n, 0 FROM generate_series(1, 2000) AS n')
  await session.query('UPDATE worn SET n = 1')
  const estimate = 'SELECT reltuples::int AS rows FROM pg_class WHERE relname = $$worn$$'
  expect(await session.query(estimate)).toEqual([{ rows: -1 }])
  await maintain(session)
  expect(await session.query(estimate)).toEqual([{ rows: 2_000 }])
  const dead = 'SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables WHERE relname = $$worn$$'
  expect(await session.query(dead)).toEqual([{ dead: 0 }])
})

test('a table that nothing happened to is left alone', async () => {
  await maintain(session)
  const before = await session.query('SELECT vacuum_count FROM pg_stat_user_tables')
  await maintain(session)
  expect(await session.query('SELECT vacuum_count FROM pg_stat_user_tables')).toEqual(before)
})

test('the write-ahead log does not grow without end', async () => {
  await session.query('CREATE TABLE filled (text text)')
  const countSegments = async () =>
    (await readdir(join(folder, 'postgres', 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name)).length
  let most = 0
  for (let round = 0; round < 12; round++) {
    await session.query("INSERT INTO filled SELECT repeat('x', 1000) FROM generate_series(1, 30000)")
    await session.query('TRUNCATE filled')
    await maintain(session)
    most = Math.max(most, await countSegments())
  }
  // 12 rounds write some 400 MB, which is 25 segments of 16 MB.
  expect(most).toBeLessThan(10)
})
