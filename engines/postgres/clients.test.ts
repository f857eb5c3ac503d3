import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { Pool } from 'pg'
import PgBoss from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from './test-engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startTestEngine()
})
afterAll(() => engine.stop())

test('node-postgres reads the address, also from its parts in a folder with odd letters', async () => {
  const other = await startTestEngine({ socketDir: `/tmp/tropa тест & ${process.pid}` })
  expect((await other.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await other.stop()
})

test('drizzle: queries, prepared ones, and transactions that roll back on an error', async () => {
  const things = pgTable('things', { id: integer().primaryKey(), name: text().notNull() })
  const db = drizzle({ client: engine.pool })
  await db.execute(sql`CREATE TABLE things (id int PRIMARY KEY, name text NOT NULL)`)
  await db.insert(things).values([
    { id: 1, name: 'один' },
    { id: 2, name: 'два' },
  ])
  const byId = db
    .select()
    .from(things)
    .where(eq(things.id, sql.placeholder('id')))
    .prepare('by_id')
  const found = await Promise.all([1, 2, 1, 2, 1, 2].map((id) => byId.execute({ id })))
  expect(found.flat().map((thing) => thing.id)).toEqual([1, 2, 1, 2, 1, 2])
  const failing = db.transaction(async (tx) => {
    await tx.insert(things).values({ id: 3, name: 'три' })
    await tx.insert(things).values({ id: 1, name: 'again' })
  })
  await expect(failing).rejects.toThrow()
  expect(await db.$count(things)).toBe(2)
})

test('pg-boss: installs itself, works jobs off, retries, and keeps schedules', async () => {
  const boss = new PgBoss({ connectionString: engine.url })
  const errors: unknown[] = []
  boss.on('error', (error) => errors.push(error))
  await boss.start()
  await boss.createQueue('care')
  const done: number[] = []
  let failures = 0
  await boss.work<{ n: number }>('care', { pollingIntervalSeconds: 0.5, batchSize: 5 }, async (jobs) => {
    if (failures++ === 0) throw new Error('the first try fails')
    done.push(...jobs.map((job) => job.data.n))
  })
  await boss.insert([1, 2, 3, 4, 5].map((n) => ({ name: 'care', data: { n }, retryLimit: 3 })))
  await expect.poll(() => done.toSorted(), { timeout: 25_000 }).toEqual([1, 2, 3, 4, 5])
  await boss.schedule('care', '*/5 * * * *', { n: 6 })
  expect((await boss.getSchedules()).map((schedule) => schedule.name)).toEqual(['care'])
  await boss.stop({ graceful: true, timeout: 5_000 })
  expect(errors).toEqual([])
  expect(engine.failures).toEqual([])
})

test('ten pools of eight connections share the one session fairly', async () => {
  const pools = Array.from({ length: 10 }, () => new Pool({ connectionString: engine.url, max: 8 }))
  const order: number[] = []
  await Promise.all(
    pools.flatMap((pool, at) =>
      Array.from({ length: 20 }, () => pool.query('SELECT 1').then(() => void order.push(at))),
    ),
  )
  expect(order).toHaveLength(200)
  const firstOfLast = Math.min(...pools.map((_, at) => order.indexOf(at)))
  expect(firstOfLast).toBeLessThan(100)
  await Promise.all(pools.map((pool) => pool.end()))
})
