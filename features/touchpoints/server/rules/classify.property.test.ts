import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FilterableEvent } from '../../../../kernel/filter/fields.ts'
import { anyEvent, anyFilter } from '../../../../kernel/filter/filter-arbitraries.ts'
import { readStoredJson, toStoredJson } from '../../../../kernel/stored-json.ts'
import { type Clickhouse, createClickhouse } from '../../../../platform/clickhouse.ts'
import type { EventRow } from '../../../../platform/feed/event-row.ts'
import { testEngineUrls } from '../../../../test/harness.ts'
import type { Registry, Standard, Touchpoint } from '../../contract.ts'
import { defaultRegistry } from '../default-registry.ts'
import { classifySteps } from './classify-sql.ts'
import { compileRegistry, type Derived } from './compile-registry.ts'

const TABLE = `classify_events_${process.pid}`
let clickhouse: Clickhouse
let batches = 0

beforeAll(async () => {
  clickhouse = createClickhouse(testEngineUrls().clickhouseUrl)
  await clickhouse.command(
    `CREATE TABLE ${TABLE} ENGINE = MergeTree ORDER BY (shop, seq) AS SELECT * FROM events LIMIT 0`,
  )
})
afterAll(async () => {
  await clickhouse.command(`DROP TABLE ${TABLE}`)
  await clickhouse.close()
})

type Answer = Omit<Derived, 'rules_version'>

async function askEngine(events: readonly FilterableEvent[], registry: Registry): Promise<Answer[]> {
  const shop = ++batches
  const write = (ms: number) => new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
  const rows = events.map((event, seq) => ({
    ...event,
    shop,
    seq,
    ts: write(event.ts),
    sent_ts: write(event.sent_ts),
    received_at: write(event.received_at),
  }))
  await clickhouse.insert(TABLE, rows)
  const steps = classifySteps(registry)
  // As a mutation does it: each step on the rows as the one before has left them.
  const classified = steps.reduce((from, { columns }) => {
    const changes = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`)
    return `(SELECT * REPLACE (${changes.join(', ')}) FROM ${from})`
  }, `(SELECT * FROM ${TABLE} WHERE shop = ${shop})`)
  const answers = await clickhouse.query<Record<string, string | number | null>>(
    `SELECT arrival, touchpoint, stage, measure, measured FROM ${classified} ORDER BY seq`,
    { params: Object.assign({}, ...steps.map(({ params }) => params)) },
  )
  return answers.map((answer) => ({
    arrival: String(answer.arrival),
    touchpoint: String(answer.touchpoint),
    stage: String(answer.stage),
    measure: String(answer.measure),
    measured: answer.measured === null ? null : Number(answer.measured),
  }))
}

function askMemory(events: readonly FilterableEvent[], registry: Registry): Answer[] {
  const compiled = compileRegistry(registry)
  return events.map((event) => {
    const row = { ...event } as unknown as EventRow
    compiled.classify(row, readStoredJson(event.properties) ?? {})
    const { arrival, touchpoint, stage, measure, measured } = row
    return { arrival, touchpoint, stage, measure, measured }
  })
}

const KEYS = ['one', 'two', 'three', 'four', 'five', 'six']
const anyStandard: fc.Arbitrary<Standard> = fc.record({
  measure: fc.constantFrom('a', 'b', 'c', 'lcp'),
  direction: fc.constantFrom('at_most', 'at_least'),
  good: fc.constant(1),
  bad: fc.constant(2),
  unit: fc.constant('s'),
  basis: fc.constant('each'),
  source: fc.constant('O'),
})
const anyTouchpoint = (key: string): fc.Arbitrary<Touchpoint> =>
  fc.record({
    key: fc.constant(key),
    stage: fc.constantFrom('near', 'far'),
    stageWhileOrdered: fc.constant(null),
    stageAfterReceipt: fc.constant(null),
    channel: fc.constant('site'),
    name: fc.constant(null),
    claims: fc.constantFrom('arrival', 'moment', 'both'),
    rule: fc.option(anyFilter, { nil: null, freq: 8 }),
    standards: fc.array(anyStandard, { maxLength: 3 }),
    isOn: fc.boolean().chain((one) => (one ? fc.constant(true) : fc.boolean())),
  })
const anyRegistry: fc.Arbitrary<Registry> = fc
  .tuple(...KEYS.map(anyTouchpoint))
  .chain((touchpoints) => fc.shuffledSubarray(touchpoints))
  .map((touchpoints) => ({ version: 2, stages: [], touchpoints }))

/**
 * Events of every kind, some of which name their touchpoint or carry what a standard measures. What is derived is empty:
 * no rule may ask for it (`check-registry.ts`).
 */
const anyContact: fc.Arbitrary<FilterableEvent> = fc
  .tuple(
    anyEvent,
    fc.constantFrom('page', 'page', 'track', 'track', 'screen', 'identify', 'group', 'alias'),
    fc.option(fc.constantFrom<unknown>(...KEYS, 'nowhere', 1, '')),
    fc.option(fc.constantFrom<unknown>(true, false, 3, '4.5', 'soon', null, -0, [1])),
  )
  .map(([event, kind, touchpoint, lcp]) => {
    const properties = readStoredJson(event.properties) ?? {}
    if (touchpoint !== null) properties.touchpoint = touchpoint
    if (lcp !== null) properties.lcp = lcp
    const changed = touchpoint !== null || lcp !== null
    return { ...event, measured: null, kind, ...(changed ? { properties: toStoredJson(properties) } : {}) }
  })

const NAMES = ['Order Completed', 'order delivered', 'Product Viewed', 'Contact Started', 'Page Measured', '']
const PATHS = [
  '/',
  '/ru/',
  '/cart',
  '/Cartridges/x',
  '/product/чайник',
  '/catalog/a/',
  '/tovar/',
  '/faq',
  '/x',
]
const CHANNELS = ['search_ad', 'site', 'direct', 'phone', 'chat', 'parcel', 'email', 'unknown', 'store']

/** Events as shops send them, so that the built-in rules have something to claim. */
const likelyContact: fc.Arbitrary<FilterableEvent> = fc
  .tuple(
    anyContact,
    fc.constantFrom(...NAMES),
    fc.constantFrom(...PATHS),
    fc.constantFrom(...CHANNELS),
    fc.constantFrom('Курьер', 'branch', 'самовивіз', undefined),
  )
  .map(([event, name, path, channel, delivery_method]) => ({
    ...event,
    name,
    path,
    channel,
    properties: toStoredJson({ ...readStoredJson(event.properties), delivery_method }),
  }))

describe('the registry in memory and in the history', () => {
  test('answer alike for random events and registries', async () => {
    let claimed = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyContact, { minLength: 40, maxLength: 40 }),
        anyRegistry,
        async (events, registry) => {
          const [inMemory, inHistory] = [askMemory(events, registry), await askEngine(events, registry)]
          expect(inMemory).toEqual(inHistory)
          claimed += inMemory.filter(({ touchpoint }) => touchpoint !== '').length
        },
      ),
      { numRuns: 40, endOnFailure: true },
    )
    // Of 1,600 events: were all unclaimed, the test would show little.
    expect(claimed).toBeGreaterThan(200)
    expect(claimed).toBeLessThan(1_500)
  })

  test('answer alike for likely events and the built-in registry', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(likelyContact, { minLength: 200, maxLength: 200 }), async (events) => {
        const inMemory = askMemory(events, defaultRegistry)
        expect(inMemory).toEqual(await askEngine(events, defaultRegistry))
        for (const { touchpoint } of inMemory) seen.add(touchpoint)
      }),
      { numRuns: 8, endOnFailure: true },
    )
    expect([...seen]).toEqual(expect.arrayContaining(['confirmation', 'cart', 'courier', 'product_page', '']))
  })
})
