import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import type { ScenarioStep } from '../../touchpoints/contract.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import { room as touchpoints } from '../../touchpoints/server/room.ts'
import type { ConformanceAnswer, ConformancePersons } from '../contract.ts'
import { type JourneysPlan, journeyListQuery, pathsQuery } from './journeys-query.ts'
import { ORDERED } from './models/align-path.ts'
import type { PathRow } from './models/count-journeys.ts'
import { room } from './room.ts'
import { codeScenario } from './scenario-path.ts'
import { type Told, walkJourneys } from './testing/slow-journeys.ts'

const DAY = 86_400_000
const PERIOD = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 4, 30) }
const NOW = Date.UTC(2026, 7, 1)
const ASKED = 'from=2026-03-01&to=2026-05-30'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ now: () => NOW, rooms: [touchpoints, room] })
  await app.deps.writer.write(toEvents(app.shop, STORY), [])
})
afterAll(() => app.close())

function toEvents(shop: number, told: readonly Told[]): FeedEvent[] {
  const rows = sketchEvents(
    shop,
    told.map(({ id, who, at, name, order }) => ({ anonymous: who, messageId: id, at, name, order })),
  )
  return rows.map((row, at) => {
    const { arrival = '', touchpoint = '', valence = null } = told[at] as Told
    return { ...row, arrival, touchpoint, valence }
  })
}

const step = (stage: string, touchpoints: string[] = [], isOptional = false): ScenarioStep => ({
  ...{ stage, touchpoints, isOptional },
})

/** Whole stages, single touchpoints, both of one stage, the same stage twice, and a chat whose stage an order decides. */
const SCENARIOS: ScenarioStep[][] = [
  [step('search'), step('site', ['product_page']), step('order', ['cart', 'checkout']), step('receipt')],
  [
    step('site'),
    step('site', ['product_page'], true),
    step('contact'),
    step('delivery'),
    step('site', ['faq']),
  ],
]

const TOUCHPOINTS = ['product_page', 'faq', 'cart', 'checkout', 'chat', 'branch', 'survey', 'gone'] as const
const GAPS = [0, 1, 60_000, DAY, 5 * DAY, 30 * DAY, 30 * DAY + 1, 61 * DAY, -DAY] as const

/** Visitors with ties in time, silences around thirty days, clocks set back, orders that end and others that don't. */
function invent(prng: Prng): Told[] {
  const told: Told[] = []
  for (let visitor = 0; visitor < 16; visitor++) {
    const who = `v${visitor}`
    let at = PERIOD.from - 130 * DAY + prng.below(200) * DAY
    for (let left = prng.below(24); left >= 0; left--) {
      at += prng.pick(GAPS)
      const base = { id: `${who}-${left}`, who, at, touchpoint: prng.pick(TOUCHPOINTS) }
      told.push(
        prng.pick<Told>([
          { ...base, name: 'Tested' },
          { ...base, name: 'Tested', arrival: prng.pick(['search_ad', 'friend', 'gone']) },
          { ...base, name: 'Feedback Given', valence: prng.pick([-1, -0.5, 0, 0.5, 1]) },
          { ...base, name: 'Page Measured' },
          {
            ...base,
            name: prng.pick(['Order Completed', 'Order Shipped', 'Order Delivered', 'Order Cancelled']),
            order: `${who}-o${prng.below(3)}`,
          },
        ]),
      )
    }
  }
  return told
}

async function makePlan(shop: number, scenario: readonly ScenarioStep[]): Promise<JourneysPlan> {
  const { registry } = await getRegistry(app.deps, shop)
  const side = { period: PERIOD, persons: () => ({ sql: '1', params: {} }) }
  return { shop, scenario: codeScenario(scenario, registry), side, now: NOW }
}

const sum = <T>(rows: readonly T[], weigh: (row: T) => number) =>
  rows.reduce((all, row) => all + weigh(row), 0)

test('the statement finds the journeys that a slow walk finds, whatever the history', async () => {
  const { db, writer, clickhouse } = app.deps
  let found = 0
  for (let seed = 0; seed < 4; seed++) {
    const shop = await createShop(db, { name: `Conformance ${seed}` })
    const told = invent(createPrng(`conformance ${seed}`))
    const rows = toEvents(shop, told)
    await writer.write([...rows, ...rows.slice(0, 40)], [])
    const identity = (who: string) => identityKey(shop, 'anonymous', who)
    await clickhouse.insert('identity_links', [
      { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
    ])
    const merged = told.map((one) => ({ ...one, who: one.who === 'v7' ? 'v2' : one.who }))
    const { registry } = await getRegistry(app.deps, shop)
    for (const scenario of SCENARIOS) {
      const plan = await makePlan(shop, scenario)
      const { keys, values, path } = plan.scenario
      const rank = (key: string) => values[keys.indexOf(key)] ?? 0
      const known = merged.map((one) => ({
        ...one,
        touchpoint: keys.includes(one.touchpoint ?? '') ? one.touchpoint : undefined,
        arrival: keys.includes(one.arrival ?? '') ? one.arrival : undefined,
      }))
      const slow = walkJourneys(known, { scenario, registry, period: PERIOD, now: NOW, rank })
      const list = journeyListQuery(plan, { after: undefined, limit: 1_000 })
      const journeys = await clickhouse.query<PathRow & { person: string; at: number }>(list.sql, {
        params: list.params,
      })
      const tell = (token: number) =>
        token === ORDERED ? 'ordered' : token > ORDERED ? 'received' : path.classes[token]?.join()
      const byPerson = (a: unknown[], b: unknown[]) => (String(a) < String(b) ? -1 : 1)
      expect(
        journeys
          .map((one) => [
            ...[one.person, one.at, one.path.map(tell).join(' > '), one.over, one.contacts, one.beside],
            ...[one.againOf, one.again, one.saidOf, one.low],
          ])
          .sort(byPerson),
        `shop ${seed}`,
      ).toEqual(
        slow
          .map((one) => [
            ...[
              identity(one.who),
              one.at,
              one.path.join(' > '),
              Number(one.isOver),
              one.contacts,
              one.beside,
            ],
            ...[Number(one.again !== undefined), Number(one.again === true)],
            ...[Number(one.isLow !== undefined), Number(one.isLow === true)],
          ])
          .sort(byPerson),
      )
      const table = pathsQuery(plan)
      const paths = await clickhouse.query<PathRow>(table.sql, { params: table.params })
      expect(sum(paths, ({ journeys: n }) => n)).toBe(slow.length)
      const each = [...new Set(slow.map(({ who }) => who))].map((who) =>
        slow.filter((one) => one.who === who),
      )
      expect(sum(paths, ({ persons: n }) => n)).toBe(each.length)
      expect(sum(paths, ({ squares: n }) => n)).toBe(sum(each, (theirs) => theirs.length ** 2))
      found += slow.length
    }
  }
  // Were nearly all histories empty, the comparison would prove little.
  expect(found).toBeGreaterThan(60)
})

const at = (days: number) => PERIOD.from + days * DAY
let id = 0
const met = (who: string, days: number, touchpoint: string, rest: Partial<Told> = {}): Told => ({
  ...{ id: `s${id++}`, who, at: at(days), touchpoint, name: 'Tested' },
  ...rest,
})

/** Anna walks the path, Boris leaves the cart out, Clara goes back, Dmytro stops at the cart, Eva asks only, Fedir is still looking. */
const STORY: Told[] = [
  ...['anna', 'boris', 'clara', 'dmytro'].map((who) => met(who, 1, 'product_page')),
  ...['anna', 'clara', 'dmytro'].map((who) => met(who, 2, 'cart')),
  met('anna', 2.5, 'faq'),
  met('clara', 3, 'product_page'),
  met('clara', 4, 'cart'),
  ...['anna', 'boris', 'clara'].flatMap((who) => [
    met(who, 4.5, 'checkout'),
    met(who, 5, '', { name: 'Order Completed', order: `O-${who}` }),
  ]),
  ...['anna', 'clara'].map((who) => met(who, 9, 'branch', { name: 'Order Delivered', order: `O-${who}` })),
  met('boris', 9, 'branch'),
  met('eva', 3, 'faq'),
]
const PATH = [
  step('site', ['product_page']),
  step('order', ['cart']),
  step('order', ['checkout']),
  step('receipt'),
]

async function makeScenario(name: string, path: ScenarioStep[]): Promise<string> {
  const made = await app.as('marketer')({
    ...{ method: 'POST', url: `/api/shops/${app.shop}/scenarios` },
    payload: { name, note: '', path },
  })
  return (made.json() as { id: string }).id
}

async function ask<T = ConformanceAnswer>(query: string, path = '', who: 'viewer' | 'nobody' = 'viewer') {
  const answer = await app.as(who)({ url: `/api/shops/${app.shop}/conformance${path}?${query}` })
  return {
    status: answer.statusCode,
    body: answer.json() as T & { error?: { code: string; message: string } },
  }
}

test('a shop without a scenario, and a scenario without steps, are told apart in words', async () => {
  expect((await ask(ASKED)).status).toBe(404)
  const empty = await makeScenario('Empty', [])
  const { status, body } = await ask(`${ASKED}&scenario=${empty}`)
  expect([status, body.error?.message]).toEqual([422, expect.stringContaining('has no steps yet')])
})

test('each journey has one class, each step its own figures, and every number its persons', async () => {
  const scenario = await makeScenario('Anna', PATH)
  const asked = `${ASKED}&scenario=${scenario}`
  const { status, body } = await ask(asked)
  expect(status, JSON.stringify(body)).toBe(200)
  const { figures } = body
  expect(figures).toMatchObject({ journeys: 4, offPath: 1, persons: 5, beside: { contacts: 1, of: 16 } })
  expect(Object.entries(figures.classes).map(([key, share]) => [key, share?.n])).toEqual([
    ['followed', 1],
    ['skipped', 1],
    ['back', 1],
    ['deadEnd', 1],
    ['open', 0],
  ])
  const numbers = figures.steps.map(({ reached, skipped, back, deadEnd }) =>
    [reached, skipped, back, deadEnd].map((share) => share?.n ?? 0),
  )
  expect(numbers).toEqual([
    [4, 0, 0, 0],
    [3, 1, 1, 1],
    [3, 0, 0, 0],
    [3, 0, 0, 0],
  ])
  expect(figures.stages.map(({ stage, skipped }) => [stage, skipped?.n])).toEqual([
    ['site', 0],
    ['order', 1],
    ['receipt', 0],
  ])
  expect(figures.moves).toContainEqual({ from: 2, to: 1, n: 1 })
  expect(body.contrasts.find(({ step: one, by }) => one === 2 && by === 'back')).toMatchObject({
    ...{ conforming: { n: 1, of: 1 }, deviating: { n: 1, of: 1 }, difference: null },
  })
  const persons = async (part: string) =>
    (await ask<ConformancePersons>(`${asked}&${part}`, '/persons')).body.items.map((one) => one.id)
  const key = (who: string) => identityKey(app.shop, 'anonymous', who)
  expect(await persons('part=followed')).toEqual([key('anna')])
  expect(await persons('part=skipped&step=2')).toEqual([key('boris')])
  expect(await persons('part=back&stage=order')).toEqual([key('clara')])
  expect(await persons('part=deadEnd&step=2')).toEqual([key('dmytro')])
  expect(await persons('part=offPath')).toEqual([key('eva')])
  expect(await persons('part=beside')).toEqual([key('anna')])
  expect(await persons('part=move&step=1&toStep=3')).toEqual([key('boris')])
  expect(await persons('part=contrast&step=2&by=back&side=deviating')).toEqual([key('clara')])
  const first = await ask<ConformancePersons>(`${asked}&part=reached&step=1&limit=3`, '/persons')
  const rest = await ask<ConformancePersons>(
    `${asked}&part=reached&step=1&cursor=${first.body.nextCursor}`,
    '/persons',
  )
  expect([...first.body.items, ...rest.body.items]).toHaveLength(4)
  expect(rest.body.nextCursor).toBeNull()
})

test('against the period before, a step whose touchpoint is gone, and a period of nobody', async () => {
  const scenario = await makeScenario('Boris', [
    ...PATH.slice(0, 1),
    step('need', ['blogger']),
    ...PATH.slice(2),
  ])
  const asked = `scenario=${scenario}`
  const { body } = await ask(`${ASKED}&${asked}&compare=previous&outcome=low`)
  expect(body.other).toMatchObject({ journeys: 0, offPath: 0 })
  expect(body.changes).toEqual([])
  const { body: nobody } = await ask(`from=2020-01-01&to=2020-02-01&${asked}`)
  expect(nobody.figures).toMatchObject({ journeys: 0, persons: 0, classes: { followed: null } })
  const { registry } = await getRegistry(app.deps, app.shop)
  const smaller = { ...registry, touchpoints: registry.touchpoints.filter(({ key }) => key !== 'blogger') }
  const coded = codeScenario([...PATH.slice(0, 1), step('need', ['blogger'])], smaller)
  expect(coded.steps.map(({ isGone }) => isGone)).toEqual([false, true])
  expect(coded.path.required).toEqual([false, true, false])
})

test.each([
  ['from=2026-05-30&to=2026-03-01', '', 400],
  ['outcome=mood', '', 400],
  ['scenario=7', '', 400],
  ['scenario=00000000-0000-4000-8000-000000000000', '', 404],
  ['segment=999999', '', 404],
  ['part=reached', '/persons', 400],
  ['part=reached&step=9', '/persons', 400],
  ['part=followed&step=1', '/persons', 400],
  ['part=contrast&step=1', '/persons', 400],
  ['part=skipped&stage=opinion', '/persons', 400],
  ['part=followed&cursor=x', '/persons', 400],
])('%s%s is refused with its reason', async (query, path, expected) => {
  const { status, body } = await ask(query, path)
  expect(status).toBe(expected)
  expect(body.error?.message).toBeTruthy()
})

test('nobody learns anything without signing in', async () => {
  expect((await ask(ASKED, '', 'nobody')).status).toBe(401)
})
