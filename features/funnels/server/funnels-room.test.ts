import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import type { ChoosingAnswer, FunnelAnswer, FunnelPersons, ReturningAnswer } from '../contract.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 2, 2, 9)
const NOW = START + 60 * 24 * HOUR
const PERIOD = 'from=2026-03-01&to=2026-03-10'
let app: TestApp
let source: number
let id = 0

beforeAll(async () => {
  app = await openTestApp({ now: () => NOW })
  source = await ensureSource(app.deps.db, app.shop, { kind: 'system', name: 'Test' })
  await tellStory()
})
afterAll(() => app.close())

const message = (who: string, hours: number, event?: string, properties: Record<string, unknown> = {}) => ({
  type: event === undefined ? 'page' : 'track',
  event,
  anonymousId: who,
  messageId: `f${id++}`,
  timestamp: START + hours * HOUR,
  properties,
  context: { userAgent: who === 'anna' ? 'Mozilla/5.0 (iPhone) Mobi' : 'Mozilla/5.0 (X11)' },
})

/** Anna goes the whole way, Boris leaves his cart, Clara orders by phone after a visit, Dmytro only looks. */
async function tellStory(): Promise<void> {
  const messages = [
    message('anna', 0),
    message('anna', 1, 'Product Viewed'),
    message('anna', 2, 'Product Added'),
    message('anna', 2.1, 'Checkout Started'),
    message('anna', 2.2, 'Order Completed', { order_id: 'A-1', total: 10 }),
    // Behind the end of the period, inside the window.
    message('anna', 24 * 10, 'Order Delivered', { order_id: 'A-1' }),
    message('boris', 0),
    message('boris', 0.1, 'Product Added'),
    message('clara', 0),
    message('clara', 5, 'Order Completed', { order_id: 'C-1', total: 10 }),
    message('dmytro', 0),
    message('anna', 3, 'Shops Compared', { count: 5 }),
    message('anna', 4, 'Shops Compared', { count: 3 }),
    message('boris', 4, 'Shops Compared', { count: '2' }),
    message('clara', 6, 'Shops Compared', { count: -7 }),
    message('anna', 0, 'Page Measured', { template: 'home', lcp: 900 }),
    message('dmytro', 0, 'Page Measured', { template: 'home', lcp: 900 }),
  ]
  await recordMessages(app.deps, { shop: app.shop, source, messages, origin: 'system' })
  await app.deps.runner.drain()
}

async function ask<T = FunnelAnswer>(query: string, path = '', who: 'viewer' | 'stranger' = 'viewer') {
  const answer = await app.as(who)({ url: `/api/shops/${app.shop}/funnel${path}?${query}` })
  return {
    status: answer.statusCode,
    body: answer.json() as T & { error?: { code: string; message: string } },
  }
}
const steps = (...list: object[]) => `steps=${encodeURIComponent(JSON.stringify(list))}`

test('the standard funnel counts the way to a parcel bought out, and who leaves without buying', async () => {
  const { body } = await ask(PERIOD)
  expect(body.steps.map(({ step, n, left }) => [step.label, n, left])).toEqual([
    ['visit', 4, 2],
    ['product', 1, 0],
    ['cart', 2, 0],
    ['checkout', 1, 0],
    ['order', 2, 1],
    ['boughtOut', 1, 0],
  ])
  expect(body.steps[4]).toMatchObject({ ofFirst: { n: 2, of: 4, share: 0.5 }, ofPrevious: { share: 0.5 } })
  // Wilson's interval of 2 of 4.
  expect(body.steps[4]?.ofFirst?.low).toBeCloseTo(0.15, 2)
  expect(body.steps[4]?.ofFirst?.high).toBeCloseTo(0.85, 2)
  expect(body.steps[5]?.took?.half).toBe(24 * 10 * 3600)
  expect(body.leaving).toMatchObject({ withoutBuying: { n: 2, of: 4 }, inCart: { n: 1, of: 2 } })
  expect(body.meta).toMatchObject({ unidentifiedShare: 1, n: 4 })
  expect(body.way).toMatchObject({ isOver: true, windowDays: 30, isStandard: true })
})

test('a shorter window ends attempts earlier', async () => {
  const { body } = await ask(`${PERIOD}&window=0.1`)
  expect(body.steps.map(({ n }) => n)).toEqual([4, 1, 2, 1, 1, 0])
})

test('visits are counted by half hours of silence, and their interval goes by persons', async () => {
  const { body } = await ask(
    `${PERIOD}&per=session&${steps({ name: 'Product Added' }, { name: 'Checkout Started' })}`,
  )
  expect(body.steps.map(({ n }) => n)).toEqual([2, 1])
  expect(body.steps[1]?.ofFirst).toMatchObject({ n: 1, of: 2, share: 0.5 })
  // Of two persons nothing much is known.
  expect(body.steps[1]?.ofFirst?.low).toBeLessThan(0.1)
})

test('the way is told apart by device, the most frequent first', async () => {
  const { body } = await ask(
    `${PERIOD}&by=device&${steps({ where: { field: 'kind', op: 'equals', value: 'page' } }, { state: 'placed' })}`,
  )
  expect(body.groups.map(({ value, n }) => [value, n])).toEqual([
    ['computer', [3, 1]],
    ['phone', [1, 1]],
  ])
  expect(body.groups[0]?.shares[1]).toMatchObject({ n: 1, of: 3 })
})

test('persons behind a number are listed in pages, who left apart from who came', async () => {
  const first = await ask<FunnelPersons>(`${PERIOD}&step=1&kind=left&limit=1`, '/persons')
  expect(first.body.items).toHaveLength(1)
  const rest = await ask<FunnelPersons>(
    `${PERIOD}&step=1&kind=left&limit=5&cursor=${first.body.nextCursor}`,
    '/persons',
  )
  expect(rest.body).toMatchObject({ items: [{ name: null }], nextCursor: null })
  expect(rest.body.items[0]?.id).not.toBe(first.body.items[0]?.id)
  const came = await ask<FunnelPersons>(`${PERIOD}&step=6`, '/persons')
  expect(came.body.items.map(({ at }) => at)).toEqual([new Date(START + 240 * HOUR).toISOString()])
})

test('persons of a group, of all other groups and of the other period are listed too', async () => {
  const who = async (query: string) => (await ask<FunnelPersons>(query, '/persons')).body.items?.length
  const device = `${PERIOD}&by=device&step=1`
  expect(await who(`${device}&values=${encodeURIComponent('["phone"]')}`)).toBe(1)
  expect(await who(`${device}&values=${encodeURIComponent('["phone"]')}&outside=true`)).toBe(3)
  expect(await who('from=2026-03-10&to=2026-03-19&compare=previous&step=1&side=other')).toBe(4)
  expect((await ask(`${PERIOD}&step=1&side=other`, '/persons')).status).toBe(400)
  expect((await ask(`${device}&values=phone`, '/persons')).status).toBe(400)
})

test('each step is compared with the period before, which gets no more time than this one has had', async () => {
  const { body } = await ask('from=2026-03-10&to=2026-03-19&compare=previous')
  expect(body.steps.map(({ n }) => n)).toEqual([0, 0, 0, 0, 0, 0])
  expect(body.other?.steps.map(({ n }) => n)).toEqual([4, 1, 2, 1, 2, 1])
  expect(body.other?.steps.every(({ changeOfFirst }) => changeOfFirst === null)).toBe(true)
  const segment = await ask(`${PERIOD}&compare=segment:99999`)
  expect(segment.status).toBe(404)
})

test('a field to tell persons apart by is found among columns, properties and traits', async () => {
  const { items } = (await ask<{ items: { field: string; kind: string }[] }>('', '/fields')).body
  expect(items).toContainEqual({ field: 'properties.order_id', kind: 'text', values: 2 })
  expect(items).toContainEqual({ field: 'properties.total', kind: 'number', values: 1 })
  expect(items.map(({ field }) => field)).toContain('device')
})

test('how many shops customers compared is another figure than how often they came before ordering', async () => {
  const { body } = await ask<ChoosingAnswer>(PERIOD, '/choosing')
  // Anna corrected herself, Boris answers by a text, Clara's is no number of shops.
  expect(body.compared).toMatchObject({ n: 2, leftOut: 1, mean: { mean: 2.5 } })
  expect(body.compared.values.map(({ value, n }) => [value, n])).toEqual([
    [2, 1],
    [3, 1],
  ])
  // The history of this shop is shorter than the 30 days before its orders.
  expect(body.visits).toMatchObject({ n: 0, mean: null, leftOut: 2 })
  const persons = await ask<FunnelPersons>(
    `${PERIOD}&about=compared&value=3&andMore=true`,
    '/choosing/persons',
  )
  expect(persons.body.items).toHaveLength(1)
})

test('of those who saw a page the share who came back is known once their 30 days are over', async () => {
  const { body } = await ask<ReturningAnswer>(`${PERIOD}&pages=template`, '/returning')
  expect(body.pages).toMatchObject([{ page: 'home', back: { n: 1, of: 2 }, open: 0 }])
  expect(body.meta.n).toBe(2)
  const gone = await ask<FunnelPersons>(`${PERIOD}&pages=template&page=home&kind=gone`, '/returning/persons')
  expect(gone.body.items).toHaveLength(1)
})

test('sixty-four steps are answered, and one more is refused', async () => {
  const many = Array.from({ length: 64 }, () => ({ name: 'Product Added' }))
  const { status, body } = await ask(`${PERIOD}&${steps(...many)}`)
  expect(status).toBe(200)
  expect(body.steps.map(({ n }) => n)).toEqual([2, ...Array(63).fill(0)])
  const tooMany = await ask(`${PERIOD}&${steps(...many, { name: 'x' })}`)
  expect(tooMany.body.error?.message).toContain('64 steps; this one has 65')
})

test.each([
  ['steps=nonsense', 'no JSON'],
  [steps({ name: 'a' }), 'at least two'],
  [steps({}, { name: 'a' }), 'Step 1 says nothing'],
  [steps({ name: 'a', optional: true }, { name: 'b' }), 'first step can’t be left out'],
  [steps({ name: 'a' }, { name: 'b', wheer: 1 }), 'Step 2 has a mistake'],
  [steps({ name: 'a' }, { where: { field: 'nothing', op: 'equals', value: 1 } }), 'condition of step 2'],
  [`order=any&${steps({ name: 'a' }, { name: 'a' })}`, 'repeated'],
  ['by=password', 'can’t be broken down'.replace('’', "'")],
  ['from=2026-03-10&to=2026-03-01', 'ends before it begins'],
  ['from=yesterday', 'no day'],
])('%s is refused in words', async (query, words) => {
  const { status, body } = await ask(query)
  expect(status).toBe(400)
  expect(body.error?.message).toContain(words)
})

test('a period without events has nobody and no shares', async () => {
  const { body } = await ask('from=2020-01-01&to=2020-02-01')
  expect(body.steps.every(({ n, ofFirst, took }) => n === 0 && ofFirst === null && took === null)).toBe(true)
  expect(body.leaving).toEqual({ withoutBuying: null, inCart: null })
})

test('reference figures begin with the two that are quoted most, without a source, and are the shop’s to change', async () => {
  const url = `/api/shops/${app.shop}/funnel/references`
  const before = await app.as('viewer')({ url })
  expect(
    before.json().items.map(({ share, source }: { share: number; source: string }) => [share, source]),
  ).toEqual([
    [0.96, ''],
    [0.7, ''],
  ])
  const items = [{ about: 'left_in_cart', share: 0.61, source: 'Own count of last year', date: '2026-01-15' }]
  expect((await app.as('viewer')({ method: 'PUT', url, payload: { items } })).statusCode).toBe(403)
  expect((await app.as('marketer')({ method: 'PUT', url, payload: { items } })).statusCode).toBe(200)
  expect((await app.as('viewer')({ url })).json()).toEqual({ items })
  const later = [{ ...items[0], date: '2030-01-01' }]
  expect((await app.as('marketer')({ method: 'PUT', url, payload: { items: later } })).statusCode).toBe(400)
})

test('nobody sees the funnel of another shop', async () => {
  const { status } = await ask(PERIOD, '', 'stranger')
  expect([403, 404]).toContain(status)
})
