import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clickhouse, createClickhouse } from '../../platform/clickhouse.ts'
import { testEngineUrls } from '../../test/harness.ts'
import type { FilterableEvent } from './fields.ts'
import { anyCondition, anyEvent, anyFilter } from './filter-arbitraries.ts'
import { getFilter } from './parse-filter.ts'
import type { Filter } from './schema.ts'
import { toClickhouse } from './to-clickhouse.ts'
import { toPredicate } from './to-predicate.ts'

const TABLE = `filter_events_${process.pid}`
let clickhouse: Clickhouse
let batches = 0

beforeAll(async () => {
  clickhouse = createClickhouse(testEngineUrls().clickhouseUrl)
  // The columns of the history with their types, without its rules for what may be kept.
  await clickhouse.command(
    `CREATE TABLE ${TABLE} ENGINE = MergeTree ORDER BY (shop, seq) AS SELECT * FROM events LIMIT 0`,
  )
})
afterAll(async () => {
  await clickhouse.command(`DROP TABLE ${TABLE}`)
  await clickhouse.close()
})

/** The answers of the engine: for each event, for each filter. */
async function askEngine(
  events: readonly FilterableEvent[],
  filters: readonly Filter[],
): Promise<boolean[][]> {
  const shop = ++batches
  const stored = events.map((event, seq) => ({ ...event, shop, seq, ...writeTimes(event) }))
  await clickhouse.insert(TABLE, stored)
  const parts = filters.map((filter, index) => toClickhouse(getFilter(filter), { prefix: `f${index}_` }))
  const rows = await clickhouse.query<{ answers: number[] }>(
    `SELECT [${parts.map((part) => part.sql).join(', ')}] AS answers FROM ${TABLE} WHERE shop = ${shop} ORDER BY seq`,
    { params: Object.assign({}, ...parts.map((part) => part.params)) },
  )
  return rows.map((row) => row.answers.map((answer) => answer === 1))
}

function writeTimes(event: FilterableEvent) {
  const write = (ms: number) => new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
  return { ts: write(event.ts), sent_ts: write(event.sent_ts), received_at: write(event.received_at) }
}

async function expectAgreement(
  events: readonly FilterableEvent[],
  filters: readonly Filter[],
): Promise<number> {
  const answers = await askEngine(events, filters)
  const predicates = filters.map((filter) => toPredicate(getFilter(filter)))
  const differences = events.flatMap((event, row) =>
    predicates.flatMap((predicate, column) => {
      const [inMemory, inHistory] = [predicate(event), answers[row]?.[column]]
      return inMemory === inHistory ? [] : [{ filter: filters[column], event, inMemory, inHistory }]
    }),
  )
  expect(differences.slice(0, 3)).toEqual([])
  return answers.flat().filter(Boolean).length
}

describe('the two back-ends answer alike', () => {
  test('on random events and single conditions', async () => {
    let holding = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { minLength: 40, maxLength: 40 }),
        fc.array(anyCondition, { minLength: 40, maxLength: 40 }),
        async (events, filters) => {
          holding += await expectAgreement(events, filters)
        },
      ),
      { numRuns: 30, endOnFailure: true },
    )
    // Of 48,000 answers: were nearly all alike, the test would show little.
    expect(holding).toBeGreaterThan(5_000)
    expect(holding).toBeLessThan(43_000)
  })

  test('on random events and whole trees', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { minLength: 20, maxLength: 20 }),
        fc.array(anyFilter, { minLength: 15, maxLength: 15 }),
        async (events, filters) => {
          await expectAgreement(events, filters)
        },
      ),
      { numRuns: 15, endOnFailure: true },
    )
  })
})
