import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPrng } from '../../../kernel/prng.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop, ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { sketchContacts } from '../../journeys/server/testing/record-contacts.ts'
import type { FlowAnswer, PathPersons, StepsAnswer, VariantsAnswer } from '../contract.ts'
import { MAX_STEPS, UNITS, UNTIL } from '../vocabulary.ts'
import { runPaths } from './answer-paths.ts'
import { LINE, type StepRow, stepsQuery } from './steps-query.ts'
import { compareWithWalk } from './testing/compare-with-walk.ts'
import { inventHistory, PERIOD, recordHistory } from './testing/invent-paths.ts'
import { walkUnits } from './testing/slow-walk.ts'
import { codeOf, codes } from './testing/walk-questions.ts'
import type { PathPlan } from './units-query.ts'
import { type VariantRow, variantsQuery } from './variants-query.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const SHOPS = 1
const NOW = Date.UTC(2026, 5, 20, 12)
const START = Date.UTC(2026, 3, 6, 9)

let room: TestApp
beforeAll(async () => {
  room = await openTestApp({ now: () => NOW })
  await tellStory()
})
afterAll(() => room.close())

/** Anna looks, goes back, fills a cart and orders; Boris looks and leaves; Clara only chats; Dmytro is still looking. */
async function tellStory(): Promise<void> {
  const source = await ensureSource(room.deps.db, room.shop, { kind: 'system', name: 'Test' })
  let id = 0
  const met = (anonymousId: string, minutes: number, touchpoint: string, rest: object = {}) => ({
    ...{
      type: 'track',
      event: 'Met',
      anonymousId,
      messageId: `p${id++}`,
      timestamp: START + minutes * MINUTE,
    },
    properties: { touchpoint, ...rest },
  })
  const order = { order_id: 'A-1', total: 250, currency: 'UAH' }
  const messages = [
    ...['catalogue', 'product_page', 'catalogue', 'cart'].map((one, at) => met('anna', at * 2, one)),
    { ...met('anna', 9, 'checkout', order), event: 'Order Completed' },
    met('anna', 2_000, 'carrier'),
    met('boris', 0, 'catalogue'),
    met('boris', 1, 'catalogue'),
    met('boris', 5, 'product_page'),
    met('clara', 0, 'chat'),
    met('dmytro', 74 * 1440, 'catalogue'),
  ]
  await recordMessages(room.deps, { shop: room.shop, source, messages, origin: 'system' })
  await room.deps.runner.drain()
}

async function ask<T>(path: string, query = '', who: 'viewer' | 'stranger' | 'nobody' = 'viewer') {
  const url = `/api/shops/${room.shop}/paths/${path}?from=2026-04-01&to=2026-06-21${query}`
  const answer = await room.as(who)({ url })
  return {
    status: answer.statusCode,
    body: answer.json() as T & { error?: { code: string; message: string } },
  }
}

test('the flow begins where paths do, and every path ends somewhere', async () => {
  const { body, status } = await ask<FlowAnswer>('flow')
  expect(status, JSON.stringify(body.error)).toBe(200)
  expect(body.totals).toMatchObject({
    units: 4,
    persons: 4,
    ordered: { n: 1 },
    left: { n: 2 },
    open: { n: 1 },
  })
  expect(body.columns.map((column) => column.map(({ key, place, n }) => `${key || place} ${n}`))).toEqual([
    ['catalogue 3', 'chat 1'],
    ['product_page 2', 'open 1', 'left 1'],
    ['catalogue 1', 'left 1'],
    ['cart 1'],
    ['checkout 1'],
    ['ordered 1'],
  ])
  const from = (column: number) => body.links.filter((link) => link.column === column).map(({ n }) => n)
  expect([0, 1, 2].map((column) => from(column).reduce((all, n) => all + n, 0))).toEqual([4, 2, 1])
  expect(body.meta).toMatchObject({ n: 4, unidentifiedShare: 1, toDay: '2026-06-20' })
})

test('the flow looks back from an end or from a contact', async () => {
  const ends = await ask<FlowAnswer>('flow', '&direction=back')
  expect(ends.body.columns[0]?.map(({ place, n }) => [place, n])).toEqual([
    ['ordered', 1],
    ['open', 1],
    ['left', 2],
  ])
  const cart = await ask<FlowAnswer>('flow', '&direction=back&at=cart')
  expect(cart.body.root.n).toBe(1)
  expect(cart.body.columns.map(([node]) => node?.key || node?.place)).toEqual([
    ...['cart', 'catalogue', 'product_page', 'catalogue', 'began'],
  ])
})

test('variants are whole paths with what they brought; repeats, what follows the order and other nodes make others', async () => {
  const tell = ({ variants }: VariantsAnswer) =>
    variants.map(({ path, n }) => `${path.join('>')} ${n}`).sort()
  const { body } = await ask<VariantsAnswer>('variants')
  expect(tell(body)).toEqual([
    'catalogue 1',
    'catalogue>product_page 1',
    'catalogue>product_page>catalogue>cart>checkout 1',
    'chat 1',
  ])
  expect(body.variants.find(({ path }) => path.length === 5)).toMatchObject({
    ordered: { n: 1, of: 1 },
    value: 25_000,
    medianSeconds: 540,
  })
  expect(body.variants.at(-1)?.coverage).toBe(1)
  expect(tell((await ask<VariantsAnswer>('variants', '&repeats=each')).body)).toContain(
    'catalogue>catalogue>product_page 1',
  )
  expect(tell((await ask<VariantsAnswer>('variants', '&until=end&by=stage')).body)).toContain(
    'site>order>delivery 1',
  )
  const through = await ask<VariantsAnswer>('variants', '&through=cart,catalogue')
  expect(through.body).toMatchObject({ distinct: 4, found: 1, foundUnits: 1, totals: { units: 4 } })
  const nowhere = await ask<VariantsAnswer>('variants', '&through=warranty')
  expect(nowhere.body).toMatchObject({ found: 0, distinct: 4, variants: [], totals: { units: 4 } })
})

test('the map of steps tells what follows what, how soon, what returns and where paths break off', async () => {
  const { body } = await ask<StepsAnswer>('steps')
  expect(body.edges.map(({ from, to, n }) => `${from}>${to} ${n}`).sort()).toEqual([
    ...['cart>checkout 1', 'catalogue>cart 1', 'catalogue>product_page 2', 'product_page>catalogue 1'],
  ])
  const first = body.edges.find(({ to }) => to === 'product_page')
  expect(first?.took.half).toBeGreaterThanOrEqual(120)
  expect(body.transitions).toBe(5)
  expect(body.returns).toMatchObject([{ from: 'catalogue', to: 'product_page', times: 1, n: 1 }])
  const catalogue = body.nodes.find(({ key }) => key === 'catalogue')
  expect(catalogue).toMatchObject({
    n: 3,
    begun: 3,
    ended: { left: 0, open: 1 },
    again: { times: 1, units: 1 },
  })
})

test.each([
  ['&column=0&spot=catalogue', 3],
  ['&column=1&spot=product_page&next=@left', 1],
  ['&column=0&spot=!chat', 3],
  ['&column=1&spot=@open', 1],
  ['&variant=catalogue%20%3E%20product_page', 1],
  ['&line=followed&step=catalogue&step2=catalogue', 1],
  ['&line=ended&step=chat', 1],
  ['&line=met&step=catalogue', 3],
])('behind %s stand %i persons', async (query, n) => {
  const { body, status } = await ask<PathPersons>('persons', query)
  expect(status, JSON.stringify(body.error)).toBe(200)
  expect(body.items).toHaveLength(n)
})

test('persons come in pages', async () => {
  const first = await ask<PathPersons>('persons', '&column=0&spot=catalogue&limit=2')
  const rest = await ask<PathPersons>(
    'persons',
    `&column=0&spot=catalogue&limit=2&cursor=${first.body.nextCursor}`,
  )
  const ids = [...first.body.items, ...rest.body.items].map(({ id }) => id)
  expect(new Set(ids).size).toBe(3)
  expect(rest.body.nextCursor).toBeNull()
})

async function saveOrdered(): Promise<number> {
  const definition = { about: 'orders', state: 'placed', times: { how: 'at_least', n: 1 } }
  const url = `/api/shops/${room.shop}/segments`
  const made = await room.as('marketer')({ method: 'POST', url, payload: { name: 'Ordered', definition } })
  return (made.json() as { id: number }).id
}

test('compared with another period, every figure has a difference and a rate of false finds', async () => {
  const { body } = await ask<FlowAnswer>('flow', '&compare=previous')
  // Nobody was there before, so there is nothing to differ from.
  expect(body.columns.flat().every(({ other }) => other === null)).toBe(true)
  const made = await room.as('marketer')({
    method: 'POST',
    url: `/api/shops/${room.shop}/segments`,
    payload: {
      name: 'Never ordered',
      definition: { about: 'orders', state: 'placed', times: { how: 'exactly', n: 0 } },
    },
  })
  const against = `&compare=segment:${(made.json() as { id: number }).id}`
  const flow = (await ask<FlowAnswer>('flow', against)).body
  expect(flow.columns[0]?.[0]).toMatchObject({ key: 'catalogue', n: 3, of: 4, other: { n: 2, of: 3 } })
  expect(flow.totals.ordered.other).toMatchObject({ n: 0, of: 3 })
  const variants = (await ask<VariantsAnswer>('variants', against)).body
  expect(variants.variants.find(({ path }) => path.length === 5)?.other).toMatchObject({ n: 0, of: 3 })
  // What only the other side has is told as well.
  const turned = await ask<VariantsAnswer>(
    'variants',
    `${against.replace('compare=segment:', 'segment=')}&compare=segment:${await saveOrdered()}`,
  )
  expect(turned.body.variants.at(-1)).toMatchObject({ n: 0, of: 3, coverage: 1, other: { n: 1, of: 1 } })
  expect(turned.body.variants.at(-1)?.path).toHaveLength(5)
  const steps = (await ask<StepsAnswer>('steps', against)).body
  expect(steps.edges.every(({ other }) => other !== null && other.q > 0.05)).toBe(true)
})

test('a period of nothing is an answer of zeros', async () => {
  for (const path of ['flow', 'variants', 'steps']) {
    const url = `/api/shops/${room.shop}/paths/${path}?from=2020-01-01&to=2020-02-01`
    const answer = await room.as('viewer')({ url })
    expect(answer.json()).toMatchObject({ totals: { units: 0, ordered: { n: 0, share: null } } })
  }
})

test.each([
  ['flow', '&at=nowhere', 'There is no'],
  ['flow', '&depth=99', 'depth'],
  ['flow', '&by=mood', 'by'],
  ['variants', '&through=a,b,c,d,e,f', '5 contacts'],
  ['persons', '&column=1&spot=@heaven', 'no place'],
  ['persons', '&line=followed&step=cart', 'second'],
  ['persons', '&column=1&spot=cart&cursor=zzz', 'cursor'],
  ['steps', '&sample=7', 'sample'],
])('%s with %s is refused in words', async (path, query, words) => {
  const { status, body } = await ask<FlowAnswer>(path, query)
  expect(status).toBe(400)
  expect(JSON.stringify(body.error)).toContain(words)
})

test('a path of 5,000 contacts of 2,000 unknown kinds is cut where variants are told apart, and nowhere else', async () => {
  const shop = await createShop(room.deps.db, { name: 'Long' })
  const rows = sketchContacts(
    shop,
    Array.from({ length: 5_000 }, (_, at) => ({
      ...{ who: 'eva', at: START + at * 1000, id: `long-${at}` },
      touchpoint: at % 2 === 0 ? 'cart' : `strange_${at % 4_000}`,
    })),
  )
  await room.deps.writer.write(rows, [])
  const plan: PathPlan = {
    ...{
      shop,
      period: PERIOD,
      now: NOW,
      unit: 'journey',
      until: 'order',
      repeats: false,
      codes,
      currency: 'UAH',
    },
  }
  const steps = await runPaths<StepRow>(room.deps, stepsQuery(plan))
  const pair = (a: string, b: string) =>
    steps.find((row) => row.line === LINE.followed && row.a === codeOf(a) && row.b === codeOf(b))?.times
  expect([pair('cart', 'unknown'), pair('unknown', 'cart')]).toEqual([2_500, 2_499])
  const asked = { ...plan, maxSteps: MAX_STEPS, top: 5, through: [] }
  const [variant] = await runPaths<VariantRow>(room.deps, variantsQuery(asked))
  expect(variant).toMatchObject({ n: 1, is_cut: 1, took: 4_999_000 })
  expect(variant?.nodes).toHaveLength(MAX_STEPS)
})

test('strangers and nobody learn nothing', async () => {
  expect((await ask('flow', '', 'nobody')).status).toBe(401)
  expect([403, 404]).toContain((await ask('persons', '&column=0', 'stranger')).status)
})

test('flow, variants, the map of steps and lists of persons equal a walk from event to event', {
  timeout: 120_000,
}, async () => {
  let told = 0
  for (let seed = 0; seed < SHOPS; seed++) {
    const prng = createPrng(`paths ${seed}`)
    const shop = await createShop(room.deps.db, { name: `Paths ${seed}` })
    const events = inventHistory(prng)
    await recordHistory(room.deps, shop, events, prng)
    const merged = events.map((event) => ({ ...event, who: event.who === 'v7' ? 'v2' : event.who }))
    for (const unit of UNITS)
      for (const until of UNTIL) {
        const now = prng.pick([PERIOD.to, PERIOD.to - 20 * DAY])
        const repeats = prng.below(2) === 0
        const plan: PathPlan = { shop, period: PERIOD, now, unit, until, repeats, codes, currency: 'UAH' }
        const units = walkUnits(merged, {
          shop,
          period: PERIOD,
          now,
          unit,
          until,
          nodes: ['', ...codes.keys],
        })
        told += units.filter(({ steps }) => steps.length > 3).length
        await compareWithWalk(room.deps, {
          plan,
          units,
          prng,
          label: `history ${seed}, ${unit}, ${until}, repeats ${repeats}`,
        })
      }
  }
  // Were all paths short, the comparison would prove little.
  expect(told).toBeGreaterThan(SHOPS * 8)
})
