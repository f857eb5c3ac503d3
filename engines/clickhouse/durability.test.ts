import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { select, startTestEngine, type TestEngine } from './testing/start-test-engine.ts'

const CREATE = `CREATE TABLE IF NOT EXISTS t (a UInt64, block UInt32) ENGINE = MergeTree ORDER BY a PARTITION BY a % 3
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 1000`
const ROWS_A_BLOCK = 100

function insertBlock(engine: TestEngine, block: number) {
  const values = Array.from({ length: ROWS_A_BLOCK }, (_, a) => ({ a, block }))
  const clickhouse_settings = { insert_deduplication_token: `block-${block}` }
  return engine.client.insert({ table: 't', values, format: 'JSONEachRow', clickhouse_settings })
}

/** Inserts blocks until the engine dies under it; returns the answered ones and the one whose fate is unknown. */
async function insertUntilKilled(engine: TestEngine, from: number, afterMs: number) {
  const answered: number[] = []
  const killed = new Promise((resolve) => setTimeout(resolve, afterMs)).then(() => engine.kill())
  for (let block = from; ; block += 1) {
    try {
      await insertBlock(engine, block)
      answered.push(block)
    } catch {
      await killed
      return { answered, unknown: block }
    }
  }
}

test('what was answered survives a kill, and a repeated block is written once', {
  timeout: 120_000,
}, async () => {
  let engine = await startTestEngine()
  const { dataDir } = engine
  try {
    await engine.client.command({ query: CREATE })
    let next = 0
    for (const delay of [150, 333, 610]) {
      const { answered, unknown } = await insertUntilKilled(engine, next, delay)
      engine = await startTestEngine({ dataDir })
      const kept = await select<{ block: number; n: number }>(
        engine.client,
        'SELECT block, count() AS n FROM t GROUP BY block ORDER BY block',
      )
      const whole = new Set(kept.filter(({ n }) => n === ROWS_A_BLOCK).map(({ block }) => block))
      expect(answered.filter((block) => !whole.has(block))).toEqual([])
      // The client can't know whether the last one was written, so it repeats it; also one it knows to be there.
      await insertBlock(engine, unknown)
      if (answered.length > 0) await insertBlock(engine, answered[0] as number)
      next = unknown + 1
      const counts = await select(engine.client, 'SELECT count() AS n, uniqExact(block) AS blocks FROM t')
      expect(counts).toEqual([{ n: next * ROWS_A_BLOCK, blocks: next }])
    }
  } finally {
    await engine.remove()
    await rm(dataDir, { recursive: true, force: true })
  }
})

test('an orderly stop finishes the inserts under way, ends reads, and loses nothing', async () => {
  let engine = await startTestEngine()
  const { dataDir } = engine
  try {
    await engine.client.command({ query: CREATE })
    const reading = engine.client.query({
      query: 'SELECT sum(cityHash64(number)) FROM numbers(1000000000000)',
    })
    const readEnd = expect(reading).rejects.toMatchObject({ code: '236' })
    const inserts = Promise.allSettled(Array.from({ length: 40 }, (_, block) => insertBlock(engine, block)))
    await insertBlock(engine, 1000)
    const exited = engine.stop()
    const answered = (await inserts).filter(({ status }) => status === 'fulfilled').length
    await readEnd
    expect(await exited).toBe(0)
    engine = await startTestEngine({ dataDir })
    const [counts] = await select<{ blocks: number }>(
      engine.client,
      'SELECT uniqExact(block) AS blocks FROM t',
    )
    expect(counts?.blocks).toBeGreaterThanOrEqual(answered + 1)
  } finally {
    await engine.remove()
  }
})
