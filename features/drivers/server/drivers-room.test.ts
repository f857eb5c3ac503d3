import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loadDemo } from '../../../demo/load/load-demo.ts'
import { type DemoOptions, readDemoOptions } from '../../../demo/options.ts'
import { planOf, tellAll } from '../../../demo/product/find-planted.ts'
import { clock } from '../../../demo/simulate/arrivals.ts'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import { deliverDomainEvents } from '../../../platform/domain-events.ts'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import { rooms } from '../../../server/rooms.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import { JOURNEY_SILENCE_MS } from '../../reports/server/reads.ts'
import type { StandardsRoom } from '../../standards/server/room.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { DriversAnswer, DriversSettings } from '../contract.ts'
import { OUTCOMES, type Outcome } from '../vocabulary.ts'
import { planRead } from './drivers-question.ts'
import { historiesQuery, sizeQuery } from './histories-query.ts'
import { deviceOf, inventRows } from './testing/invent-events.ts'
import { makeUnits } from './units/make-units.ts'
import { packEvent } from './units/pack-event.ts'
import type { PackedEvent } from './units/packed.ts'
import { type HistoryEvent, type HistoryRow, readHistory } from './units/read-history.ts'
import { toTable } from './units/to-table.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 4, 20, 12)
const PERIOD = { from: Date.UTC(2026, 0, 15), to: Date.UTC(2026, 4, 19) }
const FACTS: DriversSettings['facts'] = [
  {
    key: 'guide',
    name: 'A guide',
    event: 'guide_opened',
    property: null,
    equals: null,
    atLeast: null,
    stage: 'aftercare',
  },
  {
    key: 'big',
    name: 'A big order',
    event: 'Order Completed',
    property: 'total',
    equals: null,
    atLeast: 500,
    stage: 'order',
  },
  {
    key: 'red',
    name: 'Red',
    event: 'Product Viewed',
    property: 'colour',
    equals: 'красный',
    atLeast: null,
    stage: 'site',
  },
]

let app: TestApp
let now = NOW
beforeAll(async () => {
  app = await openTestApp({ now: () => now })
})
afterAll(() => app.close())

async function record(shop: number, rows: FeedEvent[], prng: Prng) {
  // Some are sent again, and two visitors turn out to be one person.
  await app.deps.writer.write([...rows, ...rows.filter(() => prng.below(4) === 0)], [])
  const identity = (who: string) => identityKey(shop, 'anonymous', who)
  await app.deps.clickhouse.insert('identity_links', [
    { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
  ])
}

/** What the statement should give, one event after another. */
function packSlowly(shop: number, rows: readonly FeedEvent[]): Map<string, PackedEvent[]> {
  const [v2, v7] = ['v2', 'v7'].map((who) => identityKey(shop, 'anonymous', who))
  const packed = new Map<string, PackedEvent[]>()
  for (const row of rows) {
    const person = row.identity === v7 ? (v2 as string) : row.identity
    const properties = JSON.parse(row.properties) as Record<string, unknown>
    const one = packEvent({ ...row, properties, device: deviceOf(row) }, 'UAH', FACTS)
    if (one) packed.set(person, [...(packed.get(person) ?? []), one])
  }
  return packed
}

async function readRows(
  shop: number,
  outcome: Outcome,
  period = PERIOD,
  facts: DriversSettings['facts'] = FACTS,
): Promise<HistoryRow[]> {
  const base = { ...planRead({ report: { period }, outcome }), shop, facts, currency: 'UAH' }
  const plan = { ...base, whom: () => ({ sql: '1', params: {} }) }
  const { sql, params } = historiesQuery({ ...plan, share: 1 })
  const rows = await app.deps.clickhouse.query<HistoryRow>(sql, { params, kind: 'report' })
  const size = sizeQuery(plan)
  const [counted] = await app.deps.clickhouse.query<{ persons: number }>(size.sql, { params: size.params })
  expect(counted?.persons).toBe(rows.length)
  return rows.sort((a, b) => (a.person < b.person ? -1 : 1))
}

test('the statement packs events as one would pack them one by one, and the same units come of both', async () => {
  const prng = createPrng('drivers')
  const shop = await createShop(app.deps.db, { name: 'Drivers' })
  const events = inventRows(shop, prng)
  await record(shop, events, prng)
  const { registry } = await getRegistry(app.deps, shop)
  let [compared, units] = [0, 0]
  for (const outcome of OUTCOMES) {
    const rows = await readRows(shop, outcome)
    const { read } = planRead({ report: { period: PERIOD }, outcome })
    const slow = packSlowly(
      shop,
      events.filter(({ ts }) => ts >= read.from && ts < read.to),
    )
    const slowRows = rows.map(({ person }) => ({ person, events: slow.get(person) ?? [] }))
    const [histories, others] = [rows.map(readHistory), slowRows.map(readHistory)]
    expect(histories, outcome).toEqual(others)
    const plan = {
      outcome,
      period: PERIOD,
      recordedUntil: NOW,
      timeZone: 'Europe/Kyiv',
      registry,
      facts: FACTS,
    }
    const made = makeUnits(histories, { ...plan, silenceMs: JOURNEY_SILENCE_MS })
    // Persons whom the statement leaves out have no units either.
    const everybody = [...slow].map(([person, own]) => readHistory({ person, events: own }))
    const all = makeUnits(everybody, { ...plan, silenceMs: JOURNEY_SILENCE_MS })
    expect([outcome, made.units.length, made.unripe]).toEqual([outcome, all.units.length, all.unripe])
    expect(made.units.length, outcome).toBeGreaterThan(0)
    units += made.units.length
    expect(toTable(made.units, made.ground).table.outcome).toHaveLength(made.units.length)
    compared += histories.length
  }
  // Were there hardly any persons, the comparison would prove little.
  expect([compared > 150, units > 60]).toEqual([true, true])
})

async function ask<T>(query: string, who: 'viewer' | 'stranger' | 'nobody' = 'viewer', path = 'drivers') {
  const answer = await app.as(who)({ method: 'GET', url: `/api/shops/${app.shop}/${path}${query}` })
  return { status: answer.statusCode, body: answer.json() as T }
}

/** Persons who look, are answered fast or slowly, and order or not. */
async function recordChats(): Promise<void> {
  const sketches = Array.from({ length: 260 }, (_, n) => {
    const at = NOW - 80 * DAY + (n % 30) * DAY
    const isSlow = n % 2 === 0
    const isOrder = n % 10 < (isSlow ? 3 : 8)
    const base = { anonymous: `p${n}` }
    const rows = [
      { ...base, kind: 'page' as const, at, messageId: `${n}.look` },
      { ...base, name: 'Standard Measured', at: at + 60_000, messageId: `${n}.wait` },
    ]
    return isOrder
      ? [
          ...rows,
          { ...base, name: 'Order Completed', at: at + 7_200_000, order: `o${n}`, messageId: `${n}.o` },
        ]
      : rows
  }).flat()
  const rows = sketchEvents(app.shop, sketches).map((row) => {
    if (row.kind === 'page') return { ...row, touchpoint: 'catalogue' }
    if (row.name === 'Order Completed') return { ...row, touchpoint: 'confirmation', amount: 100_000 }
    const measured = Number(row.anonymous_id.slice(1)) % 2 === 0 ? 2_400 : 30
    return { ...row, touchpoint: 'chat', measure: 'first_answer_seconds', measured }
  })
  // Up to now something is recorded: of one who came yesterday.
  const [last] = sketchEvents(app.shop, [{ anonymous: 'z', kind: 'page', at: NOW - DAY, messageId: 'z' }])
  await app.deps.writer.write([...rows, { ...(last as FeedEvent), touchpoint: 'catalogue' }], [])
}

test('a shop whose slow answers cost orders is told so, with money, persons and a trial', async () => {
  await recordChats()
  const settings = { margin: 0.3, attainable: { 'chat.first_answer_seconds': 0.5 }, facts: [] }
  const put = (who: 'marketer' | 'viewer', payload: object) =>
    app.as(who)({ method: 'PUT', url: `/api/shops/${app.shop}/drivers/settings`, payload })
  expect((await put('viewer', settings)).statusCode).toBe(403)
  expect((await put('marketer', settings)).json()).toEqual(settings)
  const { status, body } = await ask<DriversAnswer>('')
  expect([status, body.refusal, body.units, body.drawn]).toEqual([200, null, 260, null])
  const [chat] = body.drivers
  expect(chat).toMatchObject({
    ...{ key: 'chat.first_answer_seconds', verdict: 'harms', persons: 260, exposed: 130, kept: 0.5 },
    ...{ attainable: 0.5, unit: 's', trial: { kind: 'staggered' } },
    levels: [{ level: 'badly', from: 1_800, to: null, persons: 130 }],
  })
  expect(chat?.effect?.value).toBeGreaterThan(-0.5)
  expect(chat?.effect?.value).toBeLessThan(-0.3)
  // 130 persons × 0.4 × 1,000 of money × the half that can be won back.
  expect(chat?.money?.revenue.value).toBeGreaterThan(130 * 0.3 * 100_000 * 0.5)
  expect(chat?.money?.margin?.value).toBeCloseTo((chat?.money?.revenue.value ?? 0) * 0.3, 0)

  const lost = await ask<{ items: { id: string }[]; nextCursor: string | null }>(
    '?driver=chat.first_answer_seconds&kind=lost&limit=50',
    'viewer',
    'drivers/persons',
  )
  expect([lost.status, lost.body.items.length, lost.body.nextCursor !== null]).toEqual([200, 50, true])
  const rest = await ask<{ items: { id: string }[] }>(
    `?driver=chat.first_answer_seconds&kind=lost&limit=200&cursor=${lost.body.nextCursor}`,
    'viewer',
    'drivers/persons',
  )
  const ids = [...lost.body.items, ...rest.body.items].map(({ id }) => id)
  expect([ids.length, new Set(ids).size]).toEqual([78, 78])

  // One person after another may be looked at by everybody; the list is taken along by few, and the log tells by whom.
  const file = `/api/shops/${app.shop}/drivers/persons.csv?driver=chat.first_answer_seconds`
  expect((await app.as('operator')({ url: file })).statusCode).toBe(403)
  const csv = await app.as('marketer')({ url: file })
  const [head, ...lines] = csv.body.trim().split('\r\n')
  expect([head, lines.length]).toEqual(['person_id,name,at', 78])
  expect(lines.map((line) => line.slice(0, 36))).toEqual(ids)
  const log = await app.as('owner')({ url: `/api/shops/${app.shop}/audit?action=drivers.exported` })
  const target = 'chat.first_answer_seconds'
  expect(log.json().items).toMatchObject([{ target, detail: { persons: 78 } }])
})

test('what makes no sense is refused with what to do, and too short a wait with how long it takes', async () => {
  for (const [path, query, text] of [
    ['drivers', '?compare=previous', /two lists .* differ by chance .* “What changed”/],
    ['drivers/persons', '?driver=chat.first_answer_seconds&compare=previous', /side by side/],
    ['drivers', '?outcome=wealth', /outcome/],
    ['drivers', '?from=2026-05-02&to=2026-05-01', /period/],
    ['drivers/persons', '?driver=chat.kindness', /Nothing is known of a driver/],
    ['drivers/persons', '?driver=chat.first_answer_seconds&cursor=x', /cursor/],
  ] as const) {
    const { status, body } = await ask<{ error: { message: string } }>(query, 'viewer', path)
    expect([status, body.error.message]).toEqual([400, expect.stringMatching(text)])
  }
  expect((await ask('', 'nobody')).status).toBe(401)
  expect((await ask('', 'stranger')).status).toBe(404)
  const none = await ask<DriversAnswer>('?outcome=repeat')
  expect(none.body.refusal).toMatchObject({ reason: 'no_units' })
  // Up to which day anything is recorded, so that the page can offer days that have something.
  expect(none.body.recordedUntil).toBe('2026-05-19')
  // Of those who came in the last 20 days nobody's time is over.
  const short = await ask<DriversAnswer>(`?from=${new Date(NOW - 20 * DAY).toISOString().slice(0, 10)}`)
  expect(short.body.refusal).toMatchObject({ reason: 'short_period', needed: 30 })
  expect([short.body.units, short.body.unripe]).toEqual([0, 1])
})

/** How often histories are read until `stop`. */
function countReadings() {
  const query = vi.spyOn(app.deps.clickhouse, 'query')
  return {
    get n() {
      return query.mock.calls.filter(([statement]) => statement.includes('groupArrayArray(e.packed)')).length
    },
    stop: () => query.mockRestore(),
  }
}

test('who is behind the drivers is read once for all pages, drivers and the file, and anew when something is recorded', async () => {
  // A period that nobody has asked for yet.
  const asked = '?from=2026-01-20&driver='
  const list = <T>(rest: string) => ask<T>(`${asked}${rest}`, 'viewer', 'drivers/persons')
  type Page = { items: { id: string; name: string | null }[]; nextCursor: string }
  const chat = 'chat.first_answer_seconds'
  const readings = countReadings()
  // What can't be a driver is refused before anything is read.
  for (const none of ['chat.kindness', 'met.moon', 'own.red', 'chat', ''])
    expect([(await list(none)).status, readings.n]).toEqual([400, 0])
  const [first, same] = await Promise.all([list<Page>(`${chat}&limit=50`), list<Page>(`${chat}&limit=50`)])
  expect([first.status, first.body.items.length, same.body]).toEqual([200, 50, first.body])
  const rest = await list<Page>(`${chat}&limit=50&cursor=${first.body.nextCursor}`)
  expect([rest.body.items.length, rest.body.nextCursor]).toEqual([28, null])
  for (const [driver, n] of [
    [`${chat}&kind=exposed`, 130],
    [`${chat}&kind=unexposed`, 130],
    ['met.catalogue&kind=exposed', 200],
  ] as const)
    expect((await list<Page>(`${driver}&limit=200`)).body.items).toHaveLength(n)
  expect((await list('operator.Nobody')).status).toBe(400)
  const readFile = () =>
    app.as('marketer')({ url: `/api/shops/${app.shop}/drivers/persons.csv${asked}${chat}` })
  expect((await readFile()).body.trim().split('\r\n')).toHaveLength(79)
  expect(readings.n).toBe(1)

  // Lists are remembered, names aren't: who has been erased since is named by neither page nor file.
  const [{ id = '' } = {}] = first.body.items
  await app.deps.db.execute(sql`
    INSERT INTO persons (shop, id, name, email, phone, known, known_at)
    VALUES (${app.shop}, ${id}, 'Олена', '', '', true, ${new Date(NOW).toISOString()})`)
  const nameOf = async () => (await list<Page>(`${chat}&limit=1`)).body.items[0]?.name
  expect([await nameOf(), (await readFile()).body.includes('Олена')]).toEqual(['Олена', true])
  await app.deps.db.execute(sql`DELETE FROM persons WHERE shop = ${app.shop} AND id = ${id}`)
  expect([await nameOf(), (await readFile()).body.includes('Олена'), readings.n]).toEqual([null, false, 1])

  const late = sketchEvents(app.shop, [{ anonymous: 'z', kind: 'page', at: NOW - DAY + 1, messageId: 'z2' }])
  await app.deps.writer.write(late, [])
  now += 3_600_000
  expect([(await list<Page>(`${chat}&limit=1`)).status, readings.n]).toEqual([200, 2])
  readings.stop()
  now = NOW
})

test('settings that contradict themselves are refused with what to mend', async () => {
  const fact = {
    key: 'a',
    name: 'A',
    event: 'X',
    property: null,
    equals: null,
    atLeast: null,
    stage: 'order',
  }
  const whole = { margin: null, attainable: {}, facts: [fact] }
  for (const [settings, text] of [
    [{ ...whole, margin: 2 }, /margin/],
    [{ ...whole, attainable: { chat: -1 } }, /attainable/],
    [{ ...whole, facts: [fact, fact] }, /key/],
    [{ ...whole, facts: [{ ...fact, stage: 'dream' }] }, /stage/],
    [{ ...whole, facts: [{ ...fact, event: ' _ ' }] }, /an event/],
    [{ ...whole, facts: [{ ...fact, name: 'a\0b' }] }, /NUL/],
    [{ ...whole, facts: [{ ...fact, equals: 'x' }] }, /property/],
    [{ ...whole, facts: [{ ...fact, property: 'p', equals: 'x', atLeast: 1 }] }, /at once/],
  ] as const) {
    const url = `/api/shops/${app.shop}/drivers/settings`
    const answer = await app.as('owner')({ method: 'PUT', url, payload: settings })
    expect([answer.statusCode, answer.json().error.message]).toEqual([400, expect.stringMatching(text)])
  }
})

/** Records a demo shop as `npx tropa demo` does, with what spans events measured of it. */
async function recordDemo(options: DemoOptions): Promise<number> {
  const { deps } = app
  const { shop } = await loadDemo(deps, options)
  await deps.runner.drain()
  // Who waited for an answer until the end is given up by now.
  now += 2 * DAY
  const standards = rooms.find(({ name }) => name === 'standards') as StandardsRoom
  for (const subscription of standards.subscribes ?? [])
    while ((await deliverDomainEvents(deps.db, subscription)) > 0);
  await standards.drain(deps.db)
  return shop.id
}

/** Prices of advertisements are about a browser, whose number is another one in each shop. */
const OF_BROWSER = /ad:[0-9a-f-]{36}:/g

test('a demo shop read from its history is the shop that its messages tell without any store', async () => {
  const options = readDemoOptions({ persons: '160', seed: '77', end: '2026-05-21' }, NOW + DAY)
  now = clock(options.end, 0)
  const shop = await recordDemo(options)
  const keyOf = (events: HistoryEvent[]) => JSON.stringify(events).replaceAll(OF_BROWSER, 'ad:…:')
  const told = new Map(tellAll(options).map((history) => [keyOf(history.events), history]))
  for (const outcome of OUTCOMES) {
    const plan = planOf(options, outcome)
    const histories = (await readRows(shop, outcome, plan.period, plan.facts)).map(readHistory)
    const rest = new Map(told)
    const differing = histories.filter(({ events }) => !rest.delete(keyOf(events)))
    expect([outcome, differing]).toEqual([outcome, []])
    // Whom the statement leaves out has no unit by what the messages tell either.
    const { units, unripe } = makeUnits([...rest.values()], plan)
    expect([outcome, units, unripe]).toEqual([outcome, [], 0])
    expect(makeUnits(histories, plan).units.length, outcome).toBeGreaterThan(10)
  }
})
