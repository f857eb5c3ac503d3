import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import { parseDay, startOfDay } from '../../../kernel/time.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import { room as segmentsRoom } from '../../segments/server/room.ts'
import { getDefaultRegistry } from '../../touchpoints/server/reads.ts'
import type { Decision, Verdict } from '../contract.ts'
import { placesOf } from './answer-verdict.ts'
import { effectQuery } from './effect-query.ts'
import type { CellPair } from './models/cells.ts'
import { planWindows } from './models/plan-windows.ts'
import { listDecisions, readVerdicts } from './reads.ts'
import { room } from './room.ts'
import { type SlowEvent, walkEffects } from './testing/slow-effects.ts'
import { toPairs } from './testing/to-pairs.ts'

const NOW = Date.UTC(2026, 5, 15, 12)
const ZONE = 'Europe/Kyiv'
let app: TestApp
let url: string

beforeAll(async () => {
  app = await openTestApp({ rooms: [room, segmentsRoom], now: () => NOW })
  url = `/api/shops/${app.shop}/decisions`
})
afterAll(() => app.close())

const chat = {
  day: '2026-03-02',
  title: '  Two operators in the evening ',
  touchpoint: 'chat',
  cost: 4_000_000,
  expected: 'A first answer within two minutes',
  note: 'From 18 to 22',
}

async function add(body: object): Promise<Decision> {
  const response = await app.as('marketer')({ method: 'POST', url, payload: body })
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}

const list = async (query = '') => {
  const response = await app.as('viewer')({ method: 'GET', url: url + query })
  expect(response.statusCode, response.body).toBe(200)
  return response.json() as { items: Decision[]; nextCursor: string | null }
}

describe('a decision', () => {
  it('is written down once and read by everyone, with the stage of its touchpoint', async () => {
    const made = await add(chat)
    expect(made).toMatchObject({
      day: '2026-03-02',
      title: 'Two operators in the evening',
      stage: 'contact',
      touchpoint: 'chat',
      cost: 4_000_000,
      currency: expect.any(String),
      createdBy: expect.stringContaining('marketer'),
    })
    expect((await list()).items).toEqual([made])
  })

  it('changes field by field, and moves from a touchpoint to a stage or to the whole path', async () => {
    const { id } = await add({ ...chat, title: 'Moved' })
    const change = async (payload: object) =>
      (await app.as('owner')({ method: 'PATCH', url: `${url}/${id}`, payload })).json()
    expect(await change({ cost: null })).toMatchObject({ cost: null, title: 'Moved', touchpoint: 'chat' })
    expect(await change({ cost: 0 })).toMatchObject({ cost: 0 })
    expect(await change({ stage: 'delivery', touchpoint: null })).toMatchObject({
      stage: 'delivery',
      touchpoint: null,
    })
    expect(await change({ stage: null })).toMatchObject({ stage: null, touchpoint: null })
  })

  it('that is removed is gone from lists and can be brought back', async () => {
    const { id } = await add({ ...chat, title: 'Removed' })
    const titles = async () => (await list()).items.map(({ title }) => title)
    const remove = () => app.as('marketer')({ method: 'DELETE', url: `${url}/${id}` })
    expect((await remove()).statusCode).toBe(200)
    expect(await titles()).not.toContain('Removed')
    expect((await remove()).statusCode).toBe(404)
    const patched = await app.as('owner')({ method: 'PATCH', url: `${url}/${id}`, payload: { note: 'x' } })
    expect(patched.statusCode).toBe(404)
    const back = await app.as('marketer')({ method: 'POST', url: `${url}/${id}/restore` })
    expect(back.json()).toMatchObject({ id, title: 'Removed' })
    expect(await titles()).toContain('Removed')
  })

  it.each([
    ['a day that isn’t one', { day: '2026-02-30' }, '/day'],
    ['a day of another century', { day: '1026-02-03' }, '/day'],
    ['no words', { title: '   ' }, '/title'],
    ['a touchpoint that the shop doesn’t have', { touchpoint: 'teleport' }, '/touchpoint'],
    ['a stage that the shop doesn’t have', { touchpoint: null, stage: 'nirvana' }, '/stage'],
    ['a negative cost', { cost: -1 }, '/cost'],
    ['half a kopeck', { cost: 0.5 }, '/cost'],
    ['a segment that isn’t there', { segment: 987_654_321 }, '/segment'],
    ['an owner who is nobody', { owner: '00000000-0000-4000-8000-000000000000' }, '/owner'],
    ['a size without what should move', { expectedSize: 5 }, '/expectedMeasure'],
    ['an expected change of nothing', { expectedMeasure: 'kept', expectedSize: 0 }, '/expectedSize'],
    ['an end before its beginning', { state: 'undone', endDay: '2026-03-02' }, '/endDay'],
  ])('with %s is refused beside the field', async (_, wrong, path) => {
    const response = await app.as('owner')({ method: 'POST', url, payload: { ...chat, ...wrong } })
    expect(response.statusCode).toBe(400)
    const { error } = response.json()
    expect(error.code).toBe('validation_failed')
    expect(error.details.map(({ instancePath }: { instancePath: string }) => instancePath)).toContain(path)
  })

  it('is changed neither by those who may not nor through another shop', async () => {
    const { id } = await add({ ...chat, title: 'Ours' })
    for (const who of ['operator', 'viewer'] as const)
      expect((await app.as(who)({ method: 'POST', url, payload: chat })).statusCode).toBe(403)
    const { inject } = await app.addMember()
    expect((await inject({ method: 'GET', url })).statusCode).toBe(404)
    const absent = await app.as('owner')({ method: 'DELETE', url: `${url}/${id + 1_000_000}` })
    expect(absent.statusCode).toBe(404)
  })

  it('leaves its trace in the shop’s log', async () => {
    const { title } = await add({ ...chat, title: 'Traced' })
    const { rows } = (await app.deps.db.execute(
      `SELECT action, target FROM audit_log WHERE shop = ${app.shop} ORDER BY id DESC LIMIT 1`,
    )) as unknown as { rows: unknown[] }
    expect(rows).toEqual([{ action: 'decision.made', target: title }])
  })
})

describe('the list', () => {
  it('comes by pages, the latest day first, and is narrowed to a period and a place', async () => {
    for (const day of ['2025-01-01', '2025-01-02', '2025-01-03'])
      await add({ day, title: `On ${day}`, stage: 'receipt' })
    const first = await list('?from=2025-01-01&to=2025-01-04&limit=2')
    expect(first.items.map(({ day }) => day)).toEqual(['2025-01-03', '2025-01-02'])
    const rest = await list(`?from=2025-01-01&to=2025-01-04&limit=2&cursor=${first.nextCursor}`)
    expect(rest.items.map(({ day }) => day)).toEqual(['2025-01-01'])
    expect(rest.nextCursor).toBeNull()
    expect((await list('?stage=receipt')).items).toHaveLength(3)
    expect((await list('?touchpoint=courier')).items).toEqual([])
    const bad = await app.as('viewer')({ method: 'GET', url: `${url}?cursor=nonsense` })
    expect(bad.statusCode).toBe(400)
  })

  it('for trends comes oldest first and whole', async () => {
    const found = await listDecisions(app.deps.db, app.shop, { from: '2025-01-02', to: '2025-02-01' })
    expect(found.map(({ day }) => day)).toEqual(['2025-01-02', '2025-01-03'])
  })
})

describe('what a decision may say besides', () => {
  it('is what should move, whom it was for, who answers and what became of it', async () => {
    const { userId, name } = app.members.operator
    const made = await add({
      ...{ ...chat, title: 'Owned', owner: userId },
      ...{ expectedMeasure: 'kept', expectedDirection: 'up', expectedSize: 10 },
    })
    expect(made).toMatchObject({ owner: userId, ownerName: name, expectedSize: 10, state: 'trying' })
    const change = async (payload: object) =>
      (await app.as('owner')({ method: 'PATCH', url: `${url}/${made.id}`, payload })).json()
    expect(await change({ state: 'undone', endDay: '2026-04-01' })).toMatchObject({ endDay: '2026-04-01' })
    expect(await change({ note: 'x' })).toMatchObject({ endDay: '2026-04-01', expectedMeasure: 'kept' })
    expect(await change({ state: 'kept' })).toMatchObject({ endDay: null })
    expect(await change({ expectedMeasure: null })).toMatchObject({ expectedSize: null, ownerName: name })
  })
})

const DAY_MS = 86_400_000
const { registry } = getDefaultRegistry()

/** Visits, words, measurements and orders around a day, several at one moment, some minutes from midnight. */
function inventEvents(prng: Prng, first: number): SlowEvent[] {
  return Array.from({ length: 70 }, (_, visitor) =>
    Array.from({ length: 3 + prng.below(14) }, (): SlowEvent => {
      const at =
        startOfDay(first + prng.below(180), ZONE) +
        prng.pick([0, 1, 3_600_000, DAY_MS - 7_200_000] as const) -
        prng.pick([0, 1] as const)
      const base = {
        ...{ who: `v${visitor}`, at, name: 'Page', arrival: '', valence: null },
        ...{ measure: '', measured: null, order: null, amount: 0 },
      }
      const touchpoint = prng.pick(['chat', 'phone_call', 'catalogue', 'cart', ''] as const)
      const what = prng.below(8)
      if (what < 3) return { ...base, touchpoint, arrival: prng.pick(['', 'chat', 'search_ad'] as const) }
      if (what < 4) return { ...base, name: 'Feedback Given', touchpoint, valence: prng.below(5) / 2 - 1 }
      if (what < 6) {
        const measured = prng.pick([null, 60, 120, 121, 600, 601] as const)
        return { ...base, name: 'Standard Measured', touchpoint, measure: 'first_answer_seconds', measured }
      }
      const order = prng.pick(['', `o${visitor}-1`, `o${visitor}-2`] as const)
      return {
        ...base,
        name: prng.pick(['Order Completed', 'order_placed']),
        touchpoint: '',
        order,
        amount: 700 + prng.below(9) * 100,
      }
    }),
  ).flat()
}

async function record(shop: number, events: readonly SlowEvent[]) {
  const sketches = events.map(({ who, at, name, order }, index) => ({
    ...{ anonymous: who, at, messageId: `e${index}`, order: order ?? '' },
    ...(name === 'Page' ? { kind: 'page' as const } : { name }),
  }))
  const rows = sketchEvents(shop, sketches).map((row, at) => {
    const { touchpoint, arrival, valence, measure, measured, amount, order } = events[at] as SlowEvent
    return { ...row, touchpoint, arrival, valence, measure, measured, amount: order === null ? null : amount }
  })
  // Some are sent again.
  await app.deps.writer.write([...rows, ...rows.filter((_, at) => at % 5 === 0)], [])
}

/** Orders of the same number and moment may come in either order: each has one price. */
const pricedOnce = (events: SlowEvent[]) => {
  const prices = new Map<string, number>()
  return events.map((one) => {
    if (!one.order) return one
    const amount = prices.get(one.order) ?? one.amount
    prices.set(one.order, amount)
    return { ...one, amount }
  })
}

describe('the statement of a verdict', () => {
  it('says of random histories what a walk from person to person does', async () => {
    const day = parseDay('2026-03-30') as number
    const windows = planWindows(day, parseDay('2026-06-15') as number, undefined)
    for (const [seed, place] of [
      ['touchpoint', { stage: 'contact', touchpoint: 'chat' }],
      ['segment', { stage: 'site', touchpoint: null }],
    ] as const) {
      const shop = await createShop(app.deps.db, { name: `Verdicts ${seed}` })
      const identity = (who: string) => identityKey(shop, 'anonymous', who)
      const drawn = pricedOnce(inventEvents(createPrng(seed), windows.first - 3))
      await record(shop, drawn)
      const link = { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 }
      await app.deps.clickhouse.insert('identity_links', [link])
      const events = drawn.map((one) => ({ ...one, who: one.who === 'v7' ? 'v2' : one.who }))
      const inside = new Set(Array.from({ length: 30 }, (_, at) => `v${at * 2}`))
      const places = placesOf(registry, place)
      const hasSegment = seed === 'segment'
      const moments = { from: startOfDay(windows.first, ZONE), to: startOfDay(windows.first + 7 * 21, ZONE) }
      const { sql, params } = effectQuery({
        ...{ shop, timeZone: ZONE, currency: 'UAH', registry, windows, moments, ...places },
        inside: hasSegment
          ? (person) => ({
              sql: `has({inside:Array(UUID)}, ${person})`,
              params: { inside: [...inside].map(identity) },
            })
          : undefined,
      })
      const rows = await app.deps.clickhouse.query<CellPair>(sql, { params, kind: 'report' })
      const slow = walkEffects(
        events.filter(({ at }) => at >= moments.from && at < moments.to),
        {
          ...{ registry, zone: ZONE, windows, groups: [places.place, places.near, places.rest] },
          ...(hasSegment && { isInside: (who: string) => inside.has(who) }),
        },
      )
      const write = (pairs: readonly CellPair[]) =>
        pairs
          .filter(({ a }) => a < 50_000)
          .map(({ a, b, n, sum_a, sum_b, product }) =>
            [a, b, n, ...[sum_a, sum_b, product].map((one) => one.toFixed(6))].join(' '),
          )
          .sort()
      expect(write(rows), seed).toEqual(write(toPairs(slow)))
      // Were there hardly any pairs, the comparison would prove little.
      expect(rows.length).toBeGreaterThan(80)
    }
  })
})

describe('a verdict', () => {
  const ask = async (id: number, who: 'viewer' | 'stranger' = 'viewer') => {
    const response = await app.as(who)({ method: 'GET', url: `${url}/${id}/verdict` })
    return { status: response.statusCode, body: response.json() as Verdict }
  }

  it('waits for its time, tells few data from no place, and is nobody else’s', async () => {
    const ahead = await add({ ...chat, day: '2026-07-01', title: 'Ahead' })
    expect((await ask(ahead.id)).body).toMatchObject({
      ...{ word: 'early', reason: 'ahead', lookAgain: '2026-07-22', measures: [] },
    })
    const soon = await add({ ...chat, day: '2026-06-08', title: 'Soon' })
    expect((await ask(soon.id)).body).toMatchObject({ word: 'early', reason: 'too_soon' })
    const long = await add({ ...chat, day: '2025-11-03', title: 'Long ago' })
    const { body } = await ask(long.id)
    expect(body).toMatchObject({ word: 'few_data', reason: 'few_persons', weeksAfter: 8, gained: null })
    expect(body.measures.map(({ measure }) => measure)).toEqual(['said', 'kept', 'orders'])
    expect((await ask(long.id, 'stranger')).status).toBe(404)
    expect((await ask(long.id + 1_000_000)).status).toBe(404)
  })

  it('finds that answers grew quick against the rest of the path, and for whom', async () => {
    const { deps, shop } = app
    const at = (day: string) => startOfDay(parseDay(day) as number, 'UTC') + 36_000_000
    const answers = Array.from({ length: 240 }, (_, index): SlowEvent => {
      const isAfter = index % 2 === 1
      const isQuick = isAfter && index % 4 === 1
      return {
        ...{ who: `a${index}`, at: at(isAfter ? '2026-02-20' : '2026-01-10') + (index % 7) * DAY_MS },
        ...{ name: 'Standard Measured', touchpoint: 'chat', arrival: '', valence: null },
        ...{ measure: 'first_answer_seconds', measured: isQuick || index % 8 === 0 ? 60 : 900 },
        ...{ order: null, amount: 0 },
      }
    })
    await record(shop, answers)
    const made = await add({ ...chat, day: '2026-02-02', title: 'Quick', owner: app.members.owner.userId })
    const { body } = await ask(made.id)
    const kept = body.measures.find(({ measure }) => measure === 'kept')
    expect(kept).toMatchObject({
      word: 'better',
      comparison: 'none',
      place: { before: { n: 120, mean: 0.25 } },
    })
    expect(kept?.change?.difference).toBeCloseTo(0.25, 9)
    expect(body).toMatchObject({ word: 'better', isCausal: false, lookAgain: null })
    expect(body.besides.map(({ title }) => title)).toContain('Owned')
    const shopOf = { id: shop, timeZone: 'UTC', currency: 'UAH' }
    const told = await readVerdicts(deps, shopOf)
    expect(told.find(({ decision }) => decision.id === made.id)?.verdict.word).toBe('better')
  })
})
